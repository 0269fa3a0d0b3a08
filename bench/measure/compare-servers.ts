import type { Scene } from '../scene/scene.ts'
import type { BenchServer } from '../scene/servers.ts'
import type { Finding } from './finding.ts'
import { sendLoad, type LoadOptions } from './load.ts'
import { compare, takeTurns, type Turns } from './rounds.ts'

export interface ServerComparison {
  what: string
  aim: number
  load: LoadOptions
}

/** More to be compared while both servers are warm. */
export type More = (invigil: BenchServer, bare: BenchServer, turns: Turns) => Promise<Finding[]>

const WARM_UP = 10

/** The same load on Invigil and on the bare server, in turns: requests per second, and processor time per request. */
export async function compareServers (scene: Scene, { what, aim, load }: ServerComparison, more: More = async () => []): Promise<Finding[]> {
  const invigil = await scene.start('invigil')
  const bare = await scene.start('bare')
  try {
    const pairs = await takeTurns(() => sendLoad(invigil, load), () => sendLoad(bare, load), { rounds: scene.rounds, warmUp: WARM_UP })
    return [
      { what: `${what}: requests per second`, unit: '1/s', ...compare(pairs, 'perSecond', 'more'), aim: { ratio: aim } },
      { what: `${what}: processor time of the server per request`, unit: 'µs', ...compare(pairs, 'cpuMicros', 'less'), aim: { ratio: aim } },
      ...await more(invigil, bare, { rounds: scene.rounds, warmUp: 1 }),
    ]
  } finally {
    await Promise.all([invigil.stop(), bare.stop()])
  }
}
