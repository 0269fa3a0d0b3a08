import { compareServers } from './measure/compare-servers.ts'
import type { Finding } from './measure/finding.ts'
import { ATTEMPTS, ownerOf } from './scene/fill.ts'
import type { Scene } from './scene/scene.ts'
import { signToken } from './scene/tokens.ts'

const CONNECTIONS = 32
const ATTEMPTS_EACH = 16
const PER_CONNECTION = 128

/** `GET attempt/{id}`: every connection polls attempts of its own, spread over the table, each as its learner. */
export default async function poll (scene: Scene): Promise<Finding[]> {
  const requests = await Promise.all(Array.from({ length: CONNECTIONS }, (_, connection) => listPolls(connection, scene.secret)))
  return compareServers(scene, { what: 'poll', aim: 0.8, load: { requests, perConnection: PER_CONNECTION } })
}

function listPolls (connection: number, secret: string) {
  const step = ATTEMPTS / (CONNECTIONS * ATTEMPTS_EACH)
  return Promise.all(Array.from({ length: ATTEMPTS_EACH }, async (_, place) => {
    const attempt = Math.floor((connection * ATTEMPTS_EACH + place) * step) + 1
    const headers = { authorization: `JWT ${await signToken(ownerOf(attempt), secret)}`, accept: 'application/json' }
    return { method: 'GET', path: `/api/edx_proctoring/v1/proctored_exam/attempt/${attempt}`, headers }
  }))
}
