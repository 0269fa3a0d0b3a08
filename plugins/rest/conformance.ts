import { createRestVendor, defineConformance } from 'invigil/testkit'

export default defineConformance({
  options: { base_url: 'https://vendor.example', client_id: 'invigil-on-trial', client_secret: 'rest-secret-on-trial-5e0b7c' },
  vendor: createRestVendor,
})
