import type { Sql } from '../../db/sql.ts'
import type { DomainContext } from '../context.ts'
import type { Effect } from '../effect.ts'
import { INV_ATTEMPT_NOT_FOUND } from '../../errors.ts'
import { archiveAttempt } from './archive.ts'
import { examType, providerOf } from '../exam/exam-provider.ts'
import { attemptEvent } from './attempt-events.ts'
import { lifecycleEvent } from './lifecycle-event.ts'
import { findAttempt } from './read.ts'
import { findAllOfUser } from './store.ts'
import type { Actor, AttemptRecord, User } from './attempt.ts'
import type { AttemptStatus } from './status.ts'

const CREDITED: readonly AttemptStatus[] = ['verified', 'rejected', 'declined', 'submitted', 'error']

/** Takes an attempt out of use and has the platform undo what it caused (contract 01 §6.3). */
export async function removeAttempt (ctx: DomainContext, attemptId: number, actor: Actor, authorise?: (record: AttemptRecord | null) => Promise<void>): Promise<void> {
  const record = await findAttempt(ctx, attemptId)
  // who may not is not told whether there is such an attempt (Q43)
  await authorise?.(record)
  if (!record) throw new INV_ATTEMPT_NOT_FOUND(attemptId)
  await ctx.db.transaction(tx => removeWithin(ctx, tx, record, actor))
}

/** Removes every attempt of a learner at an exam; answers how many there were. */
export async function removeAllAttempts (ctx: DomainContext, userId: number, examId: number, actor: Actor): Promise<number> {
  return ctx.db.transaction(async tx => {
    // oldest first: the newest stays the current one to the end, so none takes its place in between
    const records = (await findAllOfUser(tx, userId, examId)).toReversed()
    for (const record of records) await removeWithin(ctx, tx, record, actor)
    return records.length
  })
}

/** A provider that is not known cannot be told: then the attempt stays until the operator has settled that (contract 05 §5). */
export async function removeWithin (ctx: DomainContext, tx: Sql, record: AttemptRecord, actor: Actor): Promise<void> {
  providerOf(ctx.providers, record.exam)
  await archiveAttempt(ctx, tx, record, actor)
  await ctx.enqueue(tx, cleanUp(ctx, record, actor), actor.requestId ?? null)
}

function cleanUp (ctx: DomainContext, { attempt, exam, user }: AttemptRecord, actor: Actor): Effect[] {
  const subject = `attempt:${attempt.id}`
  const where = { user_id: user.id, course_key_or_id: exam.courseId }
  const effects: Effect[] = [
    { kind: 'lms', subject, service: 'instructor', method: 'delete_student_attempt', args: { username: user.username, course_id: exam.courseId, content_id: exam.contentId, requesting_user: actor.name } },
    { kind: 'lms', subject, service: 'grades', method: 'undo_override_subsection_grade', args: { ...where, usage_key_or_id: exam.contentId } },
  ]
  if (CREDITED.includes(attempt.status)) {
    effects.push({ kind: 'lms', subject, service: 'credit', method: 'remove_credit_requirement_status', args: { ...where, req_namespace: 'proctored_exam', req_name: exam.contentId } })
  }
  const supportsOnboarding = ctx.providers.find(exam.backend ?? '')?.attributes.supportsOnboarding ?? false
  const requester: User = { id: actor.userId ?? user.id, username: actor.name, email: '', fullName: '', isActive: true }
  const reset = lifecycleEvent('reset', { attempt, exam, user, examType: examType(exam, supportsOnboarding), actor: requester })
  return [...effects, attemptEvent(attempt, exam, ctx.clock.now(), 'deleted'), reset]
}
