import type { CallInfo, ProviderAttributes, ProviderDefinition } from 'invigil/provider'
import type { RestOptions } from './options.ts'
import type { RestPaths } from './paths.ts'

/** In what a vendor differs from the conventions. */
export interface RestOverrides extends Partial<Pick<ProviderDefinition, 'worker' | 'templates' | 'static' | 'locales'>> {
  /** Name, support contacts and the like; the operator's options go before. */
  attributes?: Partial<ProviderAttributes> | ((options: RestOptions) => Partial<ProviderAttributes>)
  /** Default of the option `base_url`. */
  baseUrl?: string
  /** Default of the option `oauth_uri`. */
  oauthUri?: string
  /** Paths that differ; see `REST_PATHS`. */
  paths?: Partial<RestPaths>
  /** Instructions for learners that replace those of the vendor's API, in the language of the call. */
  instructions?: (call: CallInfo) => string[]
}
