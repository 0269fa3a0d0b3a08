import type { Scene } from '../scene/scene.ts'
import type { Finding } from './finding.ts'
import { sendLoad, type LoadOptions } from './load.ts'
import { compare, takeTurns } from './rounds.ts'

export interface ServerComparison {
  what: string
  aim: number
  load: LoadOptions
  /** Puts the table back as it was. */
  beforeRound?: () => Promise<void>
}

const WARM_UP = 4

/** The same load on Invigil and on the bare server, in turns: requests per second, and processor time per request. */
export async function compareServers (scene: Scene, { what, aim, load, beforeRound = async () => {} }: ServerComparison): Promise<Finding[]> {
  const invigil = await scene.start('invigil')
  const bare = await scene.start('bare')
  const side = (server: typeof bare) => async () => {
    await beforeRound()
    return sendLoad(server, load)
  }
  try {
    const pairs = await takeTurns(side(invigil), side(bare), { rounds: scene.rounds, warmUp: WARM_UP })
    return [
      { what: `${what}: requests per second`, unit: '1/s', ...compare(pairs, 'perSecond', 'more'), aim: { ratio: aim } },
      { what: `${what}: processor time of the server's process per request`, unit: 'µs', ...compare(pairs, 'cpuMicros', 'less'), aim: { ratio: aim } },
    ]
  } finally {
    await Promise.all([invigil.stop(), bare.stop()])
  }
}
