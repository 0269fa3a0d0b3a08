import type { Statement } from '../../db/sql.ts'
import type { Actor } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { historyActor } from '../history.ts'
import { FACTS_JSON, REPLACED_JSON } from '../review/review-facts.ts'

const REASON = 'learner retired'

/** What each save leaves behind is blanked too; the values go, the fact that there was one stays. */
const HISTORY: Statement = {
  name: 'retire-history',
  text: `update history set before = ${blanked('before')}, after = ${blanked('after')}
    where entity in ('allowance', 'review') and $1::text in (before ->> 'userId', after ->> 'userId')`,
}
const TOLD = 'insert into history (entity, entity_id, at, change, before, after, actor_kind, actor_user_id, actor_name, reason, request_id)'
const ALLOWANCE = "jsonb_build_object('userId', user_id, 'examId', exam_id, 'key', key, 'value', '')"
const ALLOWANCES: Statement = {
  name: 'retire-allowances',
  text: `with blanked as (
      update allowance set value = '', modified_at = $2 where user_id = $1 and value <> '' returning id, user_id, exam_id, key
    ) ${TOLD} select 'allowance', id, $2, '~', ${ALLOWANCE}, ${ALLOWANCE}, $3, $4, $5, $6, $7 from blanked`,
}
/** By learner, so reviews of removed attempts are found as well (Q44). Their verdicts stay. */
const REVIEWS: Statement = {
  name: 'retire-reviews',
  text: `with blanked as (
      update review r set raw_data = '', encrypted_video_url = '', modified_at = $2
      where student_id = $1 and (raw_data <> '' or encrypted_video_url is distinct from '') returning r.id, ${REPLACED_JSON} as before, ${FACTS_JSON} as after
    ) ${TOLD} select 'review', id, $2, '~', before, after, $3, $4, $5, $6, $7 from blanked`,
}
const COMMENTS: Statement = {
  name: 'retire-review-comments',
  text: "update review_comment set comment = '', status = '' where review_id in (select id from review where student_id = $1)",
}
/** Our copy of who the learner is. The user name stays: it is what the platform, which retires it itself, knows the records by. */
const PERSON: Statement = { name: 'retire-person', text: "update users set email = '', full_name = '', modified_at = $2 where id = $1" }

/**
 * Takes out what was written about a learner (contract 02 §9.2). Only texts go: no status changes, nothing leaves the house.
 * A learner nobody knows is retired already.
 */
export async function retireUser (ctx: DomainContext, userId: number, actor: Actor): Promise<void> {
  const now = ctx.clock.now().toISOString()
  const told = [userId, now, ...historyActor(actor, REASON)]
  await ctx.db.transaction(async tx => {
    await tx.query(HISTORY, [String(userId)])
    await tx.query(ALLOWANCES, told)
    await tx.query(COMMENTS, [userId])
    await tx.query(REVIEWS, told)
    await tx.query(PERSON, [userId, now])
  })
}

function blanked (side: string): string {
  return ['value', 'rawData', 'encryptedVideoUrl'].reduce((json, field) => `jsonb_set(${json}, '{${field}}', '""', false)`, side)
}
