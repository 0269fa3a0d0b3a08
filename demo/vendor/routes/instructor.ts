import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { jwtVerify, type JWTPayload } from 'jose'
import { instructorPage, refusalPage } from '../pages/instructor-page.ts'
import type { Vendor } from '../vendor.ts'

const Params = Type.Object({ client: Type.String() })
const Query = Type.Object({ jwt: Type.String({ default: '' }) })

/** The dashboard an instructor reaches by a signed link from Invigil. */
export function instructorRoutes (vendor: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.get('/api/v1/instructor/:client/', { schema: { params: Params, querystring: Query } }, async ({ params, query }, reply) => {
      reply.type('text/html; charset=utf-8')
      const claims = params.client === vendor.options.clientId ? await verify(vendor, query.jwt) : null
      return claims ? instructorPage(vendor.state, claims) : reply.code(403).send(refusalPage())
    })
  }
}

async function verify ({ options, clock }: Vendor, jwt: string): Promise<JWTPayload | null> {
  const key = new TextEncoder().encode(options.clientSecret)
  return jwtVerify(jwt, key, { algorithms: ['HS256'], issuer: options.clientId, currentDate: clock.now(), requiredClaims: ['exp', 'course_id'] })
    .then(({ payload }) => payload, () => null)
}
