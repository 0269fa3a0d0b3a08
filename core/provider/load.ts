import { performance } from 'node:perf_hooks'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Config, ProviderEntry, Settings } from '../config/schema.ts'
import { readAllowList } from './allow-list.ts'
import { buildRegistry } from './build-registry.ts'
import { findClashes, findDefaultFault } from './clashes.ts'
import type { ProviderAttempts } from './contract.ts'
import type { EntryPoint } from './entry-points.ts'
import { createAlone } from './guard/steps.ts'
import { ProviderFaults, Stopped, formatFault, type Finding } from './faults.ts'
import { buildIdleProvider } from './idle-provider.ts'
import { openProvider, type LoadingHost, type OpenProvider } from './open-provider.ts'
import { readOverrides } from './options.ts'
import type { CallObserver, ProviderRegistry } from './registry.ts'
import type { Trial } from './trial.ts'

export interface LoadOptions {
  config: Config['providers']
  settings: Pick<Settings, 'ping_interval_seconds'>
  /** Packages are looked for from here upwards. */
  hostRoot: string
  log: FastifyBaseLogger
  clock: Clock
  attempts: (name: string) => ProviderAttempts
  /** For the import and `create` of a provider together. */
  startDeadlineMs?: number
  defaultLanguage?: string
  /** Where finished worker bundles are kept; null = nowhere. */
  workerCacheDir?: string | null
  /** Workers with source maps and readable; not for production. */
  sourceMaps?: boolean
  monotonic?: () => number
  trial?: Trial | undefined
}

/**
 * Loads every configured provider, or none.
 * @throws ProviderFaults with all faults of all providers, unless each faulty one has `on_boot_failure: disable`.
 */
export async function loadProviders (options: LoadOptions): Promise<ProviderRegistry> {
  const observers = new Set<CallObserver>()
  const host = createLoadingHost(options, observers)
  const entries = Object.entries(options.config.enabled)
  const clashes = findClashes(options.config.enabled)
  const results = await Promise.all(entries.map(([name, entry]) => loadProvider(name, entry, host, clashes.get(name))))
  const faults = [...findDefaultFault(options.config), ...results.flatMap(({ provider }) => provider.faults)]
  if (faults.some(fault => options.config.enabled[fault.provider]?.on_boot_failure !== 'disable')) {
    await Promise.all(results.map(result => result.close()))
    throw new ProviderFaults(faults)
  }
  for (const fault of faults) options.log.error({ fault }, `${formatFault(fault)} The provider is disabled.`)
  return buildRegistry(options.config.default, results, observers)
}

function createLoadingHost (options: LoadOptions, observers: ReadonlySet<CallObserver>): LoadingHost {
  return {
    root: options.hostRoot,
    log: options.log,
    clock: options.clock,
    monotonic: options.monotonic ?? (() => performance.now()),
    attempts: options.attempts,
    startDeadlineMs: options.startDeadlineMs ?? 5_000,
    pingIntervalSeconds: options.settings.ping_interval_seconds,
    defaultLanguage: options.defaultLanguage ?? 'en',
    bundle: { cacheDir: options.workerCacheDir ?? null, sourceMaps: options.sourceMaps ?? false },
    observer: createFanOut(observers, options.log),
    trial: options.trial,
    alone: createAlone(),
  }
}

/** Metrics that fail must not fail an exam. */
function createFanOut (observers: ReadonlySet<CallObserver>, log: FastifyBaseLogger): CallObserver {
  return {
    called (call) {
      for (const observer of observers) {
        try {
          observer.called(call)
        } catch (err) {
          log.error({ err }, 'an observer of provider calls failed')
        }
      }
    },
  }
}

/** Never throws for a fault: a provider with faults comes back disabled, and the caller decides whether that will do. */
async function loadProvider (name: string, entry: ProviderEntry, host: LoadingHost, clash: Finding | undefined): Promise<OpenProvider> {
  const clashes = clash ? [clash] : []
  if (entry.retired) return createIdle(name, entry, host, null, [...clashes, ...readOverrides(name, null, entry.options).findings])
  let entryPoint: EntryPoint | null = null
  try {
    const opened = await openProvider(name, entry, host, found => { entryPoint = found })
    if (!clash) return opened
    await opened.close()
    return createIdle(name, entry, host, entryPoint, clashes)
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    return createIdle(name, entry, host, entryPoint, [...clashes, ...error.findings])
  }
}

function createIdle (name: string, entry: ProviderEntry, host: LoadingHost, entryPoint: EntryPoint | null, findings: readonly Finding[]): OpenProvider {
  const { values, findings: badOverrides } = readOverrides(name, null, entry.options)
  const provider = buildIdleProvider({
    name,
    state: entry.retired && findings.length === 0 ? 'retired' : 'disabled',
    package: entryPoint?.package ?? null,
    pingIntervalSeconds: host.pingIntervalSeconds,
    overrides: badOverrides.length === 0 ? values : {},
    allowList: readAllowList(entry),
    faults: findings.map(finding => Object.freeze({ ...finding, provider: name, package: entry.package ?? null })),
  })
  return { provider, close: async () => {} }
}
