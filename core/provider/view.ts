import type { AllowList } from './allow-list.ts'
import { getAttributeSchema } from './attributes.ts'
import { PROVIDER_METHODS, type ProviderAttributes, type ProviderMethod } from './contract.ts'
import { formatFault } from './faults.ts'
import type { LoadedProvider, ProviderHealth, ProviderRegistry } from './registry.ts'
import { collectSecrets } from './secrets.ts'

/** A provider as operators see it: everything but secrets. */
export interface ProviderView {
  name: string
  isDefault: boolean
  state: LoadedProvider['state']
  package: string | null
  version: string | null
  entryPoint: string | null
  contract: string | null
  /** A secret attribute reads `set`, or null. */
  attributes: Readonly<Record<string, unknown>>
  /** The methods of the contract that it has. */
  capabilities: readonly ProviderMethod[]
  /** The only courses and organisations it serves; without lists it serves all. */
  allowList: AllowList
  health: ProviderHealth
  /** Why it is disabled, as sentences. */
  faults: readonly string[]
}

export function viewProvider (provider: LoadedProvider, defaultName: string | null): ProviderView {
  return {
    name: provider.name,
    isDefault: provider.name === defaultName,
    state: provider.state,
    package: provider.package?.name ?? null,
    version: provider.package?.version ?? null,
    entryPoint: provider.package?.entryPoint ?? null,
    contract: provider.contract,
    attributes: withoutSecrets(provider.attributes),
    capabilities: METHODS.filter(method => provider.has(method)),
    allowList: provider.allowList,
    health: provider.health(),
    faults: provider.faults.map(formatFault),
  }
}

/** By name, whether the provider is left alone for now. */
export function listOpenCircuits (providers: Pick<ProviderRegistry, 'list'>): Record<string, boolean> {
  return Object.fromEntries(providers.list().map(({ name, health }) => [name, health().circuit === 'open']))
}

const METHODS = Object.keys(PROVIDER_METHODS) as ProviderMethod[] // the table's type says that its keys are all methods

function withoutSecrets (attributes: Readonly<ProviderAttributes>): Record<string, unknown> {
  const names = Object.keys(attributes) as (keyof ProviderAttributes)[] // keys of a typed object
  return Object.fromEntries(names.map(name => [name, collectSecrets(getAttributeSchema(name), attributes[name]).length > 0 ? 'set' : attributes[name]]))
}
