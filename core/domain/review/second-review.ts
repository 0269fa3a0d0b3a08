import { sqlWithin } from '../../db/database.ts'
import { INV_REVIEW_NOT_FOUND } from '../../errors.ts'
import { ReviewEntity } from '../../models/index.ts'
import type { DomainContext } from '../context.ts'
import { freshRecord, retryRaces, settleReview } from './apply-saved.ts'
import { replacedReview, reviewFacts } from './review-facts.ts'
import type { StoredReviewStatus } from './review-status.ts'
import type { Actor, AttemptRecord, User } from '../attempt/attempt.ts'

export interface SecondReview {
  attemptCode: string
  /** Left out: the verdict stays, and the reviewer stands behind it now. */
  reviewStatus?: StoredReviewStatus | undefined
  /** Takes the place of what the vendor sent. */
  notes?: string | undefined
  reviewer: User
  requestId?: string | null
}

/** A person decides over a review: a failing verdict that was waiting for this becomes final (contract 06 §2). */
export function secondReview (ctx: DomainContext, { attemptCode, reviewStatus, notes, reviewer, requestId = null }: SecondReview): Promise<AttemptRecord> {
  const actor: Actor = { kind: 'reviewer', userId: reviewer.id, name: reviewer.username, requestId }
  return retryRaces(() => ctx.em().transactional(async em => {
    const tx = sqlWithin(em)
    const review = await em.findOne(ReviewEntity, { attemptCode })
    if (!review) throw new INV_REVIEW_NOT_FOUND(attemptCode)
    const record = await freshRecord(tx, attemptCode)
    await em.refresh(review)
    const before = replacedReview(review)
    em.assign(review, { reviewStatus: reviewStatus ?? review.reviewStatus, reviewedBy: reviewer.id, modifiedAt: ctx.clock.now(), ...(notes !== undefined && { rawData: notes }) })
    await em.flush()
    return settleReview(ctx, tx, record, { id: review.id, before, after: reviewFacts(review), reviewer, actor })
  }))
}
