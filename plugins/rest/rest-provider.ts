import { defineProvider, type BrandedDefinition, type Provider, type ProviderAttributes, type ProviderContext } from 'invigil/provider'
import { attemptMethods } from './attempts.ts'
import { examMethods } from './exams.ts'
import { instructorMethods } from './instructor.ts'
import { restOptions, type RestOptions } from './options.ts'
import type { RestOverrides } from './overrides.ts'
import { peopleMethods } from './people.ts'
import { registrationMethods } from './registration.ts'
import { normaliseStandardReview } from './review.ts'
import { connectVendor } from './vendor.ts'

const ATTRIBUTES: Partial<ProviderAttributes> = { hasDashboard: true, supportsOnboarding: true, passingStatuses: ['Clean'] }

/**
 * Makes a provider for a vendor that follows the REST conventions, or nearly does.
 * @example export default restProvider({ baseUrl: 'https://api.acme.example', attributes: { verboseName: 'Acme' }, worker: './worker.js' })
 */
export function restProvider (overrides: RestOverrides = {}): BrandedDefinition<ReturnType<typeof restOptions>> {
  const { worker, templates, static: files, locales } = overrides
  return defineProvider({
    options: restOptions(overrides.baseUrl),
    create: context => createRestProvider(context, overrides),
    ...(worker && { worker }),
    ...(templates && { templates }),
    ...(files && { static: files }),
    ...(locales && { locales }),
  })
}

function createRestProvider (context: ProviderContext<RestOptions>, overrides: RestOverrides): Provider {
  const vendor = connectVendor(context, overrides)
  const attributes = typeof overrides.attributes === 'function' ? overrides.attributes(context.options) : overrides.attributes
  return {
    ...ATTRIBUTES,
    ...attributes,
    ...examMethods(vendor),
    ...registrationMethods(vendor),
    ...attemptMethods(vendor),
    ...peopleMethods(vendor),
    ...instructorMethods(vendor),
    normaliseReview: async ({ body }) => normaliseStandardReview(body, { acceptVideoLink: context.options.accept_video_link }),
  }
}
