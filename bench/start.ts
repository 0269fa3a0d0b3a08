import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from './measure/finding.ts'
import { spreadOf } from './measure/statistics.ts'
import { writeConfig } from './scene/config.ts'
import { startProcess } from './scene/processes.ts'
import type { Scene } from './scene/scene.ts'

const STARTS = 7
const AIM_MS = 2_000

/** From `node core/server.ts` to the first good answer of `/health/ready`. The very first start, which migrates and bundles, is not counted. */
export default async function start (scene: Scene): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inv-bench-start-'))
  try {
    const settings = await scene.settings()
    const own = await writeConfig(folder, 'own.yaml', settings)
    const embedded = await writeConfig(folder, 'embedded.yaml', { ...settings, databaseUrl: null, dataDir: join(folder, 'data') })
    return [
      await time('start: to ready, database running', { INVIGIL_CONFIG: own, NODE_ENV: 'production' }),
      await time('start: to ready, embedded database started too', { INVIGIL_CONFIG: embedded }),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function time (what: string, env: Record<string, string>): Promise<Finding> {
  const times: number[] = []
  for (let round = -1; round < STARTS; round++) {
    const server = await startProcess(env)
    await server.stop()
    if (round >= 0) times.push(server.readyMs)
  }
  return { what, unit: 'ms', ours: spreadOf(times), beside: null, ratio: null, aim: { atMost: AIM_MS } }
}
