// @ts-check
import { defineConformance } from 'invigil/testkit'
import { createStubVendor } from './vendor/stub-vendor.js'

/** The program on the learner's computer, when all is well. The exam page is of another origin: CORS. */
const application = () => ({ fetch: () => Response.json({ watching: true }, { headers: { 'access-control-allow-origin': '*' } }) })

/** `npm run conformance`: the kit plays the core with your provider, and this stand-in plays your service. */
export default defineConformance({
  options: { base_url: 'https://vendor.test', client_id: 'invigil-at-acme', client_secret: 'a-secret-that-must-not-be-seen' },
  vendor: () => createStubVendor(),
  worker: { origins: ['https://vendor.test'], application },
})
