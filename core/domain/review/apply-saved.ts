import type { Sql } from '../../db/sql.ts'
import { isUniqueViolation } from '../../db/violations.ts'
import { INV_CONFLICT } from '../../errors.ts'
import { findByCode } from '../attempt/store.ts'
import type { DomainContext } from '../context.ts'
import { appendHistory } from '../history.ts'
import type { ReplacedReview, ReviewFacts } from './review-facts.ts'
import { applyReview } from './workflow.ts'
import type { Actor, AttemptRecord, User } from '../attempt/attempt.ts'

/** A lost race (two reviews at once, a review and a time-out) is decided again, this often. */
const TRIES = 5

export async function retryRaces<T> (work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const raced = error instanceof INV_CONFLICT || isUniqueViolation(error, 'review_attempt_code_unique')
      if (!raced || attempt === TRIES) throw error
    }
  }
}

const LOCK = { name: 'attempt-lock-by-code', text: 'select id from attempt where attempt_code = $1 for update' }

/** The attempt a review is about, archived ones too. Reviews of one attempt wait for each other: each is decided on what the one before left. */
export async function freshRecord (tx: Sql, attemptCode: string): Promise<AttemptRecord> {
  await tx.query(LOCK, [attemptCode])
  const record = await findByCode(tx, attemptCode)
  if (!record) throw new Error(`attempt ${attemptCode} vanished while its review was stored`)
  return record
}

export interface SettledReview {
  id: number
  /** Null for a first review. */
  before: ReplacedReview | null
  after: ReviewFacts
  /** The person who stands behind the verdict; null = automatic. */
  reviewer: User | null
  actor: Actor
  reason?: string
}

/** What follows every save of a review, whoever saved it: its line of history, the attempt's status, one event. */
export async function settleReview (ctx: DomainContext, tx: Sql, record: AttemptRecord, { id, before, after, reviewer, actor, reason }: SettledReview): Promise<AttemptRecord> {
  await appendHistory(tx, { entity: 'review', entityId: id, change: before ? '~' : '+', before, after, actor, reason: reason ?? null, at: ctx.clock.now() })
  const attributedTo: Actor = reviewer ? { ...actor, kind: 'reviewer', userId: reviewer.id, name: reviewer.username } : actor
  return applyReview(ctx, tx, record, { attemptCode: after.attemptCode, reviewStatus: after.reviewStatus, reviewer: reviewer?.username ?? null }, attributedTo)
}
