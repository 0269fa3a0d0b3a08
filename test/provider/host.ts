import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import type { Test } from 'tap'
import { systemClock } from '../../core/clock.ts'
import type { ProviderEntry } from '../../core/config/schema.ts'
import type { ProviderAttempts } from '../../core/provider/contract.ts'
import { ProviderFaults } from '../../core/provider/faults.ts'
import { loadProviders, type LoadOptions } from '../../core/provider/load.ts'
import type { ProviderRegistry } from '../../core/provider/registry.ts'

const PROJECT = join(import.meta.dirname, '../..')
const FIXTURES = join(PROJECT, 'test/fixtures/providers')

/** A folder with the fixtures installed as npm would: copies in node_modules, and `invigil` beside them as a link. */
export async function installFixtures (t: Test, ...fixtures: string[]): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'invigil-host-')))
  t.teardown(() => rm(root, { recursive: true, force: true }))
  await mkdir(join(root, 'node_modules'))
  await symlink(PROJECT, join(root, 'node_modules/invigil'), 'dir')
  for (const fixture of fixtures) await install(root, fixture)
  return root
}

async function install (root: string, fixture: string): Promise<void> {
  const manifest = await readFile(join(FIXTURES, fixture, 'package.json'), 'utf8')
  const name = /"name": "([^"]+)"/.exec(manifest)?.[1] ?? fixture
  const target = join(root, 'node_modules', name)
  await mkdir(dirname(target), { recursive: true })
  await cp(join(FIXTURES, fixture), target, { recursive: true })
}

export type Entries = Record<string, Partial<ProviderEntry>>

export interface Loading extends Partial<Omit<LoadOptions, 'config' | 'hostRoot'>> {
  default?: string | null
}

/** Collects what is logged, as the parsed lines. */
export function createLogLines () {
  const stream = new PassThrough()
  const text: string[] = []
  stream.on('data', chunk => text.push(String(chunk)))
  const log = pino({ level: 'debug' }, stream)
  return { log, text: () => text.join(''), lines: (): Record<string, unknown>[] => text.join('').split('\n').filter(Boolean).map(line => JSON.parse(line)) }
}

export function completeOptions (root: string, entries: Entries, loading: Loading = {}): LoadOptions {
  const { default: defaultName = null, ...rest } = loading
  return {
    config: { default: defaultName, enabled: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, completeEntry(entry)])) },
    settings: { ping_interval_seconds: 60 },
    hostRoot: root,
    log: createLogLines().log,
    clock: systemClock,
    attempts: () => noAttempts,
    ...rest,
  }
}

/** Attempts of a house that has none. */
export const noAttempts: ProviderAttempts = { find: async () => null, markReady: async () => {}, receiveReview: async () => {}, reportError: async () => {} }

/** Loads providers as the application does; everything is closed with the test. */
export async function load (t: Test, root: string, entries: Entries, loading: Loading = {}): Promise<ProviderRegistry> {
  const registry = await loadProviders(completeOptions(root, entries, loading))
  t.teardown(() => registry.close())
  return registry
}

/** What loading complains about. */
export async function loadFaults (t: Test, root: string, entries: Entries, loading: Loading = {}): Promise<ProviderFaults> {
  const error: unknown = await load(t, root, entries, loading).then(() => null, thrown => thrown)
  if (error instanceof ProviderFaults) return error
  throw new Error('loading did not complain', { cause: error })
}

function completeEntry (entry: Partial<ProviderEntry>): ProviderEntry {
  return { options: {}, on_boot_failure: 'abort', retired: false, ...entry }
}
