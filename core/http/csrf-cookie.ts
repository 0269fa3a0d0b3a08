import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createCsrfToken, isUsableCsrfToken } from './csrf-token.ts'

export interface CsrfCookieOptions {
  /** `auth.cookies.csrf` */
  cookieName: string
  /** `server.public_url` */
  publicUrl: string
}

const YEAR_SECONDS = 365 * 24 * 3600

/** The token of a browser, a new one where it has none, and the cookie it is compared with. */
export function handOutCsrfToken (request: FastifyRequest, reply: FastifyReply, { cookieName, publicUrl }: CsrfCookieOptions): string {
  const present = request.cookies[cookieName]
  const token = isUsableCsrfToken(present) ? present : createCsrfToken()
  const isSecure = publicUrl.startsWith('https://')
  // front ends on other sites need SameSite=None, which browsers take with Secure only
  reply.setCookie(cookieName, token, { path: '/', sameSite: isSecure ? 'none' : 'lax', secure: isSecure, maxAge: YEAR_SECONDS })
  return token
}
