import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import type { Config } from '../config/schema.ts'
import { findRunningServer } from '../db/embedded/running.ts'
import { startEmbeddedPostgres } from '../db/embedded.ts'
import type { TextSink } from './output.ts'

export interface OpenDatabase { url: string, close (): Promise<void> }

/** The configured database; of the embedded kind the one a running service has up, else one started for this command. */
export async function openDatabase (config: Config, cwd: string): Promise<OpenDatabase> {
  const { url } = config.database
  if (url !== null) return { url, close: async () => {} }
  const folder = embeddedFolder(config, cwd)
  const running = await findRunningServer(folder, 'invigil')
  if (running !== null) return { url: running, close: async () => {} }
  const postgres = await startEmbeddedPostgres({ dataDir: folder })
  return { url: postgres.url('invigil'), close: () => postgres.stop() }
}

/** Where the embedded database lies. */
export const embeddedFolder = ({ data_dir: dataDir }: Config, cwd: string): string => join(resolve(cwd, dataDir), 'postgres')

export interface OpenHouse { app: FastifyInstance, close (): Promise<void> }

/** A house for one command: it neither listens nor works through the queue. */
export async function openHouse (config: Config, { cwd, log }: { cwd: string, log: TextSink | null }): Promise<OpenHouse> {
  const database = await openDatabase(config, cwd)
  try {
    const app = await buildApp({ config, databaseUrl: database.url, deliver: false, logger: log === null ? false : { level: 'info', stream: { write: text => { log.write(text) } } } })
    return {
      app,
      async close () {
        await app.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
