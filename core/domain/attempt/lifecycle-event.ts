import type { Attempt, Exam, User } from './attempt.ts'
import type { EventEffect } from '../effect.ts'

export const LIFECYCLE_VERBS = ['submitted', 'verified', 'rejected', 'errored', 'reset'] as const
export type LifecycleVerb = typeof LIFECYCLE_VERBS[number]

export interface LifecycleFacts {
  attempt: Pick<Attempt, 'id'>
  exam: Pick<Exam, 'courseId' | 'contentId'>
  user: User
  /** timed, proctored, practice or onboarding */
  examType: string
  /** Who did it: named for a reset, where the platform needs it. */
  actor?: User | null
}

/** What happened to an attempt, in the words of the platform's own event bus (contract 07 §4.3). */
export function lifecycleEvent (verb: LifecycleVerb, { attempt, exam, user, examType, actor }: LifecycleFacts): EventEffect {
  const requester = verb === 'submitted' ? user : verb === 'reset' ? actor : null
  return {
    kind: 'event',
    subject: `attempt:${attempt.id}`,
    name: `org.openedx.learning.exam.attempt.${verb}.v1`,
    context: { course_id: exam.courseId },
    payload: {
      exam_attempt: {
        student_user: toUserData(user),
        course_key: exam.courseId,
        usage_key: exam.contentId,
        exam_type: examType,
        requesting_user: requester ? toUserData(requester) : null,
      },
    },
  }
}

function toUserData ({ id, isActive, username, email, fullName }: User): object {
  return { id, is_active: isActive, pii: { username, email, name: fullName } }
}
