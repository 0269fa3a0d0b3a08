import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Unpacks the browser of the package `@sparticuz/chromium` that lies at `entry`:
 * once per user and package version (200 MB), then every run finds it there.
 * A half-written binary must never be started by another process, hence the lock folder.
 */
export async function unpackChromium (entry: string): Promise<{ executablePath: string, env: Record<string, string> }> {
  const home = join(tmpdir(), `invigil-chromium-${process.getuid?.() ?? 'user'}-${packageVersion(entry)}`)
  await mkdir(home, { recursive: true, mode: 0o700 })
  await assertOwned(home)
  const ready = join(home, 'ready')
  if (!existsSync(ready)) await withLock(join(home, 'lock'), ready, () => unpackInto(entry, home, ready))
  await writeFile(join(home, 'fonts', 'fonts.conf'), fontsConfig(home))
  return {
    executablePath: join(home, 'chromium'),
    env: { LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_PATH: join(home, 'fonts') },
  }
}

/** The package's own list names fixed folders, so elsewhere every letter would be zero pixels wide. */
const fontsConfig = (home: string) =>
  `<?xml version="1.0"?><fontconfig><dir>${join(home, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(home, 'fonts-cache')}</cachedir></fontconfig>`

async function unpackInto (entry: string, home: string, ready: string): Promise<void> {
  const before = { ...process.env }
  // Both are read while the package is imported: where to unpack, and that its own libraries are wanted.
  Object.assign(process.env, { TMPDIR: home, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' })
  try {
    const { default: packed }: typeof import('@sparticuz/chromium') = await import(pathToFileURL(entry).href)
    await chmod(await packed.executablePath(), 0o700)
    await mkdir(ready)
  } finally {
    // The import itself sets library and font paths that no other child of this process should see.
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

async function withLock (lock: string, ready: string, work: () => Promise<void>): Promise<void> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 100) {
    const mine = await mkdir(lock).then(() => true, () => false)
    if (mine) return (existsSync(ready) ? Promise.resolve() : work()).finally(() => rm(lock, { recursive: true, force: true }))
    if (existsSync(ready)) return
    if (Date.now() - (await stat(lock).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs > 30_000) await rm(lock, { recursive: true, force: true })
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`Chromium: waited a minute for another process to unpack it; remove ${lock} and try again`)
}

/** The folder's name can be guessed: refuse to run a program somebody else put there. */
async function assertOwned (folder: string): Promise<void> {
  const { uid } = await stat(folder)
  if (process.getuid && uid !== process.getuid()) throw new Error(`Chromium: ${folder} belongs to user ${uid}, expected ${process.getuid()}; remove it or set TMPDIR`)
}

function packageVersion (entry: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(entry, '..', '..', 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown'
}
