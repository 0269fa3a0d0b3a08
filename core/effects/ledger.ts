import type { Sql, Statement } from '../db/sql.ts'
import { enqueueJobs } from './enqueue.ts'
import { wakeUp } from './plan.ts'
import { describePayload } from './payloads.ts'
import type { DeliveryKind, EffectState } from './kinds.ts'

/** An effect as people see it. Payloads stay inside: they hold personal data. */
export interface EffectView {
  id: number
  subject: string
  stream: string
  kind: DeliveryKind
  /** What it does, e.g. `test.stopAttempt`. */
  what: string
  state: EffectState
  tries: number
  createdAt: string
  dueAt: string
  deliveredAt: string | null
  lastError: string | null
  requestId: string | null
}

export interface EffectFilter {
  state?: EffectState
  kind?: DeliveryKind
  subject?: string
  /** Only effects older than this id: the key of the next page. */
  before?: number
  limit?: number
}

export interface EffectCounts {
  pending: number
  dead: number
  /** Seconds the oldest pending effect has waited since it was written; 0 when none waits. */
  oldestPendingSeconds: number
}

type Row = Omit<EffectView, 'what'> & { payload: unknown }

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const COLUMNS = `id::float8 as id, subject, stream, kind, payload, state, tries, ${iso('created_at')} as "createdAt", ${iso('due_at')} as "dueAt",
  ${iso('delivered_at')} as "deliveredAt", last_error as "lastError", request_id as "requestId"`

const CONDITIONS = { kind: 'kind =', subject: 'subject =', before: 'id <' } as const

const COUNTS: Statement = {
  name: 'effects-counts',
  text: `select
    (select count(*)::int from effect where state = 'pending') as pending,
    (select count(*)::int from effect where state = 'dead') as dead,
    coalesce((select extract(epoch from $1::timestamptz - min(created_at)) from effect where state = 'pending'), 0)::float8 as "oldestPendingSeconds"`,
}

const RETRY: Statement = {
  name: 'effects-retry',
  text: `update effect set state = 'pending', due_at = $2::timestamptz, tries = case when state = 'dead' then 0 else tries end
    where id = $1 and state in ('pending', 'dead') returning ${COLUMNS}`,
}

const FIND: Statement = { name: 'effects-find', text: `select ${COLUMNS} from effect where id = $1` }

/** Newest first. */
export async function listEffects (sql: Sql, filter: EffectFilter): Promise<EffectView[]> {
  const { statement, values } = listStatement(filter)
  return (await sql.query<Row>(statement, values)).map(toView)
}

/** Only the conditions that are asked for, and the state as a literal: so each list can use the index made for it. */
function listStatement ({ state, limit = 50, ...rest }: EffectFilter): { statement: Statement, values: unknown[] } {
  const names = (['kind', 'subject', 'before'] as const).filter(name => rest[name] !== undefined)
  const conditions = names.map((name, index) => `${CONDITIONS[name]} $${index + 2}`)
  if (state) conditions.push(`state = '${state}'`)
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
  const name = ['effects-list', state, ...names].filter(Boolean).join('-')
  return { statement: { name, text: `select ${COLUMNS} from effect ${where} order by effect.id desc limit $1` }, values: [limit, ...names.map(key => rest[key])] }
}

export async function findEffect (sql: Sql, id: number): Promise<EffectView | null> {
  const [row] = await sql.query<Row>(FIND, [id])
  return row ? toView(row) : null
}

/** Puts a dead effect back into its stream, or makes a waiting one due at once. Null when there is none to send (again). */
export async function retryEffect (sql: Sql, id: number, now: Date): Promise<EffectView | null> {
  const [row] = await sql.query<Row>(RETRY, [id, now.toISOString()])
  if (!row) return null
  await enqueueJobs(sql, [wakeUp(row.stream)])
  return toView(row)
}

export async function countEffects (sql: Sql, now: Date): Promise<EffectCounts> {
  const [counts] = await sql.query<EffectCounts>(COUNTS, [now.toISOString()])
  return counts ?? { pending: 0, dead: 0, oldestPendingSeconds: 0 }
}

function toView ({ payload, ...row }: Row): EffectView {
  return { ...row, what: describePayload(row.kind, payload) }
}
