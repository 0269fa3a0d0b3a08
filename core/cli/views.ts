import type { Attempt, Exam } from '../domain/attempt/attempt.ts'
import type { SeenAttempt } from '../domain/attempt/records.ts'
import type { ReviewView } from '../domain/review/list.ts'
import { snakeKeys } from '../snake-case.ts'
import type { Row } from './output.ts'

/** A record as a line of a table, and as scripts get it. */
export const attemptRow = ({ attempt, exam, user }: SeenAttempt): Row => ({
  id: attempt.id,
  learner: user.username,
  exam: `${exam.id} ${exam.examName}`,
  status: attempt.status,
  provider: attempt.provider,
  started: attempt.startedAt,
  completed: attempt.completedAt,
  note: noteOn(attempt),
})

export const attemptJson = ({ attempt, exam, user }: SeenAttempt): object => ({
  ...snakeKeys(attempt), username: user.username, email: user.email, course_id: exam.courseId, content_id: exam.contentId, exam_name: exam.examName,
})

function noteOn ({ archivedAt, isCurrent, readyToResume, resumed, isResumable }: Attempt): string {
  if (archivedAt) return 'removed'
  if (resumed) return 'resumed'
  if (!isCurrent) return 'superseded'
  if (readyToResume) return 'ready to resume'
  return isResumable ? 'can be resumed' : ''
}

export const examRow = (exam: Exam): Row => ({
  id: exam.id,
  name: exam.examName,
  content: exam.contentId,
  type: exam.isPracticeExam ? 'practice' : exam.isProctored ? 'proctored' : 'timed',
  minutes: exam.timeLimitMins,
  due: exam.dueDate,
  active: exam.isActive,
  provider: exam.backend,
  external: exam.externalId,
})

export const reviewRow = (review: ReviewView): Row => ({
  code: review.attemptCode,
  attempt: review.attemptId,
  learner: review.learner,
  exam: review.examName,
  course: review.courseId,
  status: review.reviewStatus,
  reviewer: review.reviewer ?? 'automatic',
  saved: review.modifiedAt,
  live: review.isAttemptActive,
})
