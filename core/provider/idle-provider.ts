import { INV_PROVIDER_DISABLED, INV_PROVIDER_RETIRED } from '../errors.ts'
import type { AllowList } from './allow-list.ts'
import { buildAttributes } from './attributes.ts'
import type { EntryPoint } from './entry-points.ts'
import type { ProviderFault } from './faults.ts'
import type { LoadedProvider, ProviderHealth } from './registry.ts'

export interface IdleParts {
  name: string
  state: 'disabled' | 'retired'
  package: EntryPoint['package'] | null
  pingIntervalSeconds: number
  /** Valid ones only. */
  overrides: Record<string, unknown>
  allowList: AllowList
  faults: readonly ProviderFault[]
}

const NO_CALLS: ProviderHealth = Object.freeze({
  circuit: 'closed',
  retryAt: null,
  pending: 0,
  counts: Object.freeze({ ok: 0, refused: 0, failed: 0, timeout: 0, bad_answer: 0, unavailable: 0, cancelled: 0 }),
  p50Ms: null,
  lastErrors: [],
})

/** A provider that has a name and attributes but cannot be called. */
export function buildIdleProvider (parts: IdleParts): LoadedProvider {
  const { name, state, faults } = parts
  return Object.freeze({
    name,
    state,
    package: parts.package,
    contract: null,
    attributes: buildAttributes(parts.pingIntervalSeconds, {}, parts.overrides),
    allowList: parts.allowList,
    worker: null,
    templatesDir: null,
    localesDir: null,
    staticDir: null,
    staticAssets: null,
    routes: null,
    faults,
    has: () => false,
    call: async () => { throw createIdleError(name, state) },
    health: () => NO_CALLS,
  })
}

export function createIdleError (name: string, state: 'disabled' | 'retired'): Error {
  return state === 'disabled' ? new INV_PROVIDER_DISABLED(name) : new INV_PROVIDER_RETIRED(name)
}
