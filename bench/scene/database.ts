import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../core/db/embedded.ts'
import { migrate } from '../../core/db/migrate.ts'

export interface BenchDatabase {
  readonly url: string
}

export interface DatabaseServer {
  /** A database of the benchmarks' own, migrated and filled; gone when the server is left. */
  create (name: string, fill: (client: pg.Client) => Promise<void>): Promise<BenchDatabase>
  leave (): Promise<void>
}

/** The server that `databaseUrl` names, else an embedded one in a temporary folder. */
export async function openServer (databaseUrl: string | undefined): Promise<DatabaseServer> {
  const { admin, stop } = databaseUrl ? { admin: databaseUrl, stop: async () => {} } : await startOwn()
  const made: string[] = []
  return {
    async create (label, fill) {
      const name = `invigil_bench_${process.pid}_${label}`
      await runOn(admin, client => client.query(`create database ${name}`))
      made.push(name)
      const url = nameDatabase(admin, name)
      await migrate(url)
      await runOn(url, fill)
      return { url }
    },
    async leave () {
      for (const name of made) await runOn(admin, client => client.query(`drop database ${name} with (force)`))
      await stop()
    },
  }
}

async function startOwn (): Promise<{ admin: string, stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'inv-bench-'))
  // the server may run as another user, who must be able to enter
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'pg') })
  return {
    admin: postgres.url('invigil'),
    async stop () {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function runOn (url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function nameDatabase (url: string, name: string): string {
  const [address = '', query] = url.split('?')
  const renamed = `${address.slice(0, address.lastIndexOf('/'))}/${name}`
  return query === undefined ? renamed : `${renamed}?${query}`
}
