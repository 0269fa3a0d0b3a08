import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, canReach } from './account.ts'
import { codeOf, EmbeddedPostgresError, USE_DATABASE_URL } from './error.ts'

export const PORT = 5432

/** What the system's address structure holds, less the closing zero. */
const ADDRESS_LIMIT = process.platform === 'darwin' ? 103 : 107

export function fitsAddress (socketDir: string): boolean {
  return Buffer.byteLength(join(socketDir, `.s.PGSQL.${PORT}`)) <= ADDRESS_LIMIT
}

/** The cluster's own folder, which is closed to others anyway, or a short one where that path is too long for a socket. */
export async function openSocketFolder (folder: string, account: Account | null, temporary = [tmpdir(), '/tmp']): Promise<string> {
  if (fitsAddress(folder)) return folder
  const name = `invigil-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  for (const parent of temporary) {
    const socketDir = join(parent, name)
    if (fitsAddress(socketDir) && await canReach(account, parent) && await makeOwnFolder(socketDir, account)) return socketDir
  }
  throw new EmbeddedPostgresError(`Embedded PostgreSQL expected a place for its socket with a path of at most ${ADDRESS_LIMIT} bytes; ` +
    `${folder} is too long, and in ${temporary.join(' and ')} none could be made that belongs to its user alone. ` +
    `Name a shorter data_dir, or ${USE_DATABASE_URL}.`)
}

/** Removes the short folder again; the cluster's own stays. */
export async function closeSocketFolder (socketDir: string, folder: string): Promise<void> {
  if (socketDir !== folder) await rmdir(socketDir).catch(() => {})
}

async function makeOwnFolder (socketDir: string, account: Account | null): Promise<boolean> {
  try {
    await mkdir(socketDir, { mode: 0o700 })
    if (account !== null) await chown(socketDir, account.uid, account.gid)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return false
  }
  // what lies in a folder open to all may have been put there by anybody
  const found = await lstat(socketDir)
  return found.isDirectory() && found.uid === (account?.uid ?? process.getuid?.()) && (found.mode & 0o077) === 0
}
