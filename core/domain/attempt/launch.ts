import type { DomainContext } from '../context.ts'
import { changeStatus } from './apply.ts'
import { getByCode } from './read.ts'
import { inGroup } from './status.ts'
import type { Actor, AttemptRecord } from './attempt.ts'

/**
 * A secure browser has opened the attempt: who waits for it may start. Who is in the exam and comes again has left it, which ends the exam
 * (contract 02 §5.4). Null for a code that is not known.
 */
export async function launchAttempt (ctx: DomainContext, attemptCode: string, actor: Actor): Promise<AttemptRecord | null> {
  const found = await getByCode(ctx, attemptCode)
  if (!found || found.attempt.archivedAt) return null
  return changeStatus(ctx, found.attempt.id, {
    to: 'ready_to_start', // from inside the exam the engine makes it `submitted`
    actor,
    onlyIf: ({ attempt }) => inGroup(attempt.status, 'pre-started') || inGroup(attempt.status, 'in-progress'),
  })
}
