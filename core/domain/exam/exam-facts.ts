import { wireTime } from '../../db/timestamps.ts'
import type { ExamFacts } from '../../provider/contract.ts'
import type { Exam } from '../attempt/attempt.ts'

/** The exam as providers are told. */
export function examFacts (exam: Exam): ExamFacts {
  const { id, courseId, contentId, externalId, examName, timeLimitMins, isProctored, isPracticeExam, isActive, hideAfterDue, backend } = exam
  return { id, courseId, contentId, externalId, examName, timeLimitMins, isProctored, isPracticeExam, isActive, dueDate: wireTime(exam.dueDate), hideAfterDue, backend }
}
