import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../../db/migrate.ts'

/** Where one run makes its databases: each is a copy of one that was migrated. */
export interface TrialServer {
  copy (): Promise<TrialDatabase>
  /** Nothing is left. */
  close (): Promise<void>
}

export interface TrialDatabase { readonly url: string, close (): Promise<void> }

/** The databases of one run; a server is got hold of, and migrated on, by whoever asks first. */
export interface TrialDatabases {
  /** @throws NotChecked */
  open (): Promise<TrialDatabase>
  /** All of them are gone. */
  close (): Promise<void>
}

const PREFIX = 'invigil_conformance'

/** On a server of others; `server` is the address of a database there that is not touched. */
export async function openServer (server: string): Promise<TrialServer> {
  const run = `${PREFIX}_${process.pid}_${randomBytes(4).toString('hex')}`
  const presence = await showPresence(server, run)
  const template = `${run}_template`
  const names = new Set<string>()
  async function close (): Promise<void> {
    for (const name of [...names, template]) await drop(server, name)
    await presence.end()
  }
  try {
    await administer(server, async admin => {
      await dropLeftovers(admin)
      await admin.query(`create database ${template}`)
    })
    await migrate(addressOf(server, template))
  } catch (error) {
    await close()
    throw error
  }
  return {
    async copy () {
      const name = `${run}_${names.size + 1}`
      names.add(name)
      await administer(server, admin => admin.query(`create database ${name} template ${template}`))
      return { url: addressOf(server, name), close: () => drop(server, name) }
    },
    close,
  }
}

/** A connection under the run's name, for as long as the run lives: what stands there without one was left by a run that crashed. */
async function showPresence (server: string, run: string): Promise<pg.Client> {
  const presence = new pg.Client({ connectionString: server, application_name: run, connectionTimeoutMillis: CONNECT_MS })
  // a server that goes away is noticed by whoever asks it next
  presence.on('error', () => {})
  await presence.connect()
  return presence
}

const LEFTOVERS = `select datname as name from pg_database where datname ~ '^${PREFIX}_[0-9]+_[0-9a-f]{8}' and pg_get_userbyid(datdba) = current_user
  and not exists (select 1 from pg_stat_activity other where other.datname = pg_database.datname or other.application_name = substring(pg_database.datname from '^${PREFIX}_[0-9]+_[0-9a-f]{8}'))`

async function dropLeftovers (admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(LEFTOVERS)
  // without force: another run may be taking them away as well
  for (const { name } of rows) await admin.query(`drop database if exists ${name}`).catch(() => {})
}

const drop = (server: string, name: string): Promise<void> => administer(server, admin => admin.query(`drop database if exists ${name} with (force)`))

const CONNECT_MS = 10_000

async function administer (server: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: server, connectionTimeoutMillis: CONNECT_MS })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

function addressOf (server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
