import type { Sql } from '../../db/sql.ts'
import { INV_CONFLICT } from '../../errors.ts'
import type { DomainContext } from '../context.ts'
import type { Effect } from '../effect.ts'
import { historyActor } from '../history.ts'
import { FACTS_JSON, REPLACED_JSON } from '../review/review-facts.ts'
import { updateAttempt } from './store.ts'
import type { Actor, AttemptRecord } from './attempt.ts'

const PROMOTE = {
  name: 'attempt-promote',
  text: `update attempt set is_current = true, version = version + 1 where id = (
      select id from attempt where user_id = $1 and exam_id = $2 and archived_at is null order by id desc limit 1
    ) and not is_current`,
}

const DEACTIVATE_REVIEW = {
  name: 'review-deactivate',
  text: `with former as (
      select r.id, ${REPLACED_JSON} as before, ${FACTS_JSON} || '{"isAttemptActive": false}' as after from review r where r.attempt_code = $1 and r.is_attempt_active for update
    ), marked as (
      update review set is_attempt_active = false, modified_at = $2 where id in (select id from former)
    ) insert into history (entity, entity_id, at, change, before, after, actor_kind, actor_user_id, actor_name, reason, request_id)
    select 'review', id, $2, '~', before, after, $3, $4, $5, $6, $7 from former`,
}

/**
 * Takes an attempt out of use: it stays readable in the archive, the learner's former attempt counts again, its review is marked, the vendor is told.
 * The clean-up at the platform is `removeAttempt`'s.
 */
export async function archiveAttempt (ctx: DomainContext, tx: Sql, { attempt, exam, user }: AttemptRecord, actor: Actor): Promise<void> {
  const now = ctx.clock.now()
  const archived = await updateAttempt(tx, attempt, { change: { archivedAt: now, isCurrent: false }, actor, now, kind: '-' })
  if (!archived) throw new INV_CONFLICT(attempt.id)
  await tx.query(PROMOTE, [user.id, exam.id])
  await tx.query(DEACTIVATE_REVIEW, [attempt.attemptCode, now.toISOString(), ...historyActor(actor, 'attempt removed')])
  await ctx.enqueue(tx, vendorRemoval({ attempt, exam }), actor.requestId ?? null)
}

/** An exam that is not proctored any more is no matter of a vendor's (contract 01 §7). */
function vendorRemoval ({ attempt, exam }: Pick<AttemptRecord, 'attempt' | 'exam'>): Effect[] {
  if (!exam.isProctored || attempt.provider === null || attempt.externalId === null) return []
  return [{ kind: 'provider', subject: `attempt:${attempt.id}`, provider: attempt.provider, method: 'removeAttempt', examExternalId: exam.externalId, attemptExternalId: attempt.externalId }]
}
