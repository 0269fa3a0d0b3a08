import { INV_ATTEMPT_NOT_FOUND, INV_ATTEMPT_REVIEWED, INV_CONFLICT, INV_ILLEGAL_TRANSITION, INV_UNKNOWN_STATUS } from '../../errors.ts'
import type { Sql } from '../../db/sql.ts'
import { isUniqueViolation } from '../../db/violations.ts'
import type { DomainContext } from '../context.ts'
import { providerOf } from '../exam/exam-provider.ts'
import { allowedMinutesFor } from './allowed-time.ts'
import { addUnregisteredAttempt } from './add.ts'
import { archiveAttempt } from './archive.ts'
import { isCompleted } from './status.ts'
import { findById, findCurrent, findExamsToDecline, findRefused, updateAttempt } from './store.ts'
import { endOf, isTimeOver } from './time.ts'
import { decideTransition, type Decision, type TransitionRequest } from './transition.ts'
import type { Actor, AttemptChange, AttemptRecord } from './attempt.ts'

/** A lost race is decided again from the fresh row, this often. */
export const TRIES = 10

export const SYSTEM: Actor = Object.freeze({ kind: 'system', userId: null, name: 'invigil' })

export interface StatusRequest extends TransitionRequest {
  /** Throws when whoever asks may not touch this attempt; called on every fresh read. */
  authorise?: (record: AttemptRecord) => void
  /** Written together with the status, e.g. the seconds that were left. */
  alongside?: (record: AttemptRecord) => AttemptChange
  /** The attempt as it was read a moment ago: saves the first read. */
  known?: AttemptRecord
  /** Nothing happens, and the attempt is answered as it is, unless this holds. */
  onlyIf?: (record: AttemptRecord) => boolean
  /** For the history. */
  reason?: string
}

/**
 * Gives an attempt another status: reads, decides, writes all in one transaction, with the effects as outbox jobs.
 * An attempt whose time is over is submitted first.
 */
export async function changeStatus (ctx: DomainContext, attemptId: number, request: StatusRequest): Promise<AttemptRecord> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const record = attempt === 0 && request.known ? request.known : await findById(ctx.db, attemptId)
    if (!record) throw new INV_ATTEMPT_NOT_FOUND(attemptId)
    request.authorise?.(record)
    if (isTimeOver(record.attempt, ctx.clock.now())) {
      await expire(ctx, record)
      continue
    }
    if (request.onlyIf && !request.onlyIf(record)) return record
    const decision = await decide(ctx, record, request)
    if (decision.kind === 'unchanged') return record
    const changed = await ctx.db.transaction(tx => write(ctx, tx, record, request, decision)).catch(nullWhenRaced)
    if (changed) return changed
  }
  throw new INV_CONFLICT(attemptId)
}

/** Somebody else changed one of the attempts, or made the one that was missing, at the same moment. */
export const isLostRace = (error: unknown): boolean => error instanceof INV_CONFLICT || isUniqueViolation(error, 'attempt_current_unique')

function nullWhenRaced (error: unknown): null {
  if (isLostRace(error)) return null
  throw error
}

/** Submits an attempt whose time is over, as of the instant it ended. False when somebody else did it first. */
export async function expire (ctx: DomainContext, record: AttemptRecord): Promise<boolean> {
  const timedOutAt = endOf(record.attempt)
  if (timedOutAt === null || !isTimeOver(record.attempt, ctx.clock.now())) return false
  const request: TransitionRequest = { to: 'timed_out', actor: SYSTEM, timedOutAt }
  const decision = await decide(ctx, record, request)
  return decision.kind === 'change' && await ctx.db.transaction(tx => write(ctx, tx, record, request, decision)) !== null
}

/** The same inside the caller's transaction, for changes that come with something else (a review, a cascade). Null when a race was lost. */
export async function changeStatusWithin (ctx: DomainContext, tx: Sql, record: AttemptRecord, request: TransitionRequest): Promise<AttemptRecord | null> {
  const decision = await decide(ctx, record, request)
  return decision.kind === 'unchanged' ? record : write(ctx, tx, record, request, decision)
}

type Change = Extract<Decision, { kind: 'change' }>

async function decide (ctx: DomainContext, record: AttemptRecord, request: StatusRequest): Promise<Exclude<Decision, { kind: 'refused' }>> {
  const { attempt, exam } = record
  const provider = providerOf(ctx.providers, exam)
  const firstStart = request.to === 'started' && attempt.startedAt === null
  const decision = decideTransition({
    ...record,
    provider: provider && { name: provider.name, verboseName: provider.attributes.verboseName, supportsOnboarding: provider.attributes.supportsOnboarding },
    allowedMinutes: firstStart ? await allowedMinutesFor(ctx, exam, attempt.userId, attempt) : 0,
    now: ctx.clock.now(),
    allowTimedOutState: ctx.settings.allow_timed_out_state,
  }, request)
  if (decision.kind === 'refused') throw refusal(record, decision)
  if (decision.kind === 'change') Object.assign(decision.change, request.alongside?.(record))
  return decision
}

async function write (ctx: DomainContext, tx: Sql, record: AttemptRecord, request: Pick<StatusRequest, 'actor' | 'reason'>, decision: Change): Promise<AttemptRecord | null> {
  const { actor, reason } = request
  const now = ctx.clock.now()
  const attempt = await updateAttempt(tx, record.attempt, { change: decision.change, actor, now, reason })
  if (!attempt) return null
  const requestId = actor.requestId ?? null
  await ctx.enqueue(tx, decision.effects.beforeCascade, requestId)
  if (decision.declineOthers) await declineOthers(ctx, tx, record, actor)
  if (decision.removeRefused) for (const refused of await findRefused(tx, attempt.userId)) await archiveAttempt(ctx, tx, refused, actor)
  await ctx.enqueue(tx, decision.effects.afterCascade, requestId)
  return { ...record, attempt }
}

/** Who declines one proctored exam of a course declines all the others that are not completed (contract 01 §6.7). */
async function declineOthers (ctx: DomainContext, tx: Sql, { exam, user }: AttemptRecord, actor: Actor): Promise<void> {
  for (const other of await findExamsToDecline(tx, exam)) {
    const current = await findCurrent(tx, user.id, other.id)
    if (current && isCompleted(current.attempt.status)) continue
    const record = current ?? await addUnregisteredAttempt(ctx, tx, { exam: other, user, actor })
    const declined = await changeStatusWithin(ctx, tx, record, { to: 'declined', actor, cascade: false })
    if (!declined) throw new INV_CONFLICT(record.attempt.id)
  }
}

function refusal ({ attempt }: AttemptRecord, { why, to }: Extract<Decision, { kind: 'refused' }>): Error {
  if (why === 'unknown-status') return new INV_UNKNOWN_STATUS(to)
  if (why === 'reviewed') return new INV_ATTEMPT_REVIEWED(attempt.id, attempt.status)
  return new INV_ILLEGAL_TRANSITION(attempt.id, attempt.status, to)
}
