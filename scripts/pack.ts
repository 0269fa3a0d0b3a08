import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { assemble } from './pack/assemble.ts'
import { writeDeclarations } from './pack/declarations.ts'
import type { Manifest } from './pack/manifest.ts'
import { runNpm } from './pack/npm.ts'
import { readOptions } from './pack/scripts.ts'
import { findWorkspaces } from './pack/workspaces.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** Makes a tarball of every package into `out` and answers their paths by package name. Why so: docs/decisions/0008. */
export async function packAll (out: string): Promise<Map<string, string>> {
  const workspaces = await findWorkspaces(ROOT)
  const options = readOptions(ROOT)
  const declarations = writeDeclarations(workspaces.flatMap(({ folder, manifest }) => entriesOf(manifest).map(entry => resolve(folder, entry))), options)
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  const folders = workspaces.map(({ manifest }) => join(out, 'packages', manifest.name))
  await Promise.all(workspaces.map((workspace, index) => assemble(workspace, folders[index] ?? '', { root: ROOT, workspaces, declarations, options })))
  await runNpm(['pack', ...folders, '--pack-destination', out, '--ignore-scripts'], out)
  return new Map(workspaces.map(({ manifest: { name, version } }) => [name, join(out, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)]))
}

/** What others may import. */
const entriesOf = ({ exports = {} }: Manifest): string[] => Object.values(exports)

if (import.meta.main) {
  const packed = await packAll(join(ROOT, 'dist'))
  process.stdout.write([...packed.values(), ''].join('\n'))
}
