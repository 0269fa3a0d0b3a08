import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedPostgresError, USE_DATABASE_URL } from './error.ts'

/** Whom the server runs as when we are root; PostgreSQL refuses to run as root itself. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** In this order; both exist on nearly every system, so none has to be created. */
const SERVICE_USERS = ['postgres', 'nobody']

/** Null means: as we are. As root it is the owner of an existing cluster, else a service user of the system. */
export async function chooseAccount (dataDir: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(join(dataDir, 'PG_VERSION')).catch(() => null)
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const account = findServiceAccount(await readFile('/etc/passwd', 'utf8'))
  if (account !== undefined) return account
  throw new EmbeddedPostgresError('Embedded PostgreSQL may not run as root and expected a user ' +
    `${SERVICE_USERS.map(name => `"${name}"`).join(' or ')} in /etc/passwd to run as; there is none. ` +
    `Start Invigil as an ordinary user, or ${USE_DATABASE_URL}.`)
}

export function findServiceAccount (passwd: string): Account | undefined {
  const entries = passwd.split('\n').map(line => line.split(':'))
  return SERVICE_USERS
    .map(name => entries.find(entry => entry[0] === name))
    .filter(entry => entry !== undefined)
    .map(entry => ({ uid: Number(entry[2]), gid: Number(entry[3]) }))
    .find(({ uid, gid }) => uid !== 0 && Number.isInteger(uid) && Number.isInteger(gid))
}

/** Whether the account may enter the folder or execute the file. The system is asked: mode bits alone do not tell (ACLs, mounts). */
export async function canReach (account: Account | null, path: string): Promise<boolean> {
  if (account === null) return await access(path, constants.X_OK).then(() => true, () => false)
  return await new Promise(resolve => {
    execFile('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...account, cwd: '/' }, error => resolve(error === null))
  })
}
