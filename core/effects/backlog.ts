import type { Sql, Statement } from '../db/sql.ts'

export interface Backlog {
  pending: number
  dead: number
  /** Seconds the oldest pending effect has waited since it was written; 0 when none waits. */
  oldestPendingSeconds: number
}

export const NOTHING_WAITS: Backlog = Object.freeze({ pending: 0, dead: 0, oldestPendingSeconds: 0 })

const BY_PROVIDER: Statement = {
  name: 'effects-backlog-by-provider',
  text: `select split_part(stream, '|provider:', 2) as provider, count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'dead')::int as dead,
      coalesce(extract(epoch from $1::timestamptz - min(created_at) filter (where state = 'pending')), 0)::float8 as "oldestPendingSeconds"
    from effect where state in ('pending', 'dead') and kind = 'provider' group by 1`,
}

/** What waits for each vendor and what was given up, by provider name; a vendor nothing waits for is not in it. */
export async function backlogByProvider (sql: Sql, now: Date): Promise<Map<string, Backlog>> {
  const rows = await sql.query<Backlog & { provider: string }>(BY_PROVIDER, [now.toISOString()])
  return new Map(rows.map(({ provider, ...backlog }) => [provider, backlog]))
}
