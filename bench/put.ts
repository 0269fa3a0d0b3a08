import { compareServers } from './measure/compare-servers.ts'
import type { Finding } from './measure/finding.ts'
import { sendLoad } from './measure/load.ts'
import { compare, takeTurns } from './measure/rounds.ts'
import { CONNECTIONS, listAttempts, type Sitting } from './scene/sittings.ts'
import type { Scene } from './scene/scene.ts'

const ATTEMPTS_EACH = 8
const PASSES = 2
const PER_CONNECTION = ATTEMPTS_EACH * 2 * PASSES
const AIM = 0.5

/**
 * `PUT attempt/{id}`: every connection takes its own attempts to "ready to submit" and back, so that each request changes something, none
 * collides with another, and every round ends as it began. Neither change asks for effects.
 */
export default async function put (scene: Scene): Promise<Finding[]> {
  const sittings = await listAttempts(ATTEMPTS_EACH, scene.secret)
  const requests = sittings.map(own => [...own.map(sitting => change(sitting, 'stop')), ...own.map(sitting => change(sitting, 'start'))])
  const load = { requests, perConnection: PER_CONNECTION }
  return compareServers(scene, { what: 'status change', aim: AIM, load }, async (invigil, bare, turns) => {
    const pairs = await takeTurns(() => sendLoad(invigil, load), () => bare.run('change', CONNECTIONS * PER_CONNECTION), turns)
    return [{ what: 'status change over HTTP, beside the transaction without HTTP', unit: '1/s', ...compare(pairs, 'perSecond', 'more'), aim: { ratio: AIM } }]
  })
}

function change ({ path, headers }: Sitting, action: string) {
  return { method: 'PUT', path, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ action }) }
}
