// @ts-check
// `npm start`: a core, the demo LMS and a stand-in for your service, all on this machine. Nothing of it is published.
import { join } from 'node:path'
import { startServer } from 'invigil'
import { createInvigilClient } from '../vendor/call-invigil.js'
import { listen } from '../vendor/listen.js'
import { createStubVendor } from '../vendor/stub-vendor.js'

const { PORT = '8000', VENDOR_PORT = '8001' } = process.env

const core = createInvigilClient({ url: `http://127.0.0.1:${PORT}`, clientId: 'acme-at-invigil', clientSecret: 'local-only-callback-secret' })
const { url } = await listen(createStubVendor({ core }), Number(VENDOR_PORT))
process.stdout.write(`The stand-in for Acme Proctoring listens at ${url}\n`)

await startServer({ env: { ...process.env, INVIGIL_CONFIG: 'local/invigil.yaml', VENDOR_URL: url }, cwd: join(import.meta.dirname, '..') })
