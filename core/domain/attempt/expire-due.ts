import type { DomainContext } from '../context.ts'
import { expire } from './apply.ts'
import { findById, findOverdue } from './store.ts'

/** Submits one attempt if its time is over; called by the job that was wound at its start. */
export async function expireAttempt (ctx: DomainContext, attemptId: number): Promise<void> {
  const record = await findById(ctx.db, attemptId)
  if (record) await expire(ctx, record)
}

/** Submits every attempt whose time is over, whoever forgot it. Answers how many. */
export async function expireDue (ctx: DomainContext): Promise<number> {
  let expired = 0
  for (;;) {
    const overdue = await findOverdue(ctx.db, ctx.clock.now())
    let moved = 0
    for (const record of overdue) if (await expire(ctx, record)) moved++
    expired += moved
    if (moved === 0) return expired
  }
}
