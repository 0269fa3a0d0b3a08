import type { Config, ProviderEntry } from '../config/schema.ts'
import type { Finding, ProviderFault } from './faults.ts'

type Enabled = Readonly<Record<string, ProviderEntry>>

/**
 * Two enabled names clash when vendors could not be told apart: the same callback `client_id`. The one that stands later is at fault.
 * The same package, or even the same entry point, under two names is no clash: that is two accounts with one vendor.
 */
export function findClashes (enabled: Enabled): Map<string, Finding> {
  const owners = new Map<string, string>()
  const clashes = new Map<string, Finding>()
  for (const [name, { callback }] of Object.entries(enabled)) {
    if (!callback) continue
    const owner = owners.get(callback.client_id)
    if (owner === undefined) owners.set(callback.client_id, name)
    else clashes.set(name, describeClash(name, owner, callback.client_id))
  }
  return clashes
}

function describeClash (name: string, owner: string, clientId: string): Finding {
  return {
    code: 'INV_PROVIDER_NAME_CLASH',
    expected: 'a callback client_id of its own',
    found: `'${clientId}', which provider '${owner}' has`,
    hint: `Give providers.enabled.${name}.callback another client_id; it is how a vendor is told from the others.`,
  }
}

/** The default must be a provider that exams can be given to. */
export function findDefaultFault ({ default: name, enabled }: Config['providers']): ProviderFault[] {
  if (name === null || (Object.hasOwn(enabled, name) && !enabled[name]?.retired)) return []
  const usable = Object.keys(enabled).filter(key => !enabled[key]?.retired)
  return [{
    code: 'INV_PROVIDER_DEFAULT_UNKNOWN',
    provider: name,
    package: null,
    expected: 'providers.default to name an enabled provider',
    found: Object.hasOwn(enabled, name) ? 'a retired one' : `only ${usable.join(', ') || 'no providers'}`,
    hint: `Set providers.default to ${usable[0] ? `'${usable[0]}'` : 'null'}, or enable '${name}'.`,
  }]
}
