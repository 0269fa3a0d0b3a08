import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../db/embedded.ts'
import { NotChecked } from '../check.ts'
import { openServer, type TrialDatabases, type TrialServer } from './server.ts'

/** `databaseUrl`: the server that is named, or null for an embedded one in `workDir`. */
export function createTrialDatabases (databaseUrl: string | null, workDir: string): TrialDatabases {
  let server: Promise<TrialServer> | undefined
  return {
    async open () {
      server ??= databaseUrl === null ? startOwn(workDir) : openNamed(databaseUrl)
      return (await server).copy()
    },
    async close () {
      const opened = await server?.catch(() => undefined)
      await opened?.close()
    },
  }
}

async function startOwn (workDir: string): Promise<TrialServer> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(workDir, 'postgres'), settings: { fsync: 'off' } }).catch((error: unknown) => {
    throw new NotChecked(`no database: ${messageOf(error)}`, { cause: error })
  })
  const { copy } = await openServer(postgres.url('postgres')).catch(async (error: unknown) => {
    await postgres.stop()
    throw error
  })
  return { copy, close: () => postgres.stop() }
}

async function openNamed (databaseUrl: string): Promise<TrialServer> {
  return openServer(databaseUrl).catch((error: unknown) => {
    throw new NotChecked(`no database could be made on the server named: ${messageOf(error)}. The account needs the right to create databases; what is there is not touched.`, { cause: error })
  })
}

const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error)
