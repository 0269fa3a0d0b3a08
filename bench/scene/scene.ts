import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openServer, type BenchDatabase, type DatabaseServer } from './database.ts'
import { fillDatabase } from './fill.ts'
import { startServer, type BenchServer, type ServerName } from './servers.ts'
import type { ServerSettings } from '../servers/channel.ts'

export interface SceneOptions {
  databaseUrl: string | undefined
  rounds: number
  profileDir: string | null
}

/** What benchmarks are given. The database is made when the first of them asks for it. */
export interface Scene {
  readonly rounds: number
  readonly secret: string
  readonly dataDir: string
  settings (): Promise<ServerSettings>
  /** Another database on the same server. */
  createDatabase: DatabaseServer['create']
  /** Stopped by whoever starts it. */
  start (name: ServerName, settings?: ServerSettings): Promise<BenchServer>
  close (): Promise<void>
}

const SECRET = 'bench-secret-0123456789-0123456789-abcdef'

export async function openScene ({ databaseUrl, rounds, profileDir }: SceneOptions): Promise<Scene> {
  const dataDir = await mkdtemp(join(tmpdir(), 'inv-bench-data-'))
  let opening: Promise<DatabaseServer> | undefined
  let filling: Promise<BenchDatabase> | undefined
  const createDatabase: DatabaseServer['create'] = async (name, fill) => {
    opening ??= openServer(databaseUrl)
    return (await opening).create(name, fill)
  }
  const settings = async () => {
    filling ??= createDatabase('attempts', fillDatabase)
    return { databaseUrl: (await filling).url, dataDir, secret: SECRET }
  }
  return {
    rounds,
    secret: SECRET,
    dataDir,
    settings,
    createDatabase,
    start: async (name, own) => startServer(name, own ?? await settings(), profileDir),
    async close () {
      await (await opening)?.leave()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
