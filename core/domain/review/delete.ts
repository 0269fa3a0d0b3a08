import { sqlWithin } from '../../db/database.ts'
import { INV_REVIEW_NOT_FOUND } from '../../errors.ts'
import { ReviewEntity } from '../../models/index.ts'
import type { Actor } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { appendHistory } from '../history.ts'
import { replacedReview } from './review-facts.ts'

/** Takes a review out, comments included. The attempt keeps its status: whoever deletes a review decides about that separately. */
export function deleteReview (ctx: DomainContext, attemptCode: string, actor: Actor): Promise<void> {
  return ctx.em().transactional(async em => {
    const review = await em.findOne(ReviewEntity, { attemptCode })
    if (!review) throw new INV_REVIEW_NOT_FOUND(attemptCode)
    await appendHistory(sqlWithin(em), { entity: 'review', entityId: review.id, change: '-', before: replacedReview(review), after: null, actor, at: ctx.clock.now() })
    em.remove(review)
  })
}
