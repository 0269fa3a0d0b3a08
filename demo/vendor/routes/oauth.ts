import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { isSame } from '../tokens.ts'
import type { Vendor } from '../vendor.ts'

const Body = Type.Object({ grant_type: Type.String(), client_id: Type.String(), client_secret: Type.String() })

export function oauthRoutes ({ options, state, tokens }: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.post('/oauth2/access_token', { config: { operation: 'token' }, schema: { body: Body } }, async ({ body }, reply) => {
      const known = isSame(body.client_id, options.clientId) && isSame(body.client_secret, options.clientSecret)
      if (!known || body.grant_type !== 'client_credentials') return reply.code(401).send({ error: 'invalid_client' })
      const { token_seconds: seconds } = state.switches
      return { access_token: tokens.issue(seconds), token_type: 'JWT', expires_in: seconds }
    })
  }
}

/** Everything registered beneath needs `Authorization: JWT <token>`. */
export function requireToken (app: FastifyInstance, { tokens }: Vendor): void {
  app.addHook('onRequest', async (request, reply) => {
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ')
    if (scheme !== 'JWT' || !tokens.isValid(token)) return reply.code(401).send({ error: 'A valid access token is needed.' })
  })
}
