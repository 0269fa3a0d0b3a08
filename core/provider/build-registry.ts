import { INV_PROVIDER_NOT_CONFIGURED, INV_PROVIDER_NOT_FOUND } from '../errors.ts'
import { createIdleError } from './idle-provider.ts'
import type { OpenProvider } from './open-provider.ts'
import type { CallObserver, LoadedProvider, ProviderRegistry } from './registry.ts'

/** The map that the rest of the house asks; made once, after everything was loaded. */
export function buildRegistry (defaultName: string | null, opened: readonly OpenProvider[], observers: Set<CallObserver>): ProviderRegistry {
  const providers = Object.freeze(opened.map(({ provider }) => provider))
  const byName = new Map(providers.map(provider => [provider.name, provider]))
  return Object.freeze({
    defaultName,
    find: (name: string) => byName.get(name),
    require: (name: string | null) => requireReady(byName, name ?? defaultName),
    list: () => providers,
    observe: (observer: CallObserver) => { observers.add(observer) },
    close: async () => { await Promise.all(opened.map(provider => provider.close())) },
  })
}

function requireReady (byName: ReadonlyMap<string, LoadedProvider>, name: string | null): LoadedProvider {
  if (name === null) throw new INV_PROVIDER_NOT_CONFIGURED()
  const provider = byName.get(name)
  if (!provider) throw new INV_PROVIDER_NOT_FOUND(name, [...byName.keys()].join(', ') || 'none')
  if (provider.state !== 'ready') throw createIdleError(name, provider.state)
  return provider
}
