import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Workspace } from './workspaces.ts'

const TOOLS = new Set(['package.json', 'test', 'node_modules', 'dist'])

/** What of a package is published, by path below its folder: what "files" names, else all but its tests. No other package within it. */
export async function listFiles ({ folder, manifest }: Workspace, others: readonly Workspace[]): Promise<string[]> {
  const inner = others.map(other => other.folder).filter(other => other.startsWith(`${folder}/`))
  const wanted = manifest.files ?? (await readdir(folder)).filter(name => !TOOLS.has(name))
  const found = await Promise.all(wanted.map(name => walk(join(folder, name), inner)))
  return found.flat().map(path => relative(folder, path)).sort()
}

async function walk (path: string, inner: readonly string[]): Promise<string[]> {
  if (inner.includes(path)) return []
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null)
  if (entries === null) return [path]
  return (await Promise.all(entries.map(({ name }) => walk(join(path, name), inner)))).flat()
}
