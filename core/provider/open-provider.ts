import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { ProviderEntry } from '../config/schema.ts'
import { readAllowList } from './allow-list.ts'
import { buildAttributes, checkAttributes, pickAttributes } from './attributes.ts'
import { bundleWorker, introduceOptions, type BundleSettings } from './bundle-worker.ts'
import { createDoor } from './call.ts'
import { checkMethods, findLookalikes, isProvider } from './check.ts'
import { createContext } from './context.ts'
import type { BrandedDefinition, ProviderAttempts } from './contract.ts'
import { findEntryPoint, type EntryPoint } from './entry-points.ts'
import { stopAt, together } from './faults.ts'
import { readOptions } from './options.ts'
import { findPaths } from './paths.ts'
import { createRedactor } from './redact.ts'
import type { CallObserver, LoadedProvider } from './registry.ts'
import { createAllowance, createProvider, importDefinition } from './start-provider.ts'
import { readStaticFolder } from './static-folder.ts'
import type { Trial } from './trial.ts'

/** What the house lends to every provider while loading. */
export interface LoadingHost {
  root: string
  log: FastifyBaseLogger
  clock: Clock
  monotonic: () => number
  attempts: (name: string) => ProviderAttempts
  startDeadlineMs: number
  pingIntervalSeconds: number
  defaultLanguage: string
  bundle: BundleSettings
  observer: CallObserver
  trial?: Trial | undefined
}

export interface OpenProvider { provider: LoadedProvider, close: () => Promise<void> }

/** From a name in the configuration to a provider at work, one step after the other. Throws `Stopped` at the first step with faults. */
export async function openProvider (name: string, entry: ProviderEntry, host: LoadingHost, found: (entryPoint: EntryPoint) => void): Promise<OpenProvider> {
  const within = createAllowance(host.startDeadlineMs, host.monotonic)
  const entryPoint = await findEntryPoint(name, entry, host.root)
  found(entryPoint)
  const definition = await importDefinition(entryPoint, within)
  const [options, files] = await together(checkOptions(name, definition, entry), readFiles(name, definition, entryPoint, host.bundle))
  const redactor = createRedactor([...options.secrets, ...entry.callback ? [entry.callback.client_secret] : []])
  const { context, close } = createContext({ name, options: options.own, log: host.log, redactor, clock: host.clock, attempts: host.attempts(name), trial: host.trial })
  try {
    const created = await createProvider(definition, context, redactor, within)
    const { provider, attributes } = checkCreated(created, options.overrides, host)
    if (attributes.videoReviewAesKey) redactor.learn([attributes.videoReviewAesKey])
    const door = createDoor({ ...host, name, packageName: entryPoint.package.name, provider, redactor })
    return {
      provider: Object.freeze({ name, state: 'ready', package: entryPoint.package, contract: definition.contract, attributes, allowList: readAllowList(entry), ...files, worker: introduceOptions(name, files.worker, attributes.workerOptions), faults: [], ...door }),
      close: async () => { door.close(); await close() },
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function checkOptions (name: string, definition: BrandedDefinition, entry: ProviderEntry) {
  const options = readOptions(name, definition.options, entry.options)
  stopAt(options.findings)
  return options
}

/** What the package ships beside its code, ready to be served and rendered. */
async function readFiles (name: string, definition: BrandedDefinition, entryPoint: EntryPoint, bundle: BundleSettings) {
  const paths = await findPaths(definition, entryPoint)
  const [worker, staticAssets] = await together(
    paths.worker === null ? Promise.resolve(null) : bundleWorker(name, paths.worker, entryPoint, bundle),
    paths.static === null ? Promise.resolve(null) : readStaticFolder(name, paths.static))
  return { worker, staticAssets, staticDir: paths.static, templatesDir: paths.templates, localesDir: paths.locales }
}

function checkCreated (created: object, overrides: Record<string, unknown>, host: LoadingHost) {
  const picked = pickAttributes(created)
  stopAt(checkMethods(created), checkAttributes(picked))
  if (!isProvider(created)) throw new TypeError('isProvider disagrees with checkMethods')
  for (const { name, meant } of findLookalikes(created)) {
    host.log.warn({ method: name }, `a provider has a function '${name}', which is never called; '${meant}' would be`)
  }
  return { provider: created, attributes: buildAttributes(host.pingIntervalSeconds, picked, overrides) }
}
