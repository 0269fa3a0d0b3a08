import { sqlWithin } from '../../db/database.ts'
import type { Sql, Statement } from '../../db/sql.ts'
import { INV_REVIEW_NOT_FOUND } from '../../errors.ts'
import { ReviewEntity } from '../../models/index.ts'
import type { DomainContext } from '../context.ts'
import { findUser } from '../remember-user.ts'
import { freshRecord, retryRaces, settleReview } from './apply-saved.ts'
import { replacedReview, reviewFacts } from './review-facts.ts'
import type { Actor, AttemptRecord } from '../attempt/attempt.ts'

/** Saves a stored review as it is once more: the attempt gets the status that follows from it, whatever became of it since (contract 06 §1). */
export function reapplyReview (ctx: DomainContext, reviewId: number, actor: Actor): Promise<AttemptRecord> {
  return retryRaces(() => ctx.em().transactional(async em => {
    const tx = sqlWithin(em)
    const review = await em.findOne(ReviewEntity, reviewId)
    if (!review) throw new INV_REVIEW_NOT_FOUND(reviewId)
    const record = await freshRecord(tx, review.attemptCode)
    await em.refresh(review)
    const reviewerId = review.reviewedBy?.id ?? null
    const reviewer = reviewerId === null ? null : await findUser(tx, reviewerId)
    review.modifiedAt = ctx.clock.now()
    await em.flush()
    return settleReview(ctx, tx, record, { id: review.id, before: replacedReview(review), after: reviewFacts(review), reviewer, actor, reason: 'applied again' })
  }))
}

const MODIFIED_BETWEEN: Statement = {
  name: 'review-ids-modified-between',
  text: 'select id from review where modified_at between $1 and $2 and id > $3 order by id limit $4',
}

const COUNT_MODIFIED: Statement = {
  name: 'review-count-modified-between',
  text: 'select count(*)::int as count from review where modified_at between $1 and $2 and id > $3',
}

export interface ModifiedBetween { start: Date, end: Date }

/** Ids of the reviews last saved in a range, both ends included, oldest first. */
export async function listReviewIds (sql: Sql, { start, end }: ModifiedBetween, after: number, limit: number): Promise<number[]> {
  return (await sql.query<{ id: number }>(MODIFIED_BETWEEN, [start.toISOString(), end.toISOString(), after, limit])).map(({ id }) => id)
}

export async function countReviewsAfter (sql: Sql, { start, end }: ModifiedBetween, after: number): Promise<number> {
  return (await sql.query<{ count: number }>(COUNT_MODIFIED, [start.toISOString(), end.toISOString(), after]))[0]?.count ?? 0
}
