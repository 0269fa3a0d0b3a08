import { createRestVendor, defineConformance } from 'invigil/testkit'

export default defineConformance({
  options: { client_id: 'invigil-on-trial', client_secret: 'proctortrack-secret-on-trial-91d2' },
  vendor: createRestVendor,
  worker: {
    origins: ['https://app.verificient.com:54545'],
    application: () => ({ fetch: () => Response.json({ proctoring: true }) }),
  },
})
