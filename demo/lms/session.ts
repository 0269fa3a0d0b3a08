import type {} from '@fastify/cookie'
import { createSecretKey } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { jwtVerify, SignJWT } from 'jose'
import type { Config } from '../../core/config/schema.ts'
import { COURSE } from './course.ts'
import { PEOPLE, type Person } from './people.ts'

export interface Sessions {
  tokenFor (person: Person): Promise<string>
  signIn (reply: FastifyReply, person: Person): Promise<void>
  signOut (reply: FastifyReply): void
  /** Who the request's cookies belong to. */
  whoIs (request: FastifyRequest): Promise<Person | null>
}

const LIFETIME = '30d'
const COOKIE = { path: '/', sameSite: 'lax' } as const

/** Signs people in the way the platform does: one token in two cookies, of which scripts can read the first only. */
export function createSessions ({ jwt, claims, cookies }: Config['auth']): Sessions {
  if (jwt.secret === null) throw new Error('The demo LMS signs people in with auth.jwt.secret, which is not set. Set it, or switch the demo off (demo.enabled: false).')
  const key = createSecretKey(jwt.secret, 'utf8')

  const tokenFor = (person: Person) => {
    const token = new SignJWT(claimsOf(person, claims)).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setExpirationTime(LIFETIME)
    if (jwt.issuer) token.setIssuer(jwt.issuer)
    if (jwt.audience) token.setAudience(jwt.audience)
    return token.sign(key)
  }

  return {
    tokenFor,
    async signIn (reply, person) {
      const [header, payload, signature = ''] = (await tokenFor(person)).split('.')
      reply.setCookie(cookies.header_payload, `${header}.${payload}`, COOKIE).setCookie(cookies.signature, signature, { ...COOKIE, httpOnly: true })
    },
    signOut (reply) {
      reply.clearCookie(cookies.header_payload, COOKIE).clearCookie(cookies.signature, COOKIE)
    },
    async whoIs (request) {
      const [headerPayload, signature] = [request.cookies[cookies.header_payload], request.cookies[cookies.signature]]
      if (!headerPayload || !signature) return null
      const verified = await jwtVerify(`${headerPayload}.${signature}`, key, { algorithms: ['HS256'] }).catch(() => null)
      return PEOPLE.find(person => person.id === verified?.payload[claims.user_id]) ?? null
    },
  }
}

function claimsOf (person: Person, names: Config['auth']['claims']): Record<string, unknown> {
  return {
    [names.user_id]: person.id,
    [names.username]: person.username,
    [names.email]: person.email,
    [names.name]: person.name,
    [names.staff]: person.role === 'platform' || person.role === 'operator',
    [names.active]: true,
    [names.course_staff]: person.role === 'instructor' ? [COURSE.id] : [],
  }
}
