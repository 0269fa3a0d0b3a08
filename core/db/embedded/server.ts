import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './account.ts'
import { EmbeddedPostgresError, USE_DATABASE_URL } from './error.ts'
import { freeFolder, OWNER_SETTING, readLockFile } from './holder.ts'
import { PORT } from './socket.ts'
import { letGo, spawnTethered, type Tethered } from './tether.ts'

export interface ServerOptions {
  readonly folder: string
  readonly native: string
  readonly socketDir: string
  readonly account: Account | null
  readonly settings: Readonly<Record<string, string>>
}

const START_PATIENCE_MS = 60_000
const STATUS_LINE = 7

/** Each is given the time after it before the next is tried: fast shutdown, immediate shutdown, the end. */
const STOP_SIGNALS = [['SIGINT', 10_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const

const DEFAULT_SETTINGS = { timezone: 'UTC', log_timezone: 'UTC', log_checkpoints: 'off' }

export function buildServerArguments ({ folder, socketDir, settings }: ServerOptions): string[] {
  const all = {
    ...DEFAULT_SETTINGS,
    ...settings,
    listen_addresses: '',
    port: String(PORT),
    // a list to PostgreSQL, so a comma in the path would part it
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    [OWNER_SETTING]: String(process.pid),
  }
  return ['-D', folder, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** Resolves when the server takes connections. */
export async function startServer (options: ServerOptions): Promise<Tethered> {
  const server = spawnTethered(join(options.native, 'bin', 'postgres'), buildServerArguments(options), options.account)
  if (!await waitUntilReady(options.folder, server)) throw await explainFailure(options, server)
  letGo(server)
  return server
}

export async function stopServer (server: Tethered): Promise<void> {
  let isRunning = true
  const ended = server.ended.then(() => { isRunning = false })
  server.child.ref()
  for (const [signal, patience] of STOP_SIGNALS) {
    if (!isRunning) break
    const abort = new AbortController()
    server.child.kill(signal)
    await Promise.race([ended, sleep(patience, undefined, { signal: abort.signal }).catch(() => {})])
    abort.abort()
  }
}

async function waitUntilReady (folder: string, server: Tethered): Promise<boolean> {
  for (const started = Date.now(); Date.now() - started < START_PATIENCE_MS; await sleep(4)) {
    if (server.child.exitCode !== null || server.child.signalCode !== null) return false
    const lines = await readLockFile(folder)
    if (lines[0] === String(server.child.pid) && lines[STATUS_LINE]?.trim() === 'ready') return true
  }
  await stopServer(server)
  return false
}

async function explainFailure ({ folder, socketDir }: ServerOptions, server: Tethered): Promise<EmbeddedPostgresError> {
  const end = await server.ended
  // the usual reason is another process that was a moment faster; it can be named
  const held = await freeFolder(folder, socketDir).then(() => null, (error: unknown) => error)
  if (held instanceof EmbeddedPostgresError) return held
  return new EmbeddedPostgresError(`Embedded PostgreSQL expected its server to start in ${folder} within ${START_PATIENCE_MS / 1000} s, ` +
    `and it ended (${end}). It said:\n${server.tail() || '(nothing)'}\nMend what it names, or ${USE_DATABASE_URL}.`)
}
