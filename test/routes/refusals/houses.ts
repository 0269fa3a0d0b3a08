import type { Test } from 'tap'
import { openHouse, PROVIDERS, SETTINGS, type House } from '../walk/scene.ts'
import { AT_START, installProviders, RETIRED, told } from './failing-providers.ts'

const { software_secure: _open, ...WITHOUT_OPEN } = PROVIDERS.enabled
const enabled = (more: object) => ({ providers: { ...PROVIDERS, enabled: { ...PROVIDERS.enabled, ...more } } })
const settings = (more: object) => ({ settings: { ...SETTINGS, ...more } })

/** Configurations in which a refusal shows that the usual house does not have. */
const CONFIGURATIONS = {
  usual: {},
  'guarded metrics': { server: { log_level: 'silent', metrics_token: 'metrics-token-0123456789' } },
  'without past exams': settings({ viewable_past_due: false }),
  'one review each': settings({ allow_review_updates: false }),
  'profiles of vendors': {
    ...enabled({ 'keeps-none': { package: '@invigil/mock', options: { supports_onboarding: true } } }),
    ...settings({ use_onboarding_profile_api: true, onboarding_profile_dashboard_api: true }),
  },
  'providers for some': enabled({ mock: { ...PROVIDERS.enabled.mock, organizations: ['edX'] }, acme: { ...PROVIDERS.enabled.acme, courses: ['course-v1:Other+*'] } }),
  'no provider for unsigned reviews': { providers: { ...PROVIDERS, enabled: WITHOUT_OPEN } },
  'unsigned reviews of a provider that is off': enabled({ software_secure: AT_START }),
  'unsigned reviews of a retired provider': enabled({ software_secure: RETIRED }),
  'unsigned reviews of a provider that takes none': enabled({ software_secure: PROVIDERS.enabled.null }),
  'where every race is lost': {},
  'a vendor that misses onboarding': enabled({ strict: told('misses-onboarding') }),
  'a vendor that retires nobody': enabled({ stubborn: told('throws') }),
} as const

export type HouseName = keyof typeof CONFIGURATIONS

/** Opens each house once, when it is first needed. */
export async function createStreet (t: Test): Promise<(name: HouseName) => Promise<House>> {
  const hostRoot = await installProviders(t)
  const open = new Map<HouseName, Promise<House>>()
  return name => {
    const house = open.get(name) ?? openHouse(t, { hostRoot, config: CONFIGURATIONS[name] })
    open.set(name, house)
    return house
  }
}
