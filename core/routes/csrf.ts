import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createCsrfToken, isUsableCsrfToken } from '../http/csrf-token.ts'

export interface CsrfRouteOptions {
  /** `auth.cookies.csrf` */
  cookieName: string
  /** `server.public_url` */
  publicUrl: string
}

/** Hands out the token that browsers send with every write, and the cookie it is compared with. */
const csrf: FastifyPluginAsyncTypebox<CsrfRouteOptions> = async (app, { cookieName, publicUrl }) => {
  const isSecure = publicUrl.startsWith('https://')
  app.get('/csrf/api/v1/token', {
    config: { permission: 'public' },
    schema: {
      tags: ['transport'],
      summary: 'A token for X-CSRFToken',
      response: { 200: Type.Object({ csrfToken: Type.String() }) },
    },
  }, async (request, reply) => {
    const present = request.cookies[cookieName]
    const csrfToken = isUsableCsrfToken(present) ? present : createCsrfToken()
    // front ends on other sites need SameSite=None, which browsers take with Secure only
    reply.setCookie(cookieName, csrfToken, { path: '/', sameSite: isSecure ? 'none' : 'lax', secure: isSecure, maxAge: 365 * 24 * 3600 })
    return { csrfToken }
  })
}

export default csrf
