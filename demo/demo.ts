import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import type { Config } from '../core/config/schema.ts'
import demoLms from './lms/index.ts'
import { startVendor } from './vendor/index.ts'

const VENDOR = 'demo-vendor'
const VendorOptionsSchema = Type.Object({ base_url: Type.String(), client_id: Type.String(), client_secret: Type.String() })

/** Adds the demo LMS to the app, before it listens. */
export async function registerDemo (app: FastifyInstance, config: Config): Promise<void> {
  await app.register(demoLms, { config, clock: app.domain.clock })
}

/** Opens the demo vendor, publishes the demo course and says what to look at. Answers what closes the vendor. */
export async function startDemo (app: FastifyInstance, config: Config, say = (text: string) => { process.stdout.write(`${text}\n`) }): Promise<() => Promise<void>> {
  const vendor = await openVendor(app, config)
  await app.registerDemoCourse()
  say(whatToOpen(config.server.public_url, vendor?.url ?? null))
  return async () => { await vendor?.close() }
}

/** The vendor listens where the provider is told to look for it. */
async function openVendor (app: FastifyInstance, config: Config) {
  const entry = config.providers.enabled[VENDOR]
  if (!entry?.callback || !Check(VendorOptionsSchema, entry.options)) return null
  const { base_url: baseUrl, client_id: clientId, client_secret: clientSecret } = entry.options
  const { hostname: host, port } = new URL(baseUrl)
  return startVendor({
    host,
    port: Number(port),
    clientId,
    clientSecret,
    callback: entry.callback,
    invigilUrl: config.server.public_url,
    log: app.log.child({ demo: 'vendor' }),
    clock: app.domain.clock,
  })
}

function whatToOpen (url: string, vendorUrl: string | null): string {
  const places = [
    ['Take an exam, or watch as instructor', `${url}/demo`],
    ['How the providers do (sign in as Omar)', `${url}/operate/providers`],
    ...(vendorUrl ? [['The vendor\'s console', `${vendorUrl}/console`]] : []),
    ['The API, described', `${url}/docs`],
    ['Is it well?', `${url}/health/ready`],
  ]
  const width = Math.max(...places.map(([what = '']) => what.length))
  return ['', 'Invigil is ready. Open', ...places.map(([what = '', where = '']) => `  ${what.padEnd(width)}  ${where}`), '', 'Ctrl-C stops it. Its data stays in the folder of data_dir.', ''].join('\n')
}
