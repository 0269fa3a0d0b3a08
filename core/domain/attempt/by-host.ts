import { INV_ALREADY_STARTED, INV_ATTEMPT_NOT_FOUND, INV_BAD_REQUEST, INV_CONFLICT } from '../../errors.ts'
import type { DomainContext } from '../context.ts'
import { changeStatus, expire } from './apply.ts'
import { getAttempt, getByCode } from './read.ts'
import { findById, updateAttempt } from './store.ts'
import { isTimeOver } from './time.ts'
import type { Actor, AttemptRecord } from './attempt.ts'

/** Starts the attempt with this code; one that runs is not started twice. */
export async function startAttemptByCode (ctx: DomainContext, code: string, actor: Actor): Promise<AttemptRecord> {
  const found = await getByCode(ctx, code)
  if (!found || found.attempt.archivedAt) throw new INV_ATTEMPT_NOT_FOUND(code)
  return changeStatus(ctx, found.attempt.id, {
    to: 'started',
    actor,
    authorise ({ attempt }) {
      if (attempt.startedAt !== null && attempt.status === 'started') throw new INV_ALREADY_STARTED(attempt.id)
    },
  })
}

/** Ends an attempt because its time is up, whatever the clock says. */
export async function timeOutAttempt (ctx: DomainContext, attemptId: number, actor: Actor): Promise<AttemptRecord> {
  const record = await findById(ctx.db, attemptId)
  if (!record) throw new INV_ATTEMPT_NOT_FOUND(attemptId)
  if (!isTimeOver(record.attempt, ctx.clock.now())) return changeStatus(ctx, attemptId, { to: 'timed_out', actor })
  await expire(ctx, record)
  return getAttempt(ctx, attemptId)
}

/** Notes that the learner goes on in another attempt; only after staff let him. */
export async function markResumed (ctx: DomainContext, attemptId: number, actor: Actor): Promise<AttemptRecord> {
  const record = await getAttempt(ctx, attemptId)
  if (!record.attempt.readyToResume) throw new INV_BAD_REQUEST(`Attempt ${attemptId} cannot be marked resumed: expected it to be ready to resume, found that it is not.`)
  const attempt = await ctx.db.transaction(tx => updateAttempt(tx, record.attempt, { change: { resumed: true, isResumable: false }, actor, now: ctx.clock.now(), reason: 'resumed' }))
  if (!attempt) throw new INV_CONFLICT(attemptId)
  return { ...record, attempt }
}
