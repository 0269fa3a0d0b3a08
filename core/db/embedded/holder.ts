import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, EmbeddedPostgresError, USE_DATABASE_URL } from './error.ts'
import { commandOf, folderOf, isAlive, isTaken } from './process.ts'
import { PORT } from './socket.ts'

/** A setting of no meaning to PostgreSQL: it puts our pid on the server's command line, where the next start can read it. */
export const OWNER_SETTING = 'invigil.owner'

const INTERRUPT_PATIENCE_MS = 20_000

/** The lines of postmaster.pid; an empty list when there is none. */
export function readLockFile (folder: string): Promise<string[]> {
  return readLines(join(folder, 'postmaster.pid'))
}

/** Ends what an owner that died has left behind; throws when somebody alive holds the folder. */
export async function freeFolder (folder: string, socketDir: string): Promise<void> {
  const pid = pidIn(await readLockFile(folder))
  if (pid !== null && await isServerOf(pid, folder)) await endOrphan(pid, folder)
  await removeStale(join(folder, 'postmaster.pid'), folder)
  await removeStale(join(socketDir, `.s.PGSQL.${PORT}.lock`), folder)
}

async function endOrphan (pid: number, folder: string): Promise<void> {
  const owner = await ownerOf(pid)
  if (owner === undefined || isAlive(owner)) throw await describeHolder(folder, pid, owner)
  await interrupt(pid, folder)
}

/** PostgreSQL believes anything under the pid to be a server: another program after a reboot, a zombie where nobody reaps. */
async function removeStale (lock: string, folder: string): Promise<void> {
  const pid = pidIn(await readLines(lock))
  if (pid !== null && isTaken(pid) && !await isServerOf(pid, folder)) await rm(lock, { force: true })
}

async function readLines (file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

function pidIn (lines: string[]): number | null {
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? pid : null
}

async function isServerOf (pid: number, folder: string): Promise<boolean> {
  const command = await commandOf(pid)
  if (!command.includes('postgres')) return false
  return command.includes(` -D ${folder} -c `) || await folderOf(pid) === folder
}

async function ownerOf (pid: number): Promise<number | undefined> {
  const owner = new RegExp(`${OWNER_SETTING}=(\\d+)`).exec(await commandOf(pid))?.[1]
  return owner === undefined ? undefined : Number(owner)
}

async function interrupt (pid: number, folder: string): Promise<void> {
  process.kill(pid, 'SIGINT')
  for (const started = Date.now(); Date.now() - started < INTERRUPT_PATIENCE_MS; await sleep(10)) {
    if (!await isServerOf(pid, folder)) return
  }
  throw new EmbeddedPostgresError(`Embedded PostgreSQL found a server without an owner in ${folder} (process ${pid}) and asked it to end; ` +
    `after ${INTERRUPT_PATIENCE_MS / 1000} s it still runs. End it by hand, or ${USE_DATABASE_URL}.`)
}

async function describeHolder (folder: string, pid: number, owner: number | undefined): Promise<EmbeddedPostgresError> {
  const holder = owner === undefined
    ? 'which was not started by Invigil'
    : owner === process.pid ? 'started by this very process' : `started by process ${owner} (${await commandOf(owner)})`
  return new EmbeddedPostgresError(`Embedded PostgreSQL expected ${folder} to be free, and found a server at work on it (process ${pid}), ` +
    `${holder}. Only one process can own the data: end that one, name another data_dir, or ${USE_DATABASE_URL} to share one server.`)
}
