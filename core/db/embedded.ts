import pg from 'pg'
import { chooseAccount } from './embedded/account.ts'
import { ensureCluster, SUPERUSER } from './embedded/cluster.ts'
import { codeOf, EmbeddedPostgresError, USE_DATABASE_URL } from './embedded/error.ts'
import { resolveFolder } from './embedded/folder.ts'
import { freeFolder } from './embedded/holder.ts'
import { listHomes } from './embedded/home.ts'
import { findPackage, prepareNative } from './embedded/native.ts'
import { type ServerOptions, startServer, stopServer } from './embedded/server.ts'
import { closeSocketFolder, openSocketFolder, PORT } from './embedded/socket.ts'
import type { Tethered } from './embedded/tether.ts'

export { EmbeddedPostgresError } from './embedded/error.ts'

export interface EmbeddedLog {
  info (text: string): void
  warn (text: string): void
}

export interface EmbeddedOptions {
  dataDir: string
  log?: EmbeddedLog
  /** Server settings, as in postgresql.conf. Whatever they say, the server listens on its socket only. */
  settings?: Record<string, string>
}

export interface EmbeddedConnection {
  host: string
  port: number
  user: string
  database: string
}

export interface EmbeddedPostgres {
  readonly socketDir: string
  readonly port: number
  readonly user: string
  /** An address as pg, MikroORM, psql and libpq understand it: the socket's folder stands, percent-encoded, where a host would. */
  url (database: string): string
  connection (database: string): EmbeddedConnection
  stop (): Promise<void>
}

/** Starts a PostgreSQL of our own on `dataDir`, made there if need be, with a database named `invigil`. It ends when we do. */
export async function startEmbeddedPostgres (options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const started = performance.now()
  try {
    const prepared = await prepareServer(options)
    const server = await startServer(prepared)
    const postgres = describeServer(prepared, server, options.log)
    await ensureDatabase(postgres, 'invigil').catch(async error => {
      await postgres.stop()
      throw error
    })
    options.log?.info(`embedded PostgreSQL is up in ${Math.round(performance.now() - started)} ms, data in ${prepared.folder}`)
    return postgres
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? error : unforeseen(options.dataDir, error)
  }
}

async function prepareServer ({ dataDir, settings = {} }: EmbeddedOptions): Promise<ServerOptions> {
  assertSockets()
  const pack = await findPackage()
  const account = await chooseAccount(dataDir)
  const homes = listHomes(account)
  const native = await prepareNative(pack, account, homes)
  const folder = await resolveFolder(dataDir, account, homes)
  await ensureCluster({ folder, native, pack, account, isDurable: settings['fsync'] !== 'off' })
  const socketDir = await openSocketFolder(folder, account)
  await freeFolder(folder, socketDir)
  return { folder, native, account, settings, socketDir }
}

function describeServer ({ socketDir, folder }: ServerOptions, server: Tethered, log?: EmbeddedLog): EmbeddedPostgres {
  let stopping: Promise<void> | undefined
  server.ended.then(end => {
    if (stopping === undefined) log?.warn(`embedded PostgreSQL ended by itself (${end}). It said:\n${server.tail()}`)
  })
  return {
    socketDir,
    port: PORT,
    user: SUPERUSER,
    url: database => `postgres://${SUPERUSER}@${encodeURIComponent(socketDir)}:${PORT}/${encodeURIComponent(database)}`,
    connection: database => ({ host: socketDir, port: PORT, user: SUPERUSER, database }),
    stop: () => (stopping ??= stopServer(server).then(() => closeSocketFolder(socketDir, folder))),
  }
}

async function ensureDatabase (postgres: EmbeddedPostgres, database: string): Promise<void> {
  try {
    await run(postgres.connection(database), 'select 1')
  } catch (error) {
    // 3D000: no such database, as after the first start
    if (codeOf(error) !== '3D000') throw error
    await run(postgres.connection('postgres'), `create database ${pg.escapeIdentifier(database)}`)
  }
}

async function run (connection: EmbeddedConnection, text: string): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.query(text)
  } finally {
    await client.end()
  }
}

function assertSockets (): void {
  if (process.platform !== 'win32') return
  throw new EmbeddedPostgresError('Embedded PostgreSQL listens on a unix socket only, and Node cannot open those on Windows. ' +
    `Use WSL, or ${USE_DATABASE_URL}.`)
}

function unforeseen (dataDir: string, cause: unknown): EmbeddedPostgresError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new EmbeddedPostgresError(`Embedded PostgreSQL could not be started on ${dataDir}: ${reason}. ` +
    `Mend what that names, or ${USE_DATABASE_URL}.`, { cause })
}
