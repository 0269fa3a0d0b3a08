import { restProvider } from '@invigil/rest'

/** All that a vendor who follows the REST conventions has to write: a name, and a worker for its desktop application. */
export default restProvider({
  attributes: ({ base_url: vendorUrl }) => ({
    verboseName: 'Demo Proctoring',
    techSupportEmail: 'support@demo-vendor.example',
    techSupportPhone: '+1 555 0100',
    workerOptions: { vendorUrl },
  }),
  baseUrl: 'http://127.0.0.1:8001',
  worker: './worker.ts',
})
