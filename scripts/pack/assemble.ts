import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type ts from 'typescript'
import { listFiles } from './files.ts'
import { publishedManifest } from './manifest.ts'
import { compiledName, compileScript, isScript } from './scripts.ts'
import type { Workspace } from './workspaces.ts'

export interface Assembly {
  root: string
  workspaces: readonly Workspace[]
  /** By source file; see `declarations.ts`. */
  declarations: ReadonlyMap<string, string>
  options: ts.CompilerOptions
}

/** The folder of one package as npm will find it: scripts compiled, everything else as it is. */
export async function assemble (workspace: Workspace, target: string, { root, workspaces, declarations, options }: Assembly): Promise<void> {
  for (const file of await listFiles(workspace, workspaces)) {
    const source = join(workspace.folder, file)
    if (!isScript(file)) await copy(source, join(target, file))
    else await write(join(target, compiledName(file)), await compileScript(source, options))
    const declaration = declarations.get(source)
    if (declaration !== undefined) await write(join(target, file.replace(/\.ts$/, '.d.ts')), declaration)
  }
  if (!existsSync(join(target, 'LICENSE'))) await copy(join(root, 'LICENSE'), join(target, 'LICENSE'))
  const manifest = publishedManifest(workspace.manifest, await readdir(target))
  await write(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

async function copy (source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  await cp(source, target)
}

async function write (path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
