import closeWithGrace from 'close-with-grace'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { loadConfig } from './config/load.ts'
import type { Config } from './config/schema.ts'
import { startEmbeddedPostgres } from './db/embedded.ts'
import { describePackage } from './package.ts'
import { explainStartFailure } from './start-failure.ts'

/** How long requests and jobs under way may take when the process is asked to stop. */
const GRACE_MS = 15_000

export interface StartOptions { env: NodeJS.ProcessEnv, cwd: string }

/** Reads the configuration, starts everything, listens, and stops in order on a signal. A fault the operator can mend ends the process with 1 and no stack. */
export async function startServer ({ env, cwd }: StartOptions): Promise<void> {
  const closers: (() => Promise<void>)[] = []
  const closeAll = async () => { for (const close of closers.splice(0).reverse()) await close() }
  try {
    const config = await loadConfig({ env, cwd })
    const app = await openHouse(config, cwd, closers)
    closeWithGrace({ delay: GRACE_MS }, async ({ err, signal }) => {
      if (err) app.log.fatal({ err }, 'The process ends on an error nobody caught.')
      else app.log.info({ signal }, 'The process was asked to stop.')
      await closeAll()
    })
  } catch (error) {
    await closeAll()
    process.stderr.write(`${explainStartFailure(error)}\n`)
    process.exitCode = 1
  }
}

async function openHouse (config: Config, cwd: string, closers: (() => Promise<void>)[]): Promise<FastifyInstance> {
  const databaseUrl = config.database.url ?? await openEmbedded(config, cwd, closers)
  const app = await buildApp({ config, databaseUrl })
  closers.push(() => app.close())
  const demo = config.demo.enabled ? await import('../demo/demo.ts') : null
  if (demo) await demo.registerDemo(app, config)
  const { host, port } = config.server
  await app.listen({ host, port })
  if (demo) closers.push(await demo.startDemo(app, config))
  else app.log.info({ version: describePackage().version }, 'Invigil is ready.')
  return app
}

async function openEmbedded ({ data_dir: dataDir }: Config, cwd: string, closers: (() => Promise<void>)[]): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(resolve(cwd, dataDir), 'postgres') })
  closers.push(() => postgres.stop())
  return postgres.url('invigil')
}
