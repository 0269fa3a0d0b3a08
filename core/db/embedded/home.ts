import { chmod, lstat, mkdir } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, canReach } from './account.ts'
import { EmbeddedPostgresError, USE_DATABASE_URL } from './error.ts'

/** Where things go that cannot stay in the project's folder, best place first. */
export function listHomes (account: Account | null): string[] {
  const uid = process.getuid?.() ?? 0
  return [
    account === null ? join(homedir(), '.cache', 'invigil') : '/var/lib/invigil',
    join(tmpdir(), `invigil-home-${uid}`),
    join('/tmp', `invigil-home-${uid}`),
  ]
}

/** Makes and returns the first of the folders that is ours alone to write and that the account can enter. */
export async function openHome (account: Account | null, homes: string[]): Promise<string> {
  for (const home of homes) {
    if (await makeHome(home) && await canReach(account, home)) return home
  }
  throw new EmbeddedPostgresError('Embedded PostgreSQL needs a folder outside the project that its user can enter; tried ' +
    `${homes.join(', ')}, and each is missing, writable by others or closed to that user. Make one of them, or ${USE_DATABASE_URL}.`)
}

async function makeHome (home: string): Promise<boolean> {
  try {
    const made = await mkdir(home, { recursive: true })
    // the umask may have closed what was just made; what existed is left as its owner wants it
    if (made !== undefined) await chmod(home, 0o755)
    const found = await lstat(home)
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
  } catch {
    return false
  }
}
