import closeWithGrace from 'close-with-grace'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { loadConfig } from './config/load.ts'
import type { Config } from './config/schema.ts'
import { startEmbeddedPostgres } from './db/embedded.ts'
import { describePackage } from './package.ts'
import { guardProcess } from './provider/guard/guard-process.ts'
import { explainStartFailure } from './start-failure.ts'

/** How long requests and jobs under way may take when the process is asked to stop. */
const GRACE_MS = 15_000
/** How long a process that could not start waits for handles that are not ours. */
const LEFT_OPEN_MS = 500

export interface StartOptions { env: NodeJS.ProcessEnv, cwd: string }

/** Reads the configuration, starts everything, listens, and stops in order on a signal. A fault the operator can mend ends the process with 1 and no stack. */
export async function startServer ({ env, cwd }: StartOptions): Promise<void> {
  const closers: (() => Promise<void>)[] = []
  const closeAll = async () => { for (const close of closers.splice(0).reverse()) await close() }
  let report = (error: unknown): void => { process.stderr.write(`${explainStartFailure(error)}\n`) }
  const guard = guardProcess({ onOwnError: error => { fail(error, report, closeAll) } })
  try {
    const config = await loadConfig({ env, cwd })
    const app = await openHouse(config, cwd, closers)
    guard.started()
    report = err => { app.log.fatal({ err }, 'The process ends on an error nobody caught.') }
    closeWithGrace({ delay: GRACE_MS, skip: ['uncaughtException', 'unhandledRejection'] }, async ({ signal }) => {
      app.log.info({ signal }, 'The process was asked to stop.')
      await closeAll()
    })
  } catch (error) {
    await closeAll()
    report(error)
    process.exitCode = 1
    // what providers left open must not keep a process that serves nobody
    setTimeout(() => process.exit(), LEFT_OPEN_MS).unref()
  }
}

let failing = false

/** An error of ours that nobody caught: nobody knows what is left undone, so the process ends, in order where that is still possible. */
function fail (error: unknown, report: (error: unknown) => void, closeAll: () => Promise<void>): void {
  report(error)
  if (failing) process.exit(1)
  failing = true
  setTimeout(() => process.exit(1), GRACE_MS)
  closeAll().finally(() => process.exit(1)).catch(report)
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
