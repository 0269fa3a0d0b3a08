import { INV_UNKNOWN_STATUS } from '../../errors.ts'
import type { DomainContext } from '../context.ts'
import type { Actor, AttemptRecord } from './attempt.ts'
import { changeStatus, expire } from './apply.ts'
import { isAttemptStatus, isCompleted, isIncomplete, type AttemptStatus } from './status.ts'
import { findById } from './store.ts'
import { isTimeOver } from './time.ts'

/** A status an operator may name: one that means work under way or work done. */
export function readTarget (word: string): AttemptStatus {
  if (isAttemptStatus(word) && (isCompleted(word) || isIncomplete(word))) return word
  throw new INV_UNKNOWN_STATUS(word)
}

/** An operator gives an attempt a status, by the same rules and with the same effects as everybody; the one it has runs its effects again. */
export async function setAttemptStatus (ctx: DomainContext, attemptId: number, word: string, actor: Actor): Promise<AttemptRecord> {
  return changeStatus(ctx, attemptId, { to: readTarget(word), actor })
}

/** Runs the effects of the status an attempt has once more. A text says why not. */
export async function rerunEffects (ctx: DomainContext, attemptId: number, actor: Actor): Promise<string | undefined> {
  const record = await findById(ctx.db, attemptId)
  if (!record) return 'it was removed meanwhile'
  const { status } = record.attempt
  if (!isCompleted(status) && !isIncomplete(status)) return `nothing follows from ${status}`
  if (isTimeOver(record.attempt, ctx.clock.now())) {
    await expire(ctx, record)
    return 'its time was over; it is submitted now, with what follows from that'
  }
  let isSame = true
  await changeStatus(ctx, attemptId, {
    to: status,
    actor,
    onlyIf: ({ attempt }) => {
      isSame = attempt.status === status
      return isSame
    },
  })
  return isSame ? undefined : 'its status has just moved, with what follows from that'
}
