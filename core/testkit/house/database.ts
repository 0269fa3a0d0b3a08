import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import { NotChecked } from '../check.ts'
import type { Target } from '../target/target.ts'

export interface TrialDatabase { readonly url: string, close (): Promise<void> }

/** A database of the run's own: on the server that is named, dropped afterwards, or on an embedded one. */
export async function openTrialDatabase ({ databaseUrl, workDir }: Pick<Target, 'databaseUrl' | 'workDir'>): Promise<TrialDatabase> {
  const database = databaseUrl === null ? await startOwn(workDir) : await createOn(databaseUrl)
  await migrate(database.url)
  return database
}

async function startOwn (workDir: string): Promise<TrialDatabase> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(workDir, 'postgres'), settings: { fsync: 'off' } }).catch((error: unknown) => {
    throw new NotChecked(`no database: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  })
  return { url: postgres.url('invigil'), close: () => postgres.stop() }
}

async function createOn (server: string): Promise<TrialDatabase> {
  const name = `invigil_conformance_${process.pid}_${randomBytes(4).toString('hex')}`
  await administer(server, `create database ${name}`).catch((error: unknown) => {
    throw new NotChecked(`no database could be made on the server named: ${error instanceof Error ? error.message : String(error)}. The account needs the right to create databases; what is there is not touched.`, { cause: error })
  })
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, close: () => administer(server, `drop database if exists ${name} with (force)`) }
}

async function administer (server: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
