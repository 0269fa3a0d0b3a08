import { existsSync } from 'node:fs'
import pg from 'pg'
import type { Config } from '../../config/schema.ts'
import { createDatabase } from '../../db/database.ts'
import { OLDEST_POSTGRES, readDatabaseStatus, type DatabaseStatus } from '../../db/migration-status.ts'
import { countEffects } from '../../effects/ledger.ts'
import { explainForOperator } from '../../start-failure.ts'
import { embeddedFolder, openDatabase } from '../house.ts'
import { checkProviderRecords } from './check-provider-records.ts'
import { note, ok, reasonOf, wrong, type Finding } from './finding.ts'

const HOUR_SECONDS = 3600

/** Reads the database without changing it. */
export async function checkDatabase (config: Config, cwd: string): Promise<Finding[]> {
  if (config.database.url === null && !existsSync(embeddedFolder(config, cwd))) return [note('database', 'embedded, not made yet', 'The first start makes it.')]
  try {
    const database = await openDatabase(config, cwd)
    try {
      return await look(database.url, config)
    } finally {
      await database.close()
    }
  } catch (error) {
    return [wrong('database', explainForOperator(error) ?? reasonOf(error), 'Mend this first; nothing works without the database.')]
  }
}

async function look (url: string, { database, providers }: Config): Promise<Finding[]> {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 })
  // the embedded server may stop before the last connection has closed; what matters is told by the queries themselves
  pool.on('error', () => {})
  try {
    const status = await readDatabaseStatus(pool)
    const kind = database.url === null ? 'embedded' : 'server'
    const version = status.isSupported
      ? ok('database', `PostgreSQL ${status.version} (${kind})`)
      : wrong('database', `PostgreSQL ${status.version}`, `Use PostgreSQL ${OLDEST_POSTGRES} or newer.`)
    const isComplete = status.pending.length === 0 && status.hasJobQueue
    return [version, checkMigrations(status), ...(isComplete ? [await checkQueue(pool), ...await checkProviderRecords(createDatabase(pool), providers)] : [])]
  } finally {
    await pool.end()
  }
}

function checkMigrations ({ applied, pending, unknown, hasJobQueue }: DatabaseStatus): Finding {
  const what = 'migrations'
  if (unknown.length > 0) return wrong(what, `the database has ${unknown.join(', ')}, which this version does not know`, 'It was used by a newer version: install that one, or take a copy of before.')
  if (pending.length > 0) return note(what, `${pending.join(', ')} still to come`, 'The next start brings them, or: invigil migrate up')
  if (!hasJobQueue) return note(what, 'the tables of the job queue are missing', 'The next start makes them, or: invigil migrate up')
  return ok(what, `all ${applied.length} applied`)
}

async function checkQueue (pool: pg.Pool): Promise<Finding> {
  const { pending, dead, oldestPendingSeconds } = await countEffects(createDatabase(pool), new Date())
  const found = `${pending} waiting, ${dead} given up`
  if (dead > 0) return note('effects', found, 'See why: invigil effects list --state dead; send them again: invigil effects retry --dead')
  if (oldestPendingSeconds > HOUR_SECONDS) return note('effects', `${found}; the oldest waits for ${Math.round(oldestPendingSeconds / 60)} minutes`, 'Is the service running? What holds it up: invigil effects list --state pending')
  return ok('effects', found)
}
