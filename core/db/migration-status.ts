import type { Client } from 'pg'
import { migrations } from './migrations/index.ts'

export const OLDEST_POSTGRES = 14

export interface DatabaseStatus {
  /** As the server says it, e.g. 16.4. */
  version: string
  isSupported: boolean
  applied: string[]
  pending: string[]
  /** Migrations this version does not know: the database is ahead of the program. */
  unknown: string[]
  hasJobQueue: boolean
}

/** How a database stands, read without changing anything. */
export async function readDatabaseStatus (client: Pick<Client, 'query'>): Promise<DatabaseStatus> {
  const server = await client.query<{ version: string, number: number }>("select current_setting('server_version') as version, current_setting('server_version_num')::int as number")
  const tables = await client.query<{ log: string | null, queue: string | null }>("select to_regclass('invigil_migrations')::text as log, to_regclass('graphile_worker.migrations')::text as queue")
  const applied = tables.rows[0]?.log ? (await client.query<{ name: string }>('select name from invigil_migrations order by id')).rows.map(({ name }) => name) : []
  const known = migrations.map(({ name }) => name)
  return {
    version: server.rows[0]?.version ?? '',
    isSupported: (server.rows[0]?.number ?? 0) >= OLDEST_POSTGRES * 10_000,
    applied,
    pending: known.filter(name => !applied.includes(name)),
    unknown: applied.filter(name => !known.includes(name)),
    hasJobQueue: tables.rows[0]?.queue != null,
  }
}
