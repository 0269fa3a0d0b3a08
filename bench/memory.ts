import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Finding } from './measure/finding.ts'
import { spreadOf } from './measure/statistics.ts'
import { writeConfig } from './scene/config.ts'
import { residentMemory, startProcess } from './scene/processes.ts'
import type { Scene } from './scene/scene.ts'

const STARTS = 3
const REST_MS = 5_000

/** Resident memory of a server that is ready and has nothing to do, beside the bare server's. */
export default async function memory (scene: Scene): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inv-bench-memory-'))
  try {
    const env = { INVIGIL_CONFIG: await writeConfig(folder, 'own.yaml', await scene.settings()), NODE_ENV: 'production' }
    const ours = await weigh(() => startProcess(env))
    const beside = await weigh(() => scene.start('bare'))
    return [{ what: 'memory at rest', unit: 'MiB', ours, beside, ratio: null, aim: null }]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function weigh (start: () => Promise<{ pid: number, stop: () => Promise<void> }>) {
  const sizes: number[] = []
  for (let round = 0; round < STARTS; round++) {
    const server = await start()
    await sleep(REST_MS)
    sizes.push(await residentMemory(server.pid))
    await server.stop()
  }
  return spreadOf(sizes)
}
