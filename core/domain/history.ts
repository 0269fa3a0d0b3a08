import type { PlainValue, Sql } from '../db/sql.ts'
import type { Actor } from './attempt/attempt.ts'

export type HistoryEntityName = 'attempt' | 'exam' | 'allowance' | 'review_policy' | 'review' | 'course_staff'

export interface HistoryEntry {
  entity: HistoryEntityName
  entityId: number
  change: '+' | '~' | '-'
  before: object | null
  after: object | null
  actor: Actor
  reason?: string | null
  at: Date
}

const APPEND = {
  name: 'history-append',
  text: `insert into history (entity, entity_id, change, before, after, actor_kind, actor_user_id, actor_name, reason, request_id, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
}

/** Adds one line to the story of a record, in the transaction that changes it. */
export async function appendHistory (tx: Sql, entry: HistoryEntry): Promise<void> {
  await tx.query(APPEND, [entry.entity, entry.entityId, entry.change, asJson(entry.before), asJson(entry.after), ...historyActor(entry.actor, entry.reason), entry.at.toISOString()])
}

/** The five columns that say who and why. */
export function historyActor (actor: Actor, reason: string | null | undefined): PlainValue[] {
  return [actor.kind, actor.userId, actor.name.slice(0, 255), reason?.slice(0, 255) ?? null, actor.requestId ?? null]
}

const asJson = (value: object | null): string | null => value && JSON.stringify(value)
