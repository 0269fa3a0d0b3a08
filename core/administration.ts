import type { Actor, AttemptRecord, Exam, User } from './domain/attempt/attempt.ts'
import { setAttemptStatus } from './domain/attempt/set-status.ts'
import type { DomainContext } from './domain/context.ts'
import { reviewPolicyOf } from './domain/exam/review-policy-of.ts'
import { createReviewPolicy, updateReviewPolicy } from './domain/exam/review-policy.ts'
import { updateExam, type ExamChange } from './domain/exam/save.ts'
import { deleteReview } from './domain/review/delete.ts'
import type { StoredReviewStatus } from './domain/review/review-status.ts'
import { secondReview } from './domain/review/second-review.ts'

export interface ReviewValues { reviewStatus?: StoredReviewStatus, notes?: string }

export interface Administration {
  /** A second review: the administrator becomes the reviewer, so a failing verdict is final. */
  saveReview (attemptCode: string, values: ReviewValues): Promise<AttemptRecord>
  deleteReview (attemptCode: string): Promise<void>
  /** The full transition; an illegal one throws and nothing is written. */
  saveAttempt (attemptId: number, values: { status: string }): Promise<AttemptRecord>
  /** The vendor is told of every save of a proctored exam. */
  saveExam (examId: number, values: ExamChange): Promise<Exam>
  /** The administrator becomes the author; an empty text removes the policy. */
  saveReviewPolicy (examId: number, text: string): Promise<void>
}

/** What administrators may change, each change under their name (contract 06 §2). */
export function createAdministration (ctx: DomainContext, administrator: User): Administration {
  const actor: Actor = { kind: 'staff', userId: administrator.id, name: administrator.username }
  return {
    saveReview: (attemptCode, { reviewStatus, notes }) => secondReview(ctx, { attemptCode, reviewStatus, notes, reviewer: administrator }),
    deleteReview: attemptCode => deleteReview(ctx, attemptCode, actor),
    saveAttempt: (attemptId, { status }) => setAttemptStatus(ctx, attemptId, status, actor),
    saveExam: (examId, values) => updateExam(ctx, examId, values, actor),
    async saveReviewPolicy (examId, text) {
      if (await reviewPolicyOf(ctx.db, examId)) await updateReviewPolicy(ctx, examId, text, actor)
      else if (text !== '') await createReviewPolicy(ctx, examId, text, actor)
    },
  }
}
