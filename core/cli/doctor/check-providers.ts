import { pino } from 'pino'
import { systemClock } from '../../clock.ts'
import type { Config } from '../../config/schema.ts'
import { describePackage } from '../../package.ts'
import { ProviderFaults, type ProviderFault } from '../../provider/faults.ts'
import { loadProviders } from '../../provider/load.ts'
import type { LoadedProvider } from '../../provider/registry.ts'
import { note, ok, reasonOf, wrong, type Finding } from './finding.ts'

/** Loads every provider as a start would, and asks each vendor that can be asked something harmless. */
export async function checkProviders (config: Config): Promise<Finding[]> {
  try {
    const registry = await loadProviders({
      config: { ...config.providers, enabled: Object.fromEntries(Object.entries(config.providers.enabled).map(([name, entry]) => [name, { ...entry, on_boot_failure: 'disable' as const }])) },
      settings: config.settings,
      hostRoot: describePackage().root,
      log: pino({ level: 'silent' }),
      clock: systemClock,
      attempts: () => ({ markReady: async () => {} }),
    })
    try {
      return [...checkDefault(config), ...(await Promise.all(registry.list().map(provider => checkProvider(provider, config)))).flat()]
    } finally {
      await registry.close()
    }
  } catch (error) {
    if (error instanceof ProviderFaults) return error.faults.map(fromFault)
    throw error
  }
}

function checkDefault ({ providers }: Config): Finding[] {
  if (providers.default !== null || Object.keys(providers.enabled).length === 0) return []
  return [note('providers', 'no default', 'Exams that name no provider are refused; set providers.default if that is not meant.')]
}

const fromFault = ({ provider, expected, found, hint }: ProviderFault): Finding => wrong(`provider ${provider}`, `expected ${expected}, found ${found}`, hint)

async function checkProvider (provider: LoadedProvider, { providers, demo }: Config): Promise<Finding[]> {
  const what = `provider ${provider.name}`
  if (provider.faults.length > 0) {
    const isOptional = providers.enabled[provider.name]?.on_boot_failure === 'disable'
    return provider.faults.map(fault => isOptional ? { ...fromFault(fault), todo: `${fault.hint} Until then its exams answer 503.` } : fromFault(fault))
  }
  if (provider.state === 'retired') return [ok(what, 'retired; its records can be read')]
  const described = `${provider.package?.name} ${provider.package?.version}, contract ${provider.contract}`
  if (!provider.has('getConfiguration')) return [ok(what, `${described}; loaded (it has nothing to ask its vendor about)`)]
  try {
    const started = performance.now()
    await provider.call('getConfiguration', [])
    return [ok(what, `${described}; its vendor answers (${Math.round(performance.now() - started)} ms)`)]
  } catch (error) {
    if (demo.enabled) return [note(what, `${described}; ${reasonOf(error)}`, 'The demo\'s vendor runs with the service: start it, and look again.')]
    return [wrong(what, `${described}; ${reasonOf(error)}`, 'Check its address and credentials under providers.enabled, the network, and with the vendor.')]
  }
}
