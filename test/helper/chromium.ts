import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

interface Teardown { teardown (close: () => unknown): unknown }

/** Not the package's own list: that one runs a single process without web security, which hides faults in CSP and CORS. */
const FLAGS = [
  '--no-sandbox', '--disable-dev-shm-usage', '--no-zygote', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-quic',
]

/** Starts a real Chromium, closed when the test ends. `CHROME_PATH` is preferred; else the one npm brought. */
export async function launchChromium (t: Teardown): Promise<Browser> {
  const own = process.env.CHROME_PATH
  const { executablePath, env } = own ? { executablePath: own, env: {} } : await unpackChromium()
  const profileDir = await mkdtemp(join(tmpdir(), 'invigil-chromium-'))
  const browser = await chromium.launch({ executablePath, args: FLAGS, headless: true, env: { ...process.env, ...env, TMPDIR: profileDir, HOME: profileDir } })
    .catch(error => explainFailure(executablePath, error))
  t.teardown(async () => {
    await browser.close()
    await rm(profileDir, { recursive: true, force: true })
  })
  return browser
}

/**
 * Unpacks once per user and package version (200 MB), then every run finds it there.
 * A half-written binary must never be started by another test process, hence the lock folder.
 */
async function unpackChromium () {
  const home = join(tmpdir(), `invigil-chromium-${process.getuid?.() ?? 'user'}-${packageVersion()}`)
  await mkdir(home, { recursive: true, mode: 0o700 })
  await assertOwned(home)
  const ready = join(home, 'ready')
  if (!existsSync(ready)) await withLock(join(home, 'lock'), ready, () => unpackInto(home, ready))
  await writeFile(join(home, 'fonts', 'fonts.conf'), fontsConfig(home))
  return {
    executablePath: join(home, 'chromium'),
    env: { LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_PATH: join(home, 'fonts') },
  }
}

/** The package's own list names fixed folders, so elsewhere every letter would be zero pixels wide. */
const fontsConfig = (home: string) =>
  `<?xml version="1.0"?><fontconfig><dir>${join(home, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(home, 'fonts-cache')}</cachedir></fontconfig>`

async function unpackInto (home: string, ready: string): Promise<void> {
  const before = { ...process.env }
  // Both are read while the package is imported: where to unpack, and that its own libraries are wanted.
  Object.assign(process.env, { TMPDIR: home, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' })
  try {
    const { default: packed } = await import('@sparticuz/chromium')
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

function packageVersion (): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest: unknown = JSON.parse(readFileSync(join(entry, '..', '..', 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown'
}

function explainFailure (executablePath: string, error: unknown): never {
  const text = error instanceof Error ? error.message : String(error)
  const library = /error while loading shared libraries: (\S+?):/.exec(text)?.[1]
  const advice = library
    ? `the library ${library} is missing. Install it, or set CHROME_PATH to a Chromium of this machine`
    : 'set CHROME_PATH to a Chromium of this machine'
  throw new Error(`Chromium at ${executablePath} could not be started: ${advice}.`, { cause: error })
}
