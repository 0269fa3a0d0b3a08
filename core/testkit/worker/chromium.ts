import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { unpackChromium } from './unpack-chromium.ts'

/** Not the package's own list: that one runs a single process without web security, which hides faults in CSP and CORS. */
const FLAGS = [
  '--no-sandbox', '--disable-dev-shm-usage', '--no-zygote', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-quic',
]

export interface OpenBrowser { readonly browser: Browser, close (): Promise<void> }

/** There is no browser to look with; the message says how to get one. */
export class NoBrowser extends Error {}

/**
 * Starts a real Chromium. `CHROME_PATH` is preferred, else the one npm brought; what drives it is found from the first of `folders` that has it.
 * @throws NoBrowser
 */
export async function openChromium (folders: readonly string[]): Promise<OpenBrowser> {
  const driver = findModule('playwright-core', folders)
  if (driver === null) throw new NoBrowser('no browser: install playwright-core and @sparticuz/chromium as development dependencies, or playwright-core alone and set CHROME_PATH')
  const own = process.env.CHROME_PATH
  const packed = findModule('@sparticuz/chromium', folders)
  if (!own && packed === null) throw new NoBrowser('no browser: install @sparticuz/chromium as a development dependency, or set CHROME_PATH to a Chromium of this machine')
  const { executablePath, env } = own || packed === null ? { executablePath: own ?? '', env: {} } : await unpackChromium(packed)
  const { default: { chromium } }: { default: typeof import('playwright-core') } = await import(pathToFileURL(driver).href)
  const profileDir = await mkdtemp(join(tmpdir(), 'invigil-chromium-'))
  const browser = await chromium.launch({ executablePath, args: FLAGS, headless: true, env: { ...process.env, ...env, TMPDIR: profileDir, HOME: profileDir } })
    .catch((error: unknown) => explainFailure(executablePath, error))
  return {
    browser,
    async close () {
      await browser.close()
      await rm(profileDir, { recursive: true, force: true })
    },
  }
}

function findModule (name: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    try {
      return createRequire(join(folder, 'package.json')).resolve(name)
    } catch {
      // not there; the next folder may have it
    }
  }
  return null
}

function explainFailure (executablePath: string, error: unknown): never {
  const text = error instanceof Error ? error.message : String(error)
  const library = /error while loading shared libraries: (\S+?):/.exec(text)?.[1]
  const advice = library
    ? `the library ${library} is missing. Install it, or set CHROME_PATH to a Chromium of this machine`
    : 'set CHROME_PATH to a Chromium of this machine'
  throw new NoBrowser(`Chromium at ${executablePath} could not be started: ${advice}.`, { cause: error })
}
