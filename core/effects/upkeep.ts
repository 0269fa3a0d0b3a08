import type { Sql, Statement } from '../db/sql.ts'
import { enqueueJobs } from './enqueue.ts'
import { wakeUp } from './plan.ts'

/** A healthy wake-up comes within milliseconds; what is due this long has lost its own. */
const OVERDUE_MS = 5_000
const STREAMS_PER_SWEEP = 500
const RETENTION_DAYS = 30
const ROWS_PER_PURGE = 1_000

const OVERDUE: Statement = {
  name: 'effects-overdue',
  text: `select stream from effect
    where state = 'pending' and due_at <= $1::timestamptz and (leased_until is null or leased_until <= clock_timestamp())
      and not exists (select from effect as earlier where earlier.stream = effect.stream and earlier.state = 'pending' and earlier.id < effect.id)
    order by due_at limit ${STREAMS_PER_SWEEP}`,
}

/**
 * Wakes streams whose wake-up got lost: a process died while it held the job (the queue frees such jobs after hours only), or the job was taken
 * in the instant before the new row could be seen.
 */
export async function wakeOverdue (sql: Sql, now: Date): Promise<number> {
  const rows = await sql.query<{ stream: string }>(OVERDUE, [new Date(now.getTime() - OVERDUE_MS).toISOString()])
  await enqueueJobs(sql, rows.map(({ stream }) => wakeUp(stream)))
  return rows.length
}

const PURGE: Statement = {
  name: 'effects-purge',
  text: `delete from effect where id in (
    select id from effect where state = 'delivered' and delivered_at < $1::timestamptz order by delivered_at limit ${ROWS_PER_PURGE})`,
}

/** Forgets what was delivered a month ago: payloads hold personal data. */
export async function purgeDelivered (sql: Sql, now: Date): Promise<void> {
  await sql.query(PURGE, [new Date(now.getTime() - RETENTION_DAYS * 86_400_000).toISOString()])
}

const RECALL: Statement = {
  name: 'effects-recall',
  text: "update effect set due_at = $1::timestamptz where state = 'pending' and due_at > $1::timestamptz",
}

/** After a demo clock went back: what waits for a time that is now far ahead is due at once. */
export async function recallWaiting (sql: Sql, now: Date): Promise<void> {
  await sql.query(RECALL, [now.toISOString()])
}
