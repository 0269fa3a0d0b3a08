import type { Clock } from '../clock.ts'
import type { Database } from '../db/sql.ts'
import { retryDelayMs } from './back-off.ts'
import { enqueueJobs } from './enqueue.ts'
import { attemptIdOf, type DeliveryKind } from './kinds.ts'
import { describePayload, Undeliverable } from './payloads.ts'
import { wakeUp } from './plan.ts'
import { claimHead, claimOldest, hasDue, headWaitMs, settle, type ClaimedEffect, type Settlement } from './store.ts'

/** Sends one effect. Returns a note when there was nothing to send after all; throws when it is to be tried again. */
export type Handler = (effect: ClaimedEffect, signal: AbortSignal) => Promise<string | void>
export type Handlers = Readonly<Record<DeliveryKind, Handler>>

export interface DeliveryLog {
  debug (fields: object, message: string): void
  info (fields: object, message: string): void
  warn (fields: object, message: string): void
  error (fields: object, message: string): void
}

export interface DeliveryContext {
  database: Database
  clock: Clock
  handlers: Handlers
  log: DeliveryLog
  leaseSeconds: number
  /** The process is about to stop: begin nothing new. */
  stopping: AbortSignal
  /** It waited long enough: give up what is under way. */
  aborting: AbortSignal
}

export interface DrainResult { delivered: number, failed: number }

/** A try ends well before its lease does, so that no second one runs beside it. */
const LEASE_SHARE = 0.75
const BUSY_POLL_MS = 15

/** Delivers what is due in one stream, oldest first, and stops at the first that has to wait; then it asks to be woken for that one. */
export async function deliverStream (context: DeliveryContext, stream: string): Promise<void> {
  const { database, clock, leaseSeconds, stopping } = context
  while (!stopping.aborted) {
    const effect = await claimHead(database, stream, clock.now(), leaseSeconds)
    if (!effect) break
    await deliverOne(context, effect)
  }
  const waitMs = await headWaitMs(database, stream, clock.now())
  if (waitMs !== null) await enqueueJobs(database, [wakeUp(stream, waitMs)])
}

/** Delivers everything that is due, one after the other in the order it was written, and waits for what other processes have begun. */
export async function drain (context: DeliveryContext): Promise<DrainResult> {
  const { database, clock, leaseSeconds, stopping } = context
  const result: DrainResult = { delivered: 0, failed: 0 }
  while (!stopping.aborted) {
    const effect = await claimOldest(database, clock.now(), leaseSeconds)
    if (effect) await drainOne(context, effect, result)
    else if (!await hasDue(database, clock.now())) break
    else await new Promise(resolve => setTimeout(resolve, BUSY_POLL_MS))
  }
  return result
}

async function drainOne (context: DeliveryContext, effect: ClaimedEffect, result: DrainResult): Promise<void> {
  const end = await deliverOne(context, effect)
  result[end.state === 'delivered' ? 'delivered' : 'failed']++
  if (end.state === 'pending') await enqueueJobs(context.database, [wakeUp(effect.stream, end.dueAt.getTime() - context.clock.now().getTime())])
}

async function deliverOne (context: DeliveryContext, effect: ClaimedEffect): Promise<Settlement> {
  const end = await tryHandler(context, effect)
  const kept = await settle(context.database, effect, end)
  report(context.log, effect, end, kept)
  return end
}

async function tryHandler ({ handlers, clock, leaseSeconds, aborting }: DeliveryContext, effect: ClaimedEffect): Promise<Settlement> {
  try {
    const note = await withinLease(leaseSeconds, aborting, limit => handlers[effect.kind](effect, limit))
    return { state: 'delivered', note: note ?? null, at: clock.now() }
  } catch (error) {
    return judgeFailure(effect, error, clock.now())
  }
}

function judgeFailure ({ kind, tries }: ClaimedEffect, error: unknown, now: Date): Settlement {
  const note = error instanceof Error ? error.message : String(error)
  const delayMs = error instanceof Undeliverable ? null : retryDelayMs(kind, tries, Math.random())
  return delayMs === null ? { state: 'dead', note } : { state: 'pending', note, dueAt: new Date(now.getTime() + delayMs) }
}

async function withinLease<T> (leaseSeconds: number, aborting: AbortSignal, work: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const seconds = leaseSeconds * LEASE_SHARE
  const limit = AbortSignal.any([aborting, AbortSignal.timeout(seconds * 1000)])
  const { promise, reject } = Promise.withResolvers<never>()
  const giveUp = () => reject(new Error(aborting.aborted ? 'The process stopped while this was being sent.' : `No end after ${seconds} s; given up.`))
  limit.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([work(limit), promise])
  } finally {
    limit.removeEventListener('abort', giveUp)
  }
}

function report (log: DeliveryLog, effect: ClaimedEffect, end: Settlement, kept: boolean): void {
  const { id, stream, kind, tries, requestId } = effect
  const fields = { effectId: id, stream, tries, requestId, attemptId: attemptIdOf(effect.subject), what: describePayload(kind, effect.payload) }
  if (!kept) return log.warn(fields, 'effect ended after its lease was lost; it is delivered again with the same idempotency key')
  if (end.state === 'dead') return log.error({ ...fields, reason: end.note }, 'effect is dead: it will not be tried again unless somebody retries it')
  if (end.state === 'pending') return log.warn({ ...fields, reason: end.note, dueAt: end.dueAt }, 'effect failed and is tried again')
  if (end.note) return log.warn({ ...fields, reason: end.note }, 'effect counts as delivered')
  log.debug(fields, 'effect delivered')
}
