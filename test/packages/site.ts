import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, link, mkdir, readdir, readFile, readlink, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { cleanEnvironment, runNpm } from '../../scripts/pack/npm.ts'

const ROOT = join(import.meta.dirname, '../..')

/** `npm install` of tarballs into somebody's folder that has a package.json, with real npm and without a network. */
export async function installTarballs (folder: string, tarballs: readonly string[], isVendor = false): Promise<void> {
  await lendPackages(folder, isVendor)
  await runNpm(['install', '--offline', '--no-audit', '--no-fund', ...tarballs], folder)
}

interface LockEntry { dev?: boolean, link?: boolean, dependencies?: Record<string, string> }
type Lock = Readonly<Record<string, LockEntry>>

/** Of our tools those that a vendor's package has too. */
const TOOLS = ['typescript', '@types/node', 'playwright-core', '@sparticuz/chromium']

/** What `npm ci` brought here already is put there too, as if an earlier install had; npm checks it and adds what is missing. */
async function lendPackages (folder: string, isVendor: boolean): Promise<void> {
  const { packages }: { packages: Lock } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'))
  const tools = isVendor ? withDependencies(TOOLS, packages) : new Set<string>()
  const lent = Object.entries(packages)
    .filter(([path, { dev, link }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && (!dev || tools.has(path)) && !link && existsSync(join(ROOT, path)))
  await Promise.all(lent.map(([path]) => copyTree(join(ROOT, path), join(folder, path))))
}

function withDependencies (names: readonly string[], packages: Lock): Set<string> {
  const found = new Set(names.map(name => `node_modules/${name}`))
  for (const path of found) for (const name of Object.keys(packages[path]?.dependencies ?? {})) found.add(`node_modules/${name}`)
  return found
}

/** By hard links where the file system can: sixty megabytes of PostgreSQL are among it. */
async function copyTree (source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)]
    if (entry.isDirectory()) await copyTree(from, to)
    else if (entry.isSymbolicLink()) await symlink(await readlink(from), to)
    else await link(from, to).catch(() => copyFile(from, to))
  }
}

export interface Finished { code: number | null, out: string, err: string }

/** The environment of a terminal in that folder: its own programs first, and the Node that runs this test. */
export const environmentOf = (folder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...cleanEnvironment(),
  PATH: [join(folder, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH']].join(':'),
  ...more,
})

export async function run (folder: string, command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const child = spawn(command, args, { cwd: folder, env: environmentOf(folder, more), stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve, reject) => { child.once('error', reject).once('close', resolve) })
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, out, err }
}
