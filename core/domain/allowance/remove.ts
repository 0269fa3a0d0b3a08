import type { Statement } from '../../db/sql.ts'
import type { Actor } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { lockExam } from '../exam/read.ts'
import { appendHistory } from '../history.ts'
import { allowanceEvent } from './grant.ts'
import { checkKey } from './rules.ts'

const REMOVE: Statement = { name: 'allowance-remove', text: 'delete from allowance where exam_id = $1 and user_id = $2::bigint and key = $3 returning id, value' }

/** Takes back what a learner was granted, also in an exam that is no longer active. False when there was nothing. */
export async function removeAllowance (ctx: DomainContext, { examId, userId, key, actor }: { examId: number, userId: number, key: string, actor: Actor }): Promise<boolean> {
  if (checkKey(key) !== null) return false
  return ctx.db.transaction(async tx => {
    const exam = await lockExam(tx, examId)
    const [removed] = exam ? await tx.query<{ id: number, value: string }>(REMOVE, [examId, userId, key]) : []
    if (!exam || !removed) return false
    const { id, value } = removed
    await appendHistory(tx, { entity: 'allowance', entityId: id, change: '-', before: { userId, examId, key, value }, after: null, actor, at: ctx.clock.now() })
    await ctx.enqueue(tx, [allowanceEvent(exam, 'deleted', { userId, key, value })], actor.requestId ?? null)
    return true
  })
}
