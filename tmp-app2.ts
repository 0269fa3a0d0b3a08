import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { SignJWT } from 'jose'
import { loadConfig } from './core/config/load.ts'
import auth from './core/http/auth.ts'
import bodyParsers from './core/http/body-parsers.ts'
import cors from './core/http/cors.ts'
import errors from './core/http/errors.ts'
import metrics from './core/http/metrics.ts'
import notFound from './core/http/not-found.ts'
import openapi from './core/http/openapi.ts'
import permissions from './core/http/permissions.ts'
import rateLimits from './core/http/rate-limits.ts'
import requestId from './core/http/request-id.ts'
import securityHeaders from './core/http/security-headers.ts'
import { buildServerOptions } from './core/http/server-options.ts'
import validator from './core/http/validator.ts'
import csrf from './core/routes/csrf.ts'
import health from './core/routes/health.ts'
import oauth2 from './core/routes/oauth2.ts'
import { assertOwner } from './core/http/access.ts'
import { Type } from 'typebox'

const mode = process.argv[2]
const has = (x: string) => mode === 'full' || mode?.split(',').includes(x)
const config = await loadConfig({ env: {}, cwd: process.cwd() })
const app = Fastify(mode === 'bare' ? {} : { ...buildServerOptions(config) })
if (has('errors')) await app.register(errors)
if (has('rid')) await app.register(requestId)
if (has('sec')) await app.register(securityHeaders, { publicUrl: config.server.public_url, frameAncestors: config.server.cors_origins })
if (has('cors')) await app.register(cors, { origins: ['https://a.example.org', 'https://b.example.org'] })
if (has('cookie')) await app.register(cookie)
if (has('body')) await app.register(bodyParsers)
if (has('val')) await app.register(validator)
if (has('rl')) await app.register(rateLimits)
if (has('auth')) await app.register(auth, { auth: config.auth, providers: config.providers.enabled, rememberUser: async () => {} })
if (has('perm')) await app.register(permissions, { isCourseStaff: async () => false })
if (has('openapi')) await app.register(openapi, { version: '1.0.0', publicUrl: config.server.public_url, cookieName: config.auth.cookies.header_payload })
if (has('emptyresp')) app.addHook('onResponse', (_a, _b, n) => n())
if (has('metrics')) await app.register(metrics, { token: null, processMetrics: true })
if (has('nf')) await app.register(notFound)
if (mode === 'full') {
  await app.register(csrf, { cookieName: config.auth.cookies.csrf, publicUrl: config.server.public_url })
  await app.register(oauth2); await app.register(health, { checks: {} })
}
const own = has('perm')
const id = has('val') ? Type.Integer() : { type: 'integer' }
app.get('/api/edx_proctoring/v1/proctored_exam/attempt/:attemptId', { config: { permission: 'owner' },
  schema: { params: Type.Object({ attemptId: Type.Integer() }), response: { 200: { type: 'object', properties: { id: { type: 'integer' }, status: { type: 'string' } } } } } }, async request => {
  if (own) assertOwner(request, 7)
  return { id: 5, status: 'started' }
})
await app.listen({ port: Number(process.argv[3]) })

const token = await new SignJWT({ user_id: 7, preferred_username: 'ada', email: 'a@b.c', name: 'Ada Lovelace', administrator: false, version: '1.2.0', scopes: ['user_id', 'email', 'profile'], filters: ['user:me'], is_restricted: false, email_verified: true, roles: [] }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').setIssuedAt().sign(new TextEncoder().encode(config.auth.jwt.secret!))
process.on('message', m => { if (m === 'cpu') { const c = process.cpuUsage(); process.send!(c.user + c.system) } })
process.send?.({ token })

async function bench (token: string) {
  const { IncomingMessage, ServerResponse } = await import('node:http')
  const { Socket } = await import('node:net')
  const N = 20000
  const one = () => new Promise<void>(resolve => {
    const req = new IncomingMessage(sock)
    req.method = 'GET'; req.url = '/api/edx_proctoring/v1/proctored_exam/attempt/41'; req.httpVersion = '1.1'; req.httpVersionMajor = 1; req.httpVersionMinor = 1
    req.rawHeaders = []
    req.headers = { host: 'x', connection: 'keep-alive', authorization: `JWT ${token}`.split('').join('') }
    req.push(null)
    const res = new ServerResponse(req)
    res.on('finish', resolve)
    res.assignSocket(sock)
    app.routing(req, res)
    if (res.writableFinished) resolve()
    res.on('finish', () => { res.detachSocket(sock) })
  })
  const { Writable } = await import('node:stream')
  class S extends Socket { override _write (_c: unknown, _e: unknown, cb: () => void) { cb() } override _writev (_c: unknown, cb: () => void) { cb() } }
  const sock = new S(); sock.setMaxListeners(0); sock._writableState && ((sock as any)._handle = { writev () {}, writeBuffer () {} }, 0)
  const times: number[] = []
  for (let r = 0; r < 12; r++) {
    const c = process.cpuUsage()
    for (let i = 0; i < N; i++) await one()
    const d = process.cpuUsage(c)
    times.push((d.user + d.system) / N)
  }
  console.log(mode!.padEnd(40), 'min', Math.min(...times).toFixed(2), 'med', times.toSorted((a, b) => a - b)[6]!.toFixed(2))
  await app.close(); process.exit()
}
