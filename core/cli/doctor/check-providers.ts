import { pino } from 'pino'
import { systemClock } from '../../clock.ts'
import type { Config } from '../../config/schema.ts'
import { createProviderAttempts } from '../../provider-attempts.ts'
import { describePackage } from '../../package.ts'
import { isForEverybody } from '../../provider/allow-list.ts'
import type { ProviderFault } from '../../provider/faults.ts'
import { loadProviders } from '../../provider/load.ts'
import type { LoadedProvider, ProviderRegistry } from '../../provider/registry.ts'
import { checkCallback, checkSecrets } from './check-credentials.ts'
import { note, ok, reasonOf, wrong, type Finding } from './finding.ts'

/** Loads every provider as a start would, and asks each vendor that can be asked something harmless. */
export async function checkProviders (config: Config): Promise<Finding[]> {
  // the default is looked at below: a fault of it would keep the others from being loaded
  const { enabled } = config.providers
  const registry = await loadProviders({
    config: { ...config.providers, default: null, enabled: Object.fromEntries(Object.entries(enabled).map(([name, entry]) => [name, { ...entry, on_boot_failure: 'disable' as const }])) },
    settings: config.settings,
    hostRoot: describePackage().root,
    log: pino({ level: 'silent' }),
    clock: systemClock,
    attempts: name => createProviderAttempts(() => undefined, name),
  })
  try {
    return [...checkDefault(config, registry), ...checkSecrets(config), ...(await Promise.all(registry.list().map(provider => checkProvider(provider, config)))).flat()]
  } finally {
    await registry.close()
  }
}

function checkDefault ({ providers }: Config, registry: ProviderRegistry): Finding[] {
  const what = 'default provider'
  const { default: name } = providers
  if (Object.keys(providers.enabled).length === 0) return []
  if (name === null) return [note('providers', 'no default', 'Exams that name no provider are refused; set providers.default if that is not meant.')]
  const found = registry.find(name)
  if (!found) return [wrong(what, `"${name}" is not under providers.enabled`, `Set providers.default to one of: ${Object.keys(providers.enabled).join(', ')}.`)]
  if (found.state === 'retired') return [wrong(what, `"${name}" is retired`, 'Set providers.default to a provider that is in use, or to null.')]
  if (found.state === 'disabled') return [wrong(what, `"${name}" cannot be loaded`, 'Exams that name no provider answer 503. Mend it, or set providers.default to another one.')]
  if (isForEverybody(found.allowList)) return []
  return [note(what, `"${name}" serves some courses only`, 'Elsewhere an exam that names no provider is refused; that is well if platforms name one.')]
}

const fromFault = ({ provider, expected, found, hint }: ProviderFault): Finding => wrong(`provider ${provider}`, `expected ${expected}, found ${found}`, hint)

async function checkProvider (provider: LoadedProvider, { providers, demo }: Config): Promise<Finding[]> {
  const what = `provider ${provider.name}`
  if (provider.faults.length > 0) {
    const isOptional = providers.enabled[provider.name]?.on_boot_failure === 'disable'
    return provider.faults.map(fault => isOptional ? { ...fromFault(fault), todo: `${fault.hint} Until then its exams answer 503.` } : fromFault(fault))
  }
  if (provider.state === 'retired') return [ok(what, 'retired; its records can be read')]
  return [...await askVendor(provider, demo), ...checkCallback(provider, providers)]
}

async function askVendor (provider: LoadedProvider, demo: Config['demo']): Promise<Finding[]> {
  const what = `provider ${provider.name}`
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
