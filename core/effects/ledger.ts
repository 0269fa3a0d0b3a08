import type { Database, Sql, Statement } from '../db/sql.ts'
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
  /** Only what waits for this vendor. */
  provider?: string
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

const CONDITIONS = { kind: 'kind =', subject: 'subject =', provider: "split_part(stream, '|provider:', 2) =", before: 'id <' } as const

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

// a vendor may have left very much behind: in steps that take short locks, oldest first
const RETRY_STEP = 500
const RETRY_FOR_PROVIDER: Statement = {
  name: 'effects-retry-for-provider',
  text: `with wanted as (
      select id from effect where kind = 'provider' and split_part(stream, '|provider:', 2) = $1 and (state = 'dead' or state = 'pending' and due_at > $2::timestamptz)
      order by id limit ${RETRY_STEP} for update skip locked)
    update effect set state = 'pending', due_at = $2::timestamptz, tries = case when state = 'dead' then 0 else tries end
    from wanted where effect.id = wanted.id returning stream`,
}

const FIND: Statement = { name: 'effects-find', text: `select ${COLUMNS} from effect where id = $1` }

/** Newest first. */
export async function listEffects (sql: Sql, filter: EffectFilter): Promise<EffectView[]> {
  const { statement, values } = listStatement(filter)
  return (await sql.query<Row>(statement, values)).map(toView)
}

/** Only the conditions that are asked for, and the state as a literal: so each list can use the index made for it. */
function listStatement ({ state, limit = 50, ...rest }: EffectFilter): { statement: Statement, values: unknown[] } {
  const names = (['kind', 'subject', 'provider', 'before'] as const).filter(name => rest[name] !== undefined)
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

/** The vendor is back: all that was given up or waits for its next try is due now. Answers how many. */
export async function retryForProvider (database: Database, provider: string, now: Date): Promise<number> {
  for (let retried = 0; ;) {
    const count = await database.transaction(async tx => {
      const rows = await tx.query<{ stream: string }>(RETRY_FOR_PROVIDER, [provider, now.toISOString()])
      await enqueueJobs(tx, [...new Set(rows.map(({ stream }) => stream))].map(stream => wakeUp(stream)))
      return rows.length
    })
    retried += count
    if (count < RETRY_STEP) return retried
  }
}

export async function countEffects (sql: Sql, now: Date): Promise<EffectCounts> {
  const [counts] = await sql.query<EffectCounts>(COUNTS, [now.toISOString()])
  return counts ?? { pending: 0, dead: 0, oldestPendingSeconds: 0 }
}

function toView ({ payload, ...row }: Row): EffectView {
  return { ...row, what: describePayload(row.kind, payload) }
}
