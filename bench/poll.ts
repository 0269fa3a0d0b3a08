import { compareServers } from './measure/compare-servers.ts'
import type { Finding } from './measure/finding.ts'
import type { Scene } from './scene/scene.ts'
import { listAttempts } from './scene/sittings.ts'

const ATTEMPTS_EACH = 16
const PER_CONNECTION = 48

/** `GET attempt/{id}`: every connection polls attempts of its own, each as its learner. */
export default async function poll (scene: Scene): Promise<Finding[]> {
  const sittings = await listAttempts(ATTEMPTS_EACH, scene.secret)
  const requests = sittings.map(own => own.map(sitting => ({ method: 'GET', ...sitting })))
  return compareServers(scene, { what: 'poll', aim: 0.8, load: { requests, perConnection: PER_CONNECTION } })
}
