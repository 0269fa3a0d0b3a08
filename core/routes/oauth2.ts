import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { TOKEN_RATE } from '../http/rate-limits.ts'
import { decideTokenRequest } from '../http/token-request.ts'
import { VENDOR_TOKEN_SECONDS } from '../http/vendor-tokens.ts'

const RequestSchema = Type.Object({
  grant_type: Type.Optional(Type.String({ description: 'client_credentials' })),
  client_id: Type.Optional(Type.String()),
  client_secret: Type.Optional(Type.String()),
})
const TokenSchema = Type.Object({ access_token: Type.String(), token_type: Type.Literal('JWT'), expires_in: Type.Integer(), scope: Type.String() })
const RefusalSchema = Type.Object({ error: Type.String(), error_description: Type.String(), detail: Type.String() })

/** Where vendors get their tokens: OAuth2 client credentials (RFC 6749 §4.4), as a form or JSON, or with HTTP Basic. */
const oauth2: FastifyPluginAsyncTypebox = async app => {
  // some vendors write a slash at the end
  for (const url of ['/oauth2/access_token', '/oauth2/access_token/']) {
    app.post(url, {
      config: { permission: 'public', rateLimit: TOKEN_RATE, refuses: ['INV_BAD_CLIENT'] },
      // a body of the wrong shape gets the answer that OAuth2 asks for
      attachValidation: true,
      schema: {
        tags: ['transport'],
        summary: 'A token for a vendor',
        hide: url.endsWith('/'),
        body: RequestSchema,
        response: { 200: TokenSchema, 400: RefusalSchema, 401: RefusalSchema },
      },
    }, async (request, reply) => {
      const body = request.validationError ? null : request.body
      const decision = decideTokenRequest(app.vendorClients, body, request.headers.authorization)
      reply.header('pragma', 'no-cache')
      if ('status' in decision) {
        if (decision.status === 401) reply.header('www-authenticate', 'Basic realm="oauth2"')
        return reply.code(decision.status).header('invigil-error', decision.code).send(decision.body)
      }
      const token = await app.vendorTokens.issue(decision)
      return { access_token: token, token_type: 'JWT' as const, expires_in: VENDOR_TOKEN_SECONDS, scope: 'callbacks' }
    })
  }
}

export default oauth2
