import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { handOutCsrfToken, type CsrfCookieOptions } from '../http/csrf-cookie.ts'

/** Hands out the token that browsers send with every write, and the cookie it is compared with. */
const csrf: FastifyPluginAsyncTypebox<CsrfCookieOptions> = async (app, options) => {
  app.get('/csrf/api/v1/token', {
    config: { permission: 'public' },
    schema: {
      tags: ['transport'],
      summary: 'A token for X-CSRFToken',
      response: { 200: Type.Object({ csrfToken: Type.String() }) },
    },
  }, async (request, reply) => ({ csrfToken: handOutCsrfToken(request, reply, options) }))
}

export default csrf
