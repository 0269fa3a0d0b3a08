import { glob, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Manifest } from './manifest.ts'

export interface Workspace {
  /** Real folder. */
  folder: string
  manifest: Manifest
}

/** The packages of the repository, the root among them. */
export async function findWorkspaces (root: string): Promise<Workspace[]> {
  const { workspaces } = await readManifest(root)
  if (!Array.isArray(workspaces)) throw new Error('package.json: expected a list under "workspaces", found none.')
  const found: Workspace[] = []
  for await (const file of glob(workspaces.map(pattern => join(String(pattern), 'package.json')), { cwd: root })) {
    const folder = join(root, dirname(file))
    found.push({ folder, manifest: await readManifest(folder) })
  }
  return found.sort((one, other) => one.folder.localeCompare(other.folder))
}

async function readManifest (folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
}
