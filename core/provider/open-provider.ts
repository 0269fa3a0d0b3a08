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
import { createStepRunner, type Alone } from './guard/steps.ts'
import { openScope, runAsHost, type ProviderScope } from './guard/scope.ts'
import { readOptions } from './options.ts'
import { createCallRecord } from './health.ts'
import { createProviderLog } from './log.ts'
import { findPaths } from './paths.ts'
import { createRedactor, type Redactor } from './redact.ts'
import type { CallObserver, LoadedProvider } from './registry.ts'
import { openRoutes } from './routes/open-routes.ts'
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
  /** For code of providers while they start. */
  alone: Alone
}

export interface OpenProvider { provider: LoadedProvider, close: () => Promise<void> }

/** From a name in the configuration to a provider at work, one step after the other. Throws `Stopped` at the first step with faults. */
export async function openProvider (name: string, entry: ProviderEntry, host: LoadingHost, found: (entryPoint: EntryPoint) => void): Promise<OpenProvider> {
  const entryPoint = await findEntryPoint(name, entry, host.root)
  found(entryPoint)
  const redactor = createRedactor(entry.callback ? [entry.callback.client_secret] : [])
  const { scope, record, closeScope } = createScope(name, entryPoint, redactor, host)
  const closers: Closer[] = [closeScope]
  const close = async () => { for (const closer of closers.splice(0).reverse()) await closer() }
  try {
    const within = createStepRunner(scope, host.alone, createAllowance(host.startDeadlineMs, host.monotonic))
    const definition = await importDefinition(entryPoint, within)
    const [options, files] = await together(checkOptions(name, definition, entry), readFiles(name, definition, entryPoint, host.bundle))
    redactor.learn(options.secrets)
    const { context, close: closeContext } = createContext({ name, options: options.own, log: host.log, redactor, clock: host.clock, attempts: host.attempts(name), trial: host.trial })
    closers.push(closeContext)
    const created = await createProvider(definition, context, redactor, within)
    const { provider, attributes } = checkCreated(created, options.overrides, host)
    if (attributes.videoReviewAesKey) redactor.learn([attributes.videoReviewAesKey])
    const parts = { ...host, name, packageName: entryPoint.package.name, provider, redactor, record, scope }
    const routes = await openRoutes({ ...parts, definition, context, within, ...host.trial?.deadlineMs && { deadlineMs: host.trial.deadlineMs } })
    const door = createDoor(parts)
    closers.push(async () => { door.close() }, ...routes ? [routes.close] : [])
    const worker = introduceOptions(name, files.worker, attributes.workerOptions)
    const { call, has, health } = door
    return { provider: Object.freeze({ name, state: 'ready', package: entryPoint.package, contract: definition.contract, attributes, allowList: readAllowList(entry), ...files, worker, routes, faults: [], call, has, health }), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Closer = () => void | Promise<void>

/** In whose name the package's code runs, and what is remembered of it. */
function createScope (name: string, { package: { name: packageName }, root }: EntryPoint, redactor: Redactor, { log, clock }: LoadingHost) {
  const record = createCallRecord(clock)
  const printed = createProviderLog(log, redactor, { provider: name, printed: true })
  const scope: ProviderScope = {
    provider: name,
    package: packageName,
    root,
    blame (what, thrown) {
      const cause = redactor.error(thrown ?? new Error(what))
      const message = thrown === null ? what : `${what}: ${cause.message}`
      record.count('failed')
      record.addError('background', { code: 'INV_PROVIDER_FAILED', message: message.slice(0, 1_000) })
      runAsHost(() => { log.error({ provider: name, package: packageName, err: cause }, `provider '${name}' (package '${packageName}'): ${what}`) })
    },
    print: text => printed.info({}, text),
  }
  return { scope, record, closeScope: openScope(scope) }
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
