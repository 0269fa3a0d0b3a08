import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Account, canReach } from './account.ts'
import { codeOf, EmbeddedPostgresError, USE_DATABASE_URL } from './error.ts'
import { majorOf, type PostgresPackage } from './native.ts'
import { isAlive } from './process.ts'
import { spawnTethered } from './tether.ts'

export const SUPERUSER = 'invigil'

/** Collation by code point and character classes of Unicode, so that neither depends on the machine. */
const INITDB_OPTIONS = [
  '--username', SUPERUSER, '--auth', 'trust', '--encoding', 'UTF8', '--no-locale',
  '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-instructions',
]

export interface ClusterOptions {
  readonly folder: string
  readonly native: string
  readonly pack: PostgresPackage
  readonly account: Account | null
  /** False for clusters that may be lost, such as those of tests. */
  readonly isDurable: boolean
}

/** Makes sure the folder holds a cluster of the version the package brings; makes one where there is none. */
export async function ensureCluster (options: ClusterOptions): Promise<void> {
  const { folder, pack, account } = options
  if (!await canReach(account, dirname(folder))) throw closedFolder(folder, account)
  const version = await readVersion(folder)
  if (version === majorOf(pack)) return
  if (version !== null) throw foreignVersion(folder, version, pack)
  await assertEmpty(folder)
  await createCluster(options)
}

async function readVersion (folder: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new EmbeddedPostgresError(`Embedded PostgreSQL expected to read its data in ${folder}, and the system refused (${codeOf(error)}). ` +
      `The folder belongs to another user: start Invigil as that user, name another data_dir, or ${USE_DATABASE_URL}.`, { cause: error })
  }
}

async function assertEmpty (folder: string): Promise<void> {
  const found = await readdir(folder).catch(() => [])
  if (found.length === 0) return
  throw new EmbeddedPostgresError(`Embedded PostgreSQL expected ${folder} to be empty or to hold its data, and found ` +
    `${found.slice(0, 3).join(', ')}${found.length > 3 ? ', ...' : ''} there and no PG_VERSION. Name another data_dir, or ${USE_DATABASE_URL}.`)
}

/** Made beside its place and renamed into it: an interrupted start leaves no half cluster, and of two first starts one wins. */
async function createCluster (options: ClusterOptions): Promise<void> {
  const { folder, account } = options
  await removeAbandoned(folder)
  const unfinished = `${folder}.new-${process.pid}-${randomBytes(3).toString('hex')}`
  try {
    await mkdir(unfinished, { mode: 0o700 })
    if (account !== null) await chown(unfinished, account.uid, account.gid)
    await runInitdb(options, unfinished)
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error
  }
}

async function runInitdb ({ native, account, isDurable }: ClusterOptions, folder: string): Promise<void> {
  const args = ['--pgdata', folder, ...INITDB_OPTIONS, ...(isDurable ? [] : ['--no-sync'])]
  const initdb = spawnTethered(join(native, 'bin', 'initdb'), args, account)
  const end = await initdb.ended
  if (end === 'exit code 0') return
  throw new EmbeddedPostgresError(`Embedded PostgreSQL could not make a new cluster in ${dirname(folder)} (initdb: ${end}). ` +
    `It said:\n${initdb.tail()}\nMend what it names, or ${USE_DATABASE_URL}.`)
}

async function removeAbandoned (folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`
  for (const name of await readdir(dirname(folder))) {
    const maker = Number(name.slice(prefix.length).split('-')[0])
    if (!name.startsWith(prefix) || isAlive(maker)) continue
    await rm(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 5 })
  }
}

function closedFolder (folder: string, account: Account | null): EmbeddedPostgresError {
  const who = account === null ? 'this user' : `the user with id ${account.uid}, which it runs as because PostgreSQL refuses to run as root,`
  return new EmbeddedPostgresError(`Embedded PostgreSQL expected that ${who} can enter ${dirname(folder)}, and the system refuses. ` +
    `Open that folder (chmod a+x on it and those above it), name another data_dir, or ${USE_DATABASE_URL}.`)
}

function foreignVersion (folder: string, version: string, pack: PostgresPackage): EmbeddedPostgresError {
  return new EmbeddedPostgresError(`Embedded PostgreSQL expected data of version ${majorOf(pack)} in ${folder} ` +
    `(package ${pack.name} ${pack.version}), and found data of version ${version}, which it cannot read. To keep the data, run a PostgreSQL ` +
    `${version} on it and ${USE_DATABASE_URL}; to start empty, move the folder away.`)
}
