import { realpath, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { stop } from './faults.ts'

export type Kind = 'file' | 'folder'

/** Real path of `target`, which must exist and stay inside the package, links followed. */
export async function findInside (root: string, from: string, target: unknown, what: string, kind: Kind): Promise<string> {
  if (typeof target !== 'string') return refusePath(what, kind, `a ${typeof target}`)
  const path = resolve(from, target)
  const real = isInside(root, path) ? await realpath(path).catch(() => null) : path
  if (real === null) return refusePath(what, kind, `'${target}', which does not exist`)
  if (!isInside(root, real)) return refusePath(what, kind, `'${target}', which lies outside the package`)
  const facts = await stat(real)
  if (kind === 'file' ? !facts.isFile() : !facts.isDirectory()) return refusePath(what, kind, `'${target}', which is not a ${kind}`)
  return real
}

function isInside (root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep)
}

function refusePath (what: string, kind: Kind, found: string): never {
  stop({
    code: 'INV_PROVIDER_PATH',
    expected: `${what} to be the path of a ${kind} inside the package`,
    found,
    hint: 'Correct the path in the package, or list the file under "files" in its package.json so that it is published.',
  })
}
