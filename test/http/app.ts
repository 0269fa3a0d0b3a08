import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import { SignJWT, type JWTPayload } from 'jose'
import type { Test } from 'tap'
import { buildConfig } from '../../core/config/load.ts'
import type { Config } from '../../core/config/schema.ts'
import auth, { type AuthOptions } from '../../core/http/auth.ts'
import bodyParsers from '../../core/http/body-parsers.ts'
import cors from '../../core/http/cors.ts'
import errors from '../../core/http/errors.ts'
import metrics, { type MetricsOptions } from '../../core/http/metrics.ts'
import notFound from '../../core/http/not-found.ts'
import openapi from '../../core/http/openapi.ts'
import permissions, { type PermissionsOptions } from '../../core/http/permissions.ts'
import rateLimits from '../../core/http/rate-limits.ts'
import requestId from '../../core/http/request-id.ts'
import securityHeaders from '../../core/http/security-headers.ts'
import { buildServerOptions } from '../../core/http/server-options.ts'
import validator from '../../core/http/validator.ts'
import csrf from '../../core/routes/csrf.ts'
import health, { type HealthRouteOptions } from '../../core/routes/health.ts'
import oauth2 from '../../core/routes/oauth2.ts'

export const JWT_SECRET = 'a-secret-shared-with-the-platform-0123456789'
export const CALLBACK_SECRETS = { acme: 'acme-callback-secret-0123456789', globex: 'globex-callback-secret-0123456789' }

export interface AppParts {
  /** Laid over a configuration with a shared secret and two vendors. */
  config?: Record<string, unknown>
  auth?: Partial<AuthOptions>
  isCourseStaff?: PermissionsOptions['isCourseStaff']
  metrics?: Partial<MetricsOptions>
  checks?: HealthRouteOptions['checks']
  log?: { level: string, stream: { write (line: string): void } }
  /** Routes under test; registered where an app's routes are. */
  routes?: (app: ReturnType<typeof createServerOf>) => void | Promise<void>
}

export function makeConfig (overrides: Record<string, unknown> = {}): Config {
  const vendor = (name: keyof typeof CALLBACK_SECRETS) => ({ package: 'x', callback: { client_id: `${name}-client`, client_secret: CALLBACK_SECRETS[name] } })
  const tree = { auth: { jwt: { secret: JWT_SECRET } }, providers: { enabled: { acme: vendor('acme'), globex: vendor('globex') } }, ...overrides }
  const { config, faults } = buildConfig(tree, {})
  if (!config || faults.length > 0) throw new Error(JSON.stringify(faults))
  return config
}

function createServerOf (config: Config, log: AppParts['log']) {
  return Fastify({ ...buildServerOptions(config), ...log ? { logger: log } : {} }).withTypeProvider<TypeBoxTypeProvider>()
}

/** The real plugins in the order that app.ts has them. */
export async function buildApp (t: Test, parts: AppParts = {}) {
  const config = makeConfig(parts.config)
  const app = createServerOf(config, parts.log)
  t.teardown(() => app.close())
  await app.register(errors)
  await app.register(requestId)
  await app.register(securityHeaders, { publicUrl: config.server.public_url, frameAncestors: config.server.cors_origins })
  await app.register(cors, { origins: config.server.cors_origins })
  await app.register(cookie)
  await app.register(bodyParsers)
  await app.register(validator)
  await app.register(rateLimits)
  await app.register(auth, { auth: config.auth, providers: config.providers.enabled, rememberUser: async () => {}, ...parts.auth })
  await app.register(permissions, { isCourseStaff: parts.isCourseStaff ?? (async () => false) })
  await app.register(metrics, { token: config.server.metrics_token, ...parts.metrics })
  await app.register(openapi, { version: '1.0.0', publicUrl: config.server.public_url, cookieName: config.auth.cookies.header_payload })
  await app.register(notFound)
  await app.register(csrf, { cookieName: config.auth.cookies.csrf, publicUrl: config.server.public_url })
  await app.register(oauth2)
  await app.register(health, { checks: parts.checks ?? {} })
  await parts.routes?.(app)
  await app.ready()
  return app
}

export const ADA = { user_id: 101, preferred_username: 'ada', email: 'ada@example.org', name: 'Ada Lovelace' }

export interface SignOptions { alg?: string, key?: Parameters<SignJWT['sign']>[0], kid?: string, typ?: string, expiresIn?: string | null }

/** A platform token as a header value. */
export async function signToken (claims: JWTPayload = ADA, { alg = 'HS256', key = new TextEncoder().encode(JWT_SECRET), kid, typ, expiresIn = '1h' }: SignOptions = {}): Promise<string> {
  const jwt = new SignJWT(claims).setProtectedHeader({ alg, ...kid ? { kid } : {}, ...typ ? { typ } : {} })
  if (expiresIn !== null) jwt.setExpirationTime(expiresIn)
  return jwt.sign(key)
}

export async function asUser (claims: JWTPayload = {}, options?: SignOptions): Promise<{ authorization: string }> {
  return { authorization: `JWT ${await signToken({ ...ADA, ...claims }, options)}` }
}

/** A JSON document on a port of loopback. */
export async function serveJson (t: Test, answer: () => unknown): Promise<{ url: string, hits: () => number, server: Server }> {
  let hits = 0
  const server = createServer((_request, response) => {
    hits++
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.closeAllConnections(); server.close() })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}/jwks.json`, hits: () => hits, server }
}
