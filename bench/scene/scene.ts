import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type BenchDatabase } from './database.ts'
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
  database (): Promise<BenchDatabase>
  settings (): Promise<ServerSettings>
  /** Stopped by whoever starts it. */
  start (name: ServerName): Promise<BenchServer>
  close (): Promise<void>
}

const SECRET = 'bench-secret-0123456789-0123456789-abcdef'

export async function openScene ({ databaseUrl, rounds, profileDir }: SceneOptions): Promise<Scene> {
  const dataDir = await mkdtemp(join(tmpdir(), 'inv-bench-data-'))
  let opening: Promise<BenchDatabase> | undefined
  const database = () => {
    opening ??= openDatabase(databaseUrl)
    return opening
  }
  const settings = async () => ({ databaseUrl: (await database()).url, dataDir, secret: SECRET })
  return {
    rounds,
    secret: SECRET,
    database,
    settings,
    start: async name => startServer(name, await settings(), profileDir),
    async close () {
      await (await opening)?.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
