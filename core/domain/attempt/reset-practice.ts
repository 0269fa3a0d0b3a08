import { INV_ATTEMPT_NOT_FOUND, INV_CONFLICT, INV_NOT_RESETTABLE } from '../../errors.ts'
import type { Sql } from '../../db/sql.ts'
import type { DomainContext } from '../context.ts'
import { attemptEvent } from './attempt-events.ts'
import { replaceAttempt } from './create.ts'
import { getAttempt, getCurrent } from './read.ts'
import { removeWithin } from './remove.ts'
import { isIncomplete } from './status.ts'
import { updateAttempt } from './store.ts'
import type { Actor, AttemptRecord } from './attempt.ts'

/** Lets a learner take a practice exam again: the former attempt is set aside, a submitted one removed (contract 01 §6.4). */
export async function resetPractice (ctx: DomainContext, attemptId: number, actor: Actor, authorise: (record: AttemptRecord) => void): Promise<AttemptRecord> {
  // the former attempt is set aside as of now: the new one, which the vendor has to take in first, is always the later
  const askedAt = ctx.clock.now()
  const asked = await getAttempt(ctx, attemptId)
  authorise(asked)
  const { exam, user } = asked
  const former = await getCurrent(ctx, user.id, exam.id)
  if (!former) throw new INV_ATTEMPT_NOT_FOUND(attemptId)
  const obstacle = whyNot(former)
  if (obstacle) throw new INV_NOT_RESETTABLE(user.id, exam.id, obstacle)
  return replaceAttempt(ctx, {
    exam, user, actor, former, proctored: former.attempt.takingAsProctored, savedSeconds: null, retire: (tx, record) => retire(ctx, tx, record, actor, askedAt),
  })
}

function whyNot ({ attempt, exam }: AttemptRecord): string | null {
  if (!exam.isPracticeExam) return 'only practice exams can be taken again'
  if (isIncomplete(attempt.status)) return `the attempt is still ${attempt.status}`
  return attempt.status === 'verified' ? 'the attempt has been verified' : null
}

async function retire (ctx: DomainContext, tx: Sql, record: AttemptRecord, actor: Actor, now: Date): Promise<void> {
  if (record.attempt.status === 'submitted') {
    await removeWithin(ctx, tx, record, actor)
    await ctx.enqueue(tx, [attemptEvent(record.attempt, record.exam, now, 'reset_practice_exam')], actor.requestId ?? null)
    return
  }
  const reset = await updateAttempt(tx, record.attempt, { change: { status: 'onboarding_reset', isCurrent: false }, actor, now, reason: 'reset' })
  if (!reset) throw new INV_CONFLICT(record.attempt.id)
  await ctx.enqueue(tx, [attemptEvent(reset, record.exam, now, 'reset_practice_exam')], actor.requestId ?? null)
}
