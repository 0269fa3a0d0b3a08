import { realpath } from 'node:fs/promises'
import { SUPERUSER } from './cluster.ts'
import { OWNER_SETTING, readLockFile } from './holder.ts'
import { commandOf, isAlive } from './process.ts'

/** Lines of postmaster.pid. */
const PID = 0
const PORT = 3
const SOCKET_DIR = 4
const STATUS = 7

/** The address of an embedded server that another process of ours has running on `dataDir`; null when there is none. */
export async function findRunningServer (dataDir: string, database: string): Promise<string | null> {
  const folder = await realpath(dataDir).catch(() => null)
  if (folder === null) return null
  const lines = await readLockFile(folder).catch(() => [])
  const pid = Number(lines[PID])
  const socketDir = lines[SOCKET_DIR]?.trim()
  if (!socketDir || lines[STATUS]?.trim() !== 'ready' || !await isOwned(pid)) return null
  return `postgres://${SUPERUSER}@${encodeURIComponent(socketDir)}:${Number(lines[PORT])}/${encodeURIComponent(database)}`
}

/** An owner that is alive: what an owner that died left behind is ended and started anew, not joined. */
async function isOwned (pid: number): Promise<boolean> {
  const owner = new RegExp(`${OWNER_SETTING}=(\\d+)`).exec(await commandOf(pid))?.[1]
  return owner !== undefined && isAlive(Number(owner))
}
