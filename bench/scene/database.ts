import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../core/db/embedded.ts'
import { migrate } from '../../core/db/migrate.ts'
import { fillDatabase } from './fill.ts'

export interface BenchDatabase {
  readonly url: string
  query (text: string): Promise<void>
  close (): Promise<void>
}

/** A database of the benchmarks' own, filled: on the server that DATABASE_URL names, else on an embedded one in a temporary folder. */
export async function openDatabase (databaseUrl: string | undefined): Promise<BenchDatabase> {
  const server = databaseUrl ? { admin: databaseUrl, stop: async () => {} } : await startOwn()
  const name = `invigil_bench_${process.pid}`
  await runOnce(server.admin, `create database ${name}`)
  const url = nameDatabase(server.admin, name)
  await migrate(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await fillDatabase(client)
  return {
    url,
    async query (text) { await client.query(text) },
    async close () {
      await client.end()
      await runOnce(server.admin, `drop database ${name} with (force)`)
      await server.stop()
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

async function runOnce (url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

function nameDatabase (url: string, name: string): string {
  const [address = '', query] = url.split('?')
  const renamed = `${address.slice(0, address.lastIndexOf('/'))}/${name}`
  return query === undefined ? renamed : `${renamed}?${query}`
}
