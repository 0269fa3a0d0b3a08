import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { jwtVerify, type JWTPayload } from 'jose'
import { instructorPage, recordingPage, refusalPage } from '../pages/instructor-page.ts'
import type { State } from '../state.ts'
import type { Vendor } from '../vendor.ts'

const Params = Type.Object({ client: Type.String() })
const Query = Type.Object({ jwt: Type.String({ default: '' }) })
const Recording = Type.Object({ session: Type.String() })
const HTML = 'text/html; charset=utf-8'

/** The dashboard an instructor reaches by a signed link from Invigil, and the recordings that reviews point to. */
export function instructorRoutes (vendor: Vendor): FastifyPluginAsyncTypebox {
  const { state } = vendor
  return async app => {
    app.get('/api/v1/instructor/:client/', { schema: { params: Params, querystring: Query } }, async ({ params, query }, reply) => {
      reply.type(HTML)
      const claims = params.client === vendor.options.clientId ? await verify(vendor, query.jwt) : null
      return claims ? instructorPage(state, claims) : reply.code(403).send(refusalPage())
    })

    app.get('/recordings/:session', { schema: { params: Recording } }, async ({ params }, reply) => {
      const session = state.sessions.get(params.session)
      return reply.code(session ? 200 : 404).type(HTML).send(recordingPage(session))
    })
  }
}

/** Signed with our shared secret, by the client that the path names, still valid, and not opened before. */
async function verify ({ options, clock, state }: Vendor, jwt: string): Promise<JWTPayload | null> {
  const key = new TextEncoder().encode(options.clientSecret)
  const now = clock.now()
  const verified = await jwtVerify(jwt, key, { algorithms: ['HS256'], issuer: options.clientId, currentDate: now, requiredClaims: ['exp', 'jti', 'course_id'] })
    .catch(() => null)
  return verified && isFirstUse(state, verified.payload, now) ? verified.payload : null
}

/** Remembers a link until it would be refused anyway. */
function isFirstUse ({ usedLinks }: State, { jti = '', exp = 0 }: JWTPayload, now: Date): boolean {
  for (const [id, end] of usedLinks) if (end * 1000 <= now.getTime()) usedLinks.delete(id)
  if (usedLinks.has(jti)) return false
  usedLinks.set(jti, exp)
  return true
}
