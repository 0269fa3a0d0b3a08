import { createRestVendor, defineConformance } from 'invigil/testkit'

const BASE_URL = 'http://127.0.0.1:8001'

export default defineConformance({
  options: { base_url: BASE_URL, client_id: 'invigil-on-trial', client_secret: 'demo-vendor-secret-on-trial-77aa' },
  vendor: createRestVendor,
  worker: {
    origins: [BASE_URL],
    application: () => ({ fetch: () => Response.json({ proctoring: true }) }),
  },
})
