// @ts-check
import { defineConformance } from 'invigil/testkit'
import { createStubVendor } from './vendor/stub-vendor.js'

/** `npm run conformance`: the kit plays the core with your provider, and this stand-in plays your service. */
export default defineConformance({
  options: { base_url: 'https://vendor.test', client_id: 'invigil-at-acme', client_secret: 'a-secret-that-must-not-be-seen' },
  vendor: () => createStubVendor(),
})
