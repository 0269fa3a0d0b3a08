import type { Sql } from '../../db/sql.ts'
import { INV_CONFLICT } from '../../errors.ts'
import { attemptEvent } from '../attempt/attempt-events.ts'
import { changeStatusWithin } from '../attempt/apply.ts'
import type { DomainContext } from '../context.ts'
import { providerOfAttempt } from '../exam/exam-provider.ts'
import { statusFromReview } from './review-status.ts'
import type { Actor, AttemptRecord } from '../attempt/attempt.ts'

export interface SavedReview {
  attemptCode: string
  reviewStatus: string
  /** User name of the person behind the verdict; null = nobody looked yet. */
  reviewer: string | null
}

/** What every saved review causes: the attempt's new status (unless it is archived) and one `review_received` event (contract 01 §6.6). */
export async function applyReview (ctx: DomainContext, tx: Sql, record: AttemptRecord, review: SavedReview, actor: Actor): Promise<AttemptRecord> {
  const after = record.attempt.archivedAt ? record : await giveVerdict(ctx, tx, record, review, actor)
  const event = attemptEvent(after.attempt, after.exam, ctx.clock.now(), 'review_received', { review_attempt_code: review.attemptCode, review_status: review.reviewStatus })
  await ctx.enqueue(tx, [event], actor.requestId ?? null)
  return after
}

async function giveVerdict (ctx: DomainContext, tx: Sql, record: AttemptRecord, review: SavedReview, actor: Actor): Promise<AttemptRecord> {
  const attributes = providerOfAttempt(ctx.providers, record)?.attributes
  const to = statusFromReview({
    reviewStatus: review.reviewStatus,
    passingStatuses: attributes?.passingStatuses ?? [],
    hasReviewer: review.reviewer !== null,
    requireSecondReview: ctx.settings.require_failure_second_reviews,
    supportsOnboarding: attributes?.supportsOnboarding ?? false,
    isSampleAttempt: record.attempt.isSampleAttempt,
  })
  const after = await changeStatusWithin(ctx, tx, record, { to, actor: { ...actor, kind: 'reviewer' }, attributedTo: review.reviewer })
  if (!after) throw new INV_CONFLICT(record.attempt.id)
  return after
}
