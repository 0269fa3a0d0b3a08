import { compareServers } from './measure/compare-servers.ts'
import type { Finding } from './measure/finding.ts'
import { listAttempts, type Sitting } from './scene/sittings.ts'
import type { Scene } from './scene/scene.ts'

const ATTEMPTS_EACH = 8
const PASSES = 4

/**
 * `PUT attempt/{id}`: every connection takes its own attempts to "ready to submit" and back, so that each request changes something, none
 * collides with another, and every round ends as it began. Neither change asks for effects.
 */
export default async function put (scene: Scene): Promise<Finding[]> {
  const sittings = await listAttempts(ATTEMPTS_EACH, scene.secret)
  const requests = sittings.map(own => [...own.map(sitting => change(sitting, 'stop')), ...own.map(sitting => change(sitting, 'start'))])
  return compareServers(scene, { what: 'status change', aim: 0.5, load: { requests, perConnection: ATTEMPTS_EACH * 2 * PASSES } })
}

const change = ({ path, headers }: Sitting, action: string) => ({ method: 'PUT', path, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ action }) })
