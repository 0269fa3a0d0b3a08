import { wireTime } from '../../db/timestamps.ts'
import type { AttemptFacts } from '../../provider/contract.ts'
import { examFacts } from '../exam/exam-facts.ts'
import type { Attempt, Exam } from './attempt.ts'

/** The attempt as providers are told. */
export function attemptFacts (attempt: Attempt, exam: Exam): AttemptFacts {
  const { id, attemptCode, externalId, status, isSampleAttempt, takingAsProctored, allowedTimeLimitMins } = attempt
  return {
    id,
    attemptCode,
    externalId,
    status,
    isSampleAttempt,
    takingAsProctored,
    startedAt: wireTime(attempt.startedAt),
    completedAt: wireTime(attempt.completedAt),
    allowedTimeLimitMins,
    exam: examFacts(exam),
    isArchived: attempt.archivedAt !== null,
  }
}
