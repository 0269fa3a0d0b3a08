import type { Told } from '../../db/columns.ts'
import { wireTime } from '../../db/timestamps.ts'
import type { AllowanceRecord } from '../../domain/allowance/list.ts'
import type { Exam, User } from '../../domain/attempt/attempt.ts'
import type { StoredAttempt } from '../../domain/attempt/poll.ts'
import type { WireAllowance, WireExam, WireStoredAttempt } from '../../schemas/edx-proctoring.ts'

/** From the house's words to the wire's (contract 02 §2). */
export function wireExam (exam: Exam | Told<Exam>): WireExam {
  return {
    id: exam.id,
    course_id: exam.courseId,
    content_id: exam.contentId,
    external_id: exam.externalId,
    exam_name: exam.examName,
    time_limit_mins: exam.timeLimitMins,
    is_proctored: exam.isProctored,
    is_practice_exam: exam.isPracticeExam,
    is_active: exam.isActive,
    due_date: wireTime(exam.dueDate),
    hide_after_due: exam.hideAfterDue,
    backend: exam.backend,
  }
}

type WiredUser = Pick<User, 'id' | 'username' | 'email'>
export const wireUser = ({ id, username, email }: WiredUser): WiredUser => ({ id, username, email })

interface StoredFacts { attempt: StoredAttempt | Told<StoredAttempt>, exam: Exam | Told<Exam>, user: WiredUser }

export function wireStoredAttempt ({ attempt, exam, user }: StoredFacts): WireStoredAttempt {
  return {
    id: attempt.id,
    created: wireTime(attempt.createdAt),
    modified: wireTime(attempt.modifiedAt),
    user: wireUser(user),
    started_at: wireTime(attempt.startedAt),
    completed_at: wireTime(attempt.completedAt),
    external_id: attempt.externalId,
    status: attempt.status,
    proctored_exam: wireExam(exam),
    allowed_time_limit_mins: attempt.allowedTimeLimitMins,
    attempt_code: attempt.attemptCode,
    is_sample_attempt: attempt.isSampleAttempt,
    taking_as_proctored: attempt.takingAsProctored,
    review_policy_id: attempt.reviewPolicyId,
    is_status_acknowledged: attempt.isStatusAcknowledged,
    time_remaining_seconds: attempt.timeRemainingSeconds,
    is_resumable: attempt.isResumable,
    ready_to_resume: attempt.readyToResume,
    resumed: attempt.resumed,
  }
}

export function wireAllowance ({ allowance, exam, user }: AllowanceRecord): WireAllowance {
  return {
    id: allowance.id,
    created: wireTime(allowance.createdAt),
    modified: wireTime(allowance.modifiedAt),
    user: wireUser(user),
    key: allowance.key,
    value: allowance.value,
    proctored_exam: wireExam(exam),
  }
}
