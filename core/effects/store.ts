import type { Sql, Statement } from '../db/sql.ts'
import type { DeliveryKind } from './kinds.ts'

/** An effect this process may deliver until its lease ends. */
export interface ClaimedEffect {
  id: number
  subject: string
  stream: string
  kind: DeliveryKind
  payload: unknown
  idempotencyKey: string
  createdAt: Date
  /** Counts this try too; whoever claims again raises it, so it tells whether the lease is still ours. */
  tries: number
  requestId: string | null
}

type ClaimedRow = Omit<ClaimedEffect, 'createdAt'> & { createdAt: string }

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const CLAIMED = `id::float8 as id, subject, stream, kind, payload, idempotency_key as "idempotencyKey",
  ${iso('created_at')} as "createdAt", tries, request_id as "requestId"`
const FREE = '(leased_until is null or leased_until <= clock_timestamp())'
const LEASE = 'leased_until = clock_timestamp() + make_interval(secs => $2::float8), tries = tries + 1'
/** The oldest pending row of its stream. */
const IS_HEAD = `state = 'pending' and not exists (
  select from effect as earlier where earlier.stream = effect.stream and earlier.state = 'pending' and earlier.id < effect.id)`

// The conditions stand outside the sub-select as well: a second claimer waits for the row and must then see that it is taken.
const CLAIM_HEAD: Statement = {
  name: 'effects-claim-head',
  text: `update effect set ${LEASE}
    where id = (select id from effect where stream = $3 and state = 'pending' order by id limit 1)
      and state = 'pending' and due_at <= $1::timestamptz and ${FREE}
    returning ${CLAIMED}`,
}

// "id + 0": the primary key would find the oldest by walking through everything that was ever delivered
const CLAIM_OLDEST: Statement = {
  name: 'effects-claim-oldest',
  text: `update effect set ${LEASE}
    where id = (select id from effect where due_at <= $1::timestamptz and ${FREE} and ${IS_HEAD} order by id + 0 limit 1)
      and state = 'pending' and ${FREE}
    returning ${CLAIMED}`,
}

const HEAD: Statement = {
  name: 'effects-head',
  text: `select case when ${FREE} then extract(epoch from due_at - $2::timestamptz) * 1000 end::float8 as "waitMs"
    from effect where stream = $1 and state = 'pending' order by id limit 1`,
}

const IS_BUSY: Statement = {
  name: 'effects-is-busy',
  text: `select exists (select from effect where due_at <= $1::timestamptz and ${IS_HEAD}) as busy`,
}

const SETTLE: Statement = {
  name: 'effects-settle',
  text: `update effect set state = $3::text, last_error = $4::text, leased_until = null,
      delivered_at = case when $3::text = 'delivered' then $5::timestamptz end,
      due_at = coalesce($6::timestamptz, due_at)
    where id = $1 and tries = $2 and state = 'pending'
    returning id`,
}

/** Leases the oldest waiting effect of a stream, when it is due and nobody else has it. */
export async function claimHead (sql: Sql, stream: string, now: Date, leaseSeconds: number): Promise<ClaimedEffect | null> {
  return toClaimed(await sql.query<ClaimedRow>(CLAIM_HEAD, [now.toISOString(), leaseSeconds, stream]))
}

/** Leases the oldest due effect of all streams that stand free. */
export async function claimOldest (sql: Sql, now: Date, leaseSeconds: number): Promise<ClaimedEffect | null> {
  return toClaimed(await sql.query<ClaimedRow>(CLAIM_OLDEST, [now.toISOString(), leaseSeconds]))
}

/**
 * Milliseconds until the head of a stream is due; null when the stream is empty or its head is in somebody's hands, who goes on with the rest.
 */
export async function headWaitMs (sql: Sql, stream: string, now: Date): Promise<number | null> {
  const [head] = await sql.query<{ waitMs: number | null }>(HEAD, [stream, now.toISOString()])
  return head?.waitMs == null ? null : Math.max(0, head.waitMs)
}

/** Whether any stream has something due, in somebody's hands or not. */
export async function hasDue (sql: Sql, now: Date): Promise<boolean> {
  const [row] = await sql.query<{ busy: boolean }>(IS_BUSY, [now.toISOString()])
  return row?.busy ?? false
}

export type Settlement =
  | { state: 'delivered', note: string | null, at: Date }
  | { state: 'dead', note: string }
  | { state: 'pending', note: string, dueAt: Date }

/** Writes how a try ended. False: the lease was lost meanwhile and somebody else decides. */
export async function settle (sql: Sql, { id, tries }: ClaimedEffect, end: Settlement): Promise<boolean> {
  const at = end.state === 'delivered' ? end.at.toISOString() : null
  const dueAt = end.state === 'pending' ? end.dueAt.toISOString() : null
  const rows = await sql.query(SETTLE, [id, tries, end.state, end.note, at, dueAt])
  return rows.length > 0
}

function toClaimed ([row]: ClaimedRow[]): ClaimedEffect | null {
  return row ? { ...row, createdAt: new Date(row.createdAt) } : null
}
