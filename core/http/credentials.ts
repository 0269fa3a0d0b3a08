import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config/schema.ts'

export type CookieNames = Config['auth']['cookies']

/** A token as it came. Cookies are sent by browsers unasked, so a write that relies on them must prove its origin. */
export interface Credentials { token: string, byCookie: boolean }

// the two schemes in the spelling everybody uses, told apart without a regular expression
const SCHEMES = ['JWT ', 'Bearer ']

/**
 * The token of a request: from `Authorization: JWT|Bearer`, else from the platform's split cookies. Cookies count when the caller asks
 * for it with the header USE-JWT-COOKIE, which no foreign page can send, or where the route is opened by the browser itself.
 */
export function readCredentials (request: FastifyRequest, names: CookieNames, byNavigation: boolean): Credentials | null {
  const { headers } = request
  const token = headers.authorization === undefined ? null : readToken(headers.authorization)
  if (token !== null) return { token, byCookie: false }
  if (headers['use-jwt-cookie'] === undefined && !byNavigation) return null
  const [payload, signature] = [request.cookies[names.header_payload], request.cookies[names.signature]]
  return payload && signature ? { token: `${payload}.${signature}`, byCookie: true } : null
}

function readToken (authorization: string): string | null {
  for (const scheme of SCHEMES) if (authorization.startsWith(scheme)) return authorization.slice(scheme.length)
  const [, token] = /^(?:jwt|bearer) +(\S+)$/i.exec(authorization) ?? []
  return token ?? null
}
