import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readlink, realpath, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type Account, canReach } from './account.ts'
import { codeOf } from './error.ts'
import { openHome } from './home.ts'

/**
 * Where the cluster really lies. Where the server's user cannot enter the project (a closed home), `dataDir` becomes a link to a place that
 * it can; removing the link starts afresh, as removing the folder would.
 */
export async function resolveFolder (dataDir: string, account: Account | null, homes: string[]): Promise<string> {
  await mkdir(dirname(resolve(dataDir)), { recursive: true })
  const link = join(await realpath(dirname(resolve(dataDir))), basename(dataDir))
  const linked = await followLink(link)
  if (linked !== null) return linked
  if (await canReach(account, dirname(link))) return link
  const folder = join(await openHome(account, homes), `data-${randomBytes(6).toString('hex')}`)
  // a cluster or anything else in the way must be explained, not linked over
  return await symlink(folder, link).then(() => folder, error => resolveTaken(error, link))
}

async function followLink (link: string): Promise<string | null> {
  const found = await lstat(link).catch(() => null)
  if (!found?.isSymbolicLink()) return null
  const target = resolve(dirname(link), await readlink(link))
  const parent = await realpath(dirname(target)).catch(() => null)
  if (parent !== null) return join(parent, basename(target))
  await rm(link)
  return null
}

async function resolveTaken (error: unknown, link: string): Promise<string> {
  if (codeOf(error) === 'EEXIST') return await followLink(link) ?? link
  throw error
}
