import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describePackage } from '../../package.ts'

export interface Installed { readonly hostRoot: string, readonly workDir: string, close (): Promise<void> }

/** A host of the run's own: the package and Invigil stand in its node_modules as links. */
export async function installPackage (folder: string, packageName: string): Promise<Installed> {
  const workDir = await realpath(await mkdtemp(join(tmpdir(), 'invigil-conformance-')))
  const hostRoot = join(workDir, 'host')
  await link(describePackage().root, join(hostRoot, 'node_modules', 'invigil'))
  await link(folder, join(hostRoot, 'node_modules', packageName))
  return { hostRoot, workDir, close: () => rm(workDir, { recursive: true, force: true }) }
}

async function link (folder: string, at: string): Promise<void> {
  await mkdir(dirname(at), { recursive: true })
  await symlink(folder, at, 'junction')
}

const PACKAGE_NAME = /^(?:@[a-z0-9-][a-z0-9._-]*\/)?[a-z0-9-][a-z0-9._-]*$/i

/** The package's own name where it can be installed under it. */
export const installableName = (name: unknown): string => typeof name === 'string' && PACKAGE_NAME.test(name) && name !== 'invigil' ? name : 'package-under-test'
