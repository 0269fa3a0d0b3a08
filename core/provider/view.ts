import { getAttributeSchema } from './attributes.ts'
import { PROVIDER_METHODS, type ProviderAttributes, type ProviderMethod } from './contract.ts'
import { formatFault } from './faults.ts'
import type { LoadedProvider, ProviderHealth } from './registry.ts'
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
    health: provider.health(),
    faults: provider.faults.map(formatFault),
  }
}

const METHODS = Object.keys(PROVIDER_METHODS) as ProviderMethod[] // the table's type says that its keys are all methods

function withoutSecrets (attributes: Readonly<ProviderAttributes>): Record<string, unknown> {
  const names = Object.keys(attributes) as (keyof ProviderAttributes)[] // keys of a typed object
  return Object.fromEntries(names.map(name => [name, collectSecrets(getAttributeSchema(name), attributes[name]).length > 0 ? 'set' : attributes[name]]))
}
