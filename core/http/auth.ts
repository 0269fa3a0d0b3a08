import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/schema.ts'
import { INV_BAD_CSRF } from '../errors.ts'
import type { Caller, UserCaller } from './caller.ts'
import { readCredentials } from './credentials.ts'
import { matchesCsrfToken } from './csrf-token.ts'
import { createIdentify } from './identify.ts'
import { createReplayGuard, createSignedCallVerifier, type ReplayGuard, type VerifySignedCall } from './signed-calls.ts'
import { createTokenCache } from './token-cache.ts'
import { createUserTokenVerifier } from './user-tokens.ts'
import { listVendorClients, type VendorClients } from './vendor-clients.ts'
import { createVendorTokens, type VendorTokens } from './vendor-tokens.ts'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export interface AuthOptions {
  auth: Config['auth']
  /** Where vendors' callback credentials stand. */
  providers: Config['providers']['enabled']
  rememberUser (user: UserCaller): Promise<void>
  /** How many verified tokens are kept. */
  tokenCacheSize?: number
  /** Real time in milliseconds; tokens and signatures do not follow the demo clock. */
  now?: () => number
  replays?: ReplayGuard
}

/** Sets `request.caller`, or leaves it null when the request carries no credentials; calls back at once for a token seen before. */
export type Authenticate = (request: FastifyRequest, done: (error?: Error) => void, by?: CookiesBy) => void

/** Why cookies count although no header asks for them. A form proves its origin in a field, which is read later: see `assertFormOrigin`. */
export type CookiesBy = 'header' | 'navigation' | 'form'

/** The field of a form that stands for X-CSRFToken. */
export const CSRF_FIELD = 'csrf_token'

declare module 'fastify' {
  interface FastifyInstance {
    authenticate: Authenticate
    /** For a form that was posted: throws unless it was one of ours. */
    assertFormOrigin (request: FastifyRequest): void
    vendorClients: VendorClients
    vendorTokens: VendorTokens
    verifySignedCall: VerifySignedCall
  }
  interface FastifyRequest {
    /** Who sends this request; null before authentication, on public routes and for strangers. */
    caller: Caller | null
  }
}

/** Finds out who calls. It decorates only; which route needs whom is the business of `permissions`. */
const auth: FastifyPluginCallback<AuthOptions> = (app, options, done) => {
  const now = options.now ?? Date.now
  const clients = listVendorClients(options.providers)
  const vendorTokens = createVendorTokens(clients)
  app.decorate('vendorClients', clients)
  app.decorate('vendorTokens', vendorTokens)
  app.decorate('verifySignedCall', createSignedCallVerifier(clients, options.replays ?? createReplayGuard(), now))
  app.decorate('authenticate', createAuthenticate(options, vendorTokens, now))
  app.decorate('assertFormOrigin', request => assertFormOrigin(request, options.auth.cookies))
  app.decorateRequest('caller', null)
  done()
}

export default fp(auth, { name: 'auth', dependencies: ['@fastify/cookie'] })

function createAuthenticate ({ auth, rememberUser, tokenCacheSize = 10_000 }: AuthOptions, vendorTokens: VendorTokens, now: () => number): Authenticate {
  const identify = createIdentify({ verifyUserToken: createUserTokenVerifier(auth.jwt), vendorTokens, claimNames: auth.claims, rememberUser })
  const tokens = createTokenCache({ max: tokenCacheSize, now, identify })

  return (request, done, by = 'header') => {
    const credentials = readCredentials(request, auth.cookies, by !== 'header')
    if (credentials === null) return done()
    if (credentials.byCookie && by !== 'form' && !SAFE_METHODS.has(request.method) && !provesOrigin(request, auth.cookies.csrf)) {
      return done(new INV_BAD_CSRF(auth.cookies.csrf))
    }
    const known = tokens.peek(credentials.token)
    if (known !== undefined) {
      request.caller = known
      return done()
    }
    tokens.load(credentials.token).then(caller => {
      request.caller = caller
      done()
    }, done)
  }
}

function provesOrigin (request: FastifyRequest, cookieName: string): boolean {
  return matchesCsrfToken(request.headers['x-csrftoken'], request.cookies[cookieName])
}

function assertFormOrigin (request: FastifyRequest, cookies: Config['auth']['cookies']): void {
  const { body } = request
  const field: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, CSRF_FIELD) : undefined
  const isOurs = readCredentials(request, cookies, true)?.byCookie !== true || provesOrigin(request, cookies.csrf) || matchesCsrfToken(field, request.cookies[cookies.csrf])
  if (!isOurs) throw new INV_BAD_CSRF(cookies.csrf)
}
