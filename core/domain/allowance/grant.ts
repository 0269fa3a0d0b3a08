import type { Sql, Statement } from '../../db/sql.ts'
import type { Actor, Exam } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { examEvent } from '../exam/exam-events.ts'
import { historyActor } from '../history.ts'

export interface Grant { exam: Exam, userIds: readonly number[], key: string, value: string, actor: Actor }

/** Adds or updates, with a line of history for each learner. */
const SAVE: Statement = {
  name: 'allowance-save',
  text: `with former as (
      select user_id, value from allowance where exam_id = $2::int and key = $3::text and user_id = any($1::int[])
    ), saved as (
      insert into allowance (user_id, exam_id, key, value, created_at, modified_at)
      select user_id, $2::int, $3::text, $4::text, $5::timestamptz, $5::timestamptz from unnest($1::int[]) as learner (user_id)
      on conflict (user_id, exam_id, key) do update set value = excluded.value, modified_at = excluded.modified_at
      returning id, user_id
    ), written as (
      select id, user_id, former.user_id is not null as existed, former.value from saved left join former using (user_id)
    ), told as (
      insert into history (entity, entity_id, at, change, before, after, actor_kind, actor_user_id, actor_name, reason, request_id)
      select 'allowance', id, $5::timestamptz, case when existed then '~' else '+' end,
        case when existed then jsonb_build_object('userId', user_id, 'examId', $2::int, 'key', $3::text, 'value', value) end,
        jsonb_build_object('userId', user_id, 'examId', $2::int, 'key', $3::text, 'value', $4::text), $6, $7, $8, $9, $10
      from written order by user_id
    ) select user_id as "userId", existed from written order by user_id`,
}

/** Grants learners the same in one exam. The caller holds the exam, so the events leave in the order of the changes. */
export async function grantWithin (ctx: DomainContext, tx: Sql, { exam, userIds, key, value, actor }: Grant): Promise<void> {
  const learners = [...new Set(userIds)]
  const rows = await tx.query<{ userId: number, existed: boolean }>(SAVE, [learners, exam.id, key, value, ctx.clock.now().toISOString(), ...historyActor(actor, null)])
  const events = rows.map(({ userId, existed }) => allowanceEvent(exam, existed ? 'updated' : 'created', { userId, key, value }))
  await ctx.enqueue(tx, events, actor.requestId ?? null)
}

export function allowanceEvent (exam: Exam, verb: 'created' | 'updated' | 'deleted', { userId, key, value }: { userId: number, key: string, value: string }) {
  return examEvent(exam, `allowance.${verb}`, { allowance_user_id: userId, allowance_key: key, allowance_value: value })
}
