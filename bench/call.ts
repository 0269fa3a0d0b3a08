import type { Finding } from './measure/finding.ts'
import { compare, takeTurns } from './measure/rounds.ts'
import { spreadOf } from './measure/statistics.ts'
import type { Scene } from './scene/scene.ts'

const CALLS = 2_000
const WARM_UP = 10

/** A provider's method through the guarded door, and the same called by hand: processor time of one process, which waits for nobody. */
export default async function call (scene: Scene): Promise<Finding[]> {
  const server = await scene.start('invigil')
  try {
    const pairs = await takeTurns(() => server.run('guarded', CALLS), () => server.run('direct', CALLS), { rounds: scene.rounds, warmUp: WARM_UP })
    const { ours, beside } = compare(pairs, 'cpuMicros', 'less')
    const added = spreadOf(pairs.map(([guarded, direct]) => (guarded.cpuMicros ?? 0) - (direct.cpuMicros ?? 0)))
    return [
      { what: 'provider call: processor time through the door', unit: 'µs', ours, beside, ratio: null, aim: null },
      { what: 'provider call: what the door adds', unit: 'µs', ours: added, beside: null, ratio: null, aim: { atMost: 20 } },
    ]
  } finally {
    await server.stop()
  }
}
