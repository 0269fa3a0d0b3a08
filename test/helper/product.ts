import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { parse } from 'yaml'
import { buildApp } from '../../core/app.ts'
import { buildConfig } from '../../core/config/load.ts'
import { registerDemo, startDemo } from '../../demo/demo.ts'
import { createTestDatabase, type TestScope } from './database.ts'
import { freePort } from './free-port.ts'

const DEFAULT_CONFIG = new URL('../../config/default.yaml', import.meta.url)

export interface Product { app: FastifyInstance, url: string, vendorUrl: string }

/** The whole product as `npm start` runs it, demo and all, on ports and a database of its own. */
export async function startProduct (t: TestScope): Promise<Product> {
  const [port, vendorPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const vendorUrl = `http://127.0.0.1:${vendorPort}`
  const { config, faults } = buildConfig(parse(await readFile(DEFAULT_CONFIG, 'utf8')), { PORT: String(port), DEMO_VENDOR_PORT: String(vendorPort) })
  if (!config) throw new Error(JSON.stringify(faults))
  const database = await createTestDatabase(t)
  const app = await buildApp({ config, databaseUrl: database.url, logger: false })
  t.teardown(async () => { await app.close() })
  await registerDemo(app, config)
  await app.listen({ host: '127.0.0.1', port })
  const closeDemo = await startDemo(app, config, () => {})
  t.teardown(closeDemo)
  return { app, url, vendorUrl }
}
