import type { Sql, Statement } from '../db/sql.ts'

export interface Backlog { pending: number, dead: number }

const BY_PROVIDER: Statement = {
  name: 'effects-backlog-by-provider',
  text: `select split_part(stream, '|provider:', 2) as provider, count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'dead')::int as dead
    from effect where state in ('pending', 'dead') and kind = 'provider' group by 1`,
}

/** What waits for each vendor and what was given up, by provider name; a vendor nothing waits for is not in it. */
export async function backlogByProvider (sql: Sql): Promise<Map<string, Backlog>> {
  const rows = await sql.query<Backlog & { provider: string }>(BY_PROVIDER, [])
  return new Map(rows.map(({ provider, pending, dead }) => [provider, { pending, dead }]))
}
