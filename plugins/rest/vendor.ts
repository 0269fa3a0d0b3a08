import packageJson from './package.json' with { type: 'json' }
import type { CallInfo, ProviderContext } from 'invigil/provider'
import type { RestOptions } from './options.ts'
import type { RestOverrides } from './overrides.ts'
import { REST_PATHS, type RestPaths } from './paths.ts'
import { createSession, type VendorSession } from './session.ts'
import { createTokenSource, tokenUrl } from './token.ts'

/** One vendor as the methods see it. */
export interface Vendor {
  session: VendorSession
  baseUrl: string
  paths: RestPaths
  options: Readonly<RestOptions>
  clock: { now (): Date }
  /** Instructions that replace the vendor's own, or null. */
  instructionsFor (call: CallInfo): string[] | null
}

export function connectVendor ({ name, options, fetch, clock }: ProviderContext<RestOptions>, overrides: RestOverrides): Vendor {
  const baseUrl = options.base_url.replace(/\/+$/, '')
  const userAgent = `Invigil (${packageJson.name} ${packageJson.version}; provider ${name})`
  const tokens = createTokenSource({
    url: tokenUrl(baseUrl + (options.oauth_uri || overrides.oauthUri || '')),
    clientId: options.client_id,
    clientSecret: options.client_secret,
    userAgent,
    fetch,
    clock,
  })
  return {
    session: createSession({ baseUrl, userAgent, fetch, tokens }),
    baseUrl,
    paths: { ...REST_PATHS, ...overrides.paths, ...options.paths },
    options,
    clock,
    instructionsFor: call => options.instructions ?? overrides.instructions?.(call) ?? null,
  }
}
