import { createHmac, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { once } from 'node:events'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import t, { type Test } from 'tap'
import { assertProviderAccess } from '../../core/http/access.ts'
import { listVendorClients } from '../../core/http/vendor-clients.ts'
import { asUser, buildApp, CALLBACK_SECRETS, makeConfig, type AppParts } from './app.ts'

const TOKEN = '/oauth2/access_token'
const ACME_CALL = '/api/edx_proctoring/v1/proctored_exam/attempt/acme/reviewed'
const NATIVE_CALL = '/api/providers/acme/reviewed'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const GRANT = { grant_type: 'client_credentials', client_id: 'acme-client', client_secret: CALLBACK_SECRETS.acme }

/** An app whose callbacks answer who called and what was received; the last part but one of the path is the attempt's provider. */
function buildCallbacks (t: Test, parts: AppParts = {}) {
  return buildApp(t, {
    ...parts,
    routes: app => {
      for (const url of ['/api/edx_proctoring/v1/proctored_exam/attempt/:provider/reviewed', '/api/providers/:provider/reviewed']) {
        app.post<{ Params: { provider: string } }>(url, { config: { permission: 'vendor' } }, async request => {
          const caller = assertProviderAccess(request, request.params.provider)
          return { kind: caller.kind, body: request.body }
        })
      }
      app.get('/api/invigil/v1/for-users', { config: { permission: 'authenticated' } }, async () => 'users')
      app.get('/api/invigil/v1/for-owners', { config: { permission: 'owner' } }, async () => 'owners')
    },
  })
}

type App = Awaited<ReturnType<typeof buildCallbacks>>

async function getToken (app: App, fields: Record<string, string> = GRANT): Promise<string> {
  const { json } = await app.inject({ method: 'POST', url: TOKEN, payload: fields })
  return json().access_token
}

t.test('a vendor gets a token', async t => {
  const app = await buildCallbacks(t)
  const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` })
  const requests: [string, object, string | object][] = [
    ['as JSON', {}, GRANT],
    ['as a form', FORM, new URLSearchParams(GRANT).toString()],
    ['with HTTP Basic', { ...FORM, ...basic('acme-client', CALLBACK_SECRETS.acme) }, 'grant_type=client_credentials'],
    ['with HTTP Basic, form-encoded', { ...FORM, ...basic('acme%2Dclient', CALLBACK_SECRETS.acme) }, 'grant_type=client_credentials'],
    ['with fields nobody asked for', FORM, `${new URLSearchParams(GRANT)}&token_type=jwt&scope=everything`],
  ]
  for (const [title, headers, payload] of requests) {
    for (const url of [TOKEN, `${TOKEN}/`]) {
      const answer = await app.inject({ method: 'POST', url, headers: { ...headers }, payload })
      t.match(answer, { statusCode: 200, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } }, title)
      t.match(answer.json(), { access_token: String, token_type: 'JWT', expires_in: 3600, scope: 'callbacks' }, title)
    }
  }
  const token = await getToken(app)
  t.match(decodeProtectedHeader(token), { alg: 'HS256', kid: 'acme-client' })
  const { exp = 0, iat = 0, client_id: clientId } = decodeJwt(token)
  t.match({ seconds: exp - iat, clientId }, { seconds: 3600, clientId: 'acme-client' })
})

t.test('whoever cannot prove to be a vendor gets the refusal that OAuth2 asks for', async t => {
  const app = await buildCallbacks(t)
  const cases: [string, number, string, object][] = [
    ['a wrong secret', 401, 'invalid_client', { ...GRANT, client_secret: CALLBACK_SECRETS.globex }],
    ['an unknown client', 401, 'invalid_client', { ...GRANT, client_id: 'initech-client' }],
    ['a prototype for a client', 401, 'invalid_client', { ...GRANT, client_id: '__proto__' }],
    ['an empty secret', 401, 'invalid_client', { ...GRANT, client_id: 'initech', client_secret: '' }],
    ['no credentials', 400, 'invalid_request', { grant_type: 'client_credentials' }],
    ['no grant type', 400, 'invalid_request', { client_id: 'a', client_secret: 'b' }],
    ['another grant type', 400, 'unsupported_grant_type', { ...GRANT, grant_type: 'password' }],
    ['fields that are no texts', 400, 'invalid_request', { ...GRANT, client_secret: [1] }],
    ['no object', 400, 'invalid_request', [GRANT]],
  ]
  for (const [title, status, error, payload] of cases) {
    const answer = await app.inject({ method: 'POST', url: TOKEN, payload })
    t.equal(answer.statusCode, status, title)
    t.match(answer.json(), { error, error_description: String, detail: String }, title)
    t.equal(answer.headers['www-authenticate'] !== undefined, status === 401, title)
    t.equal(answer.headers['invigil-error'], status === 401 ? 'INV_BAD_CLIENT' : 'INV_BAD_REQUEST', title)
  }
  t.match(await app.inject({ method: 'POST', url: TOKEN, payload: '{', headers: { 'content-type': 'application/json' } }), { statusCode: 400 })
  t.match(await app.inject({ url: TOKEN }), { statusCode: 405, headers: { allow: 'POST' } })
})

t.test('a vendor\'s token opens callbacks of its own provider and nothing else', async t => {
  const app = await buildCallbacks(t)
  const headers = { authorization: `JWT ${await getToken(app)}` }
  const call = (url: string, extra = headers) => app.inject({ method: 'POST', url, headers: extra, payload: {} })
  t.match((await call(ACME_CALL)).json(), { kind: 'vendor' })
  t.match((await call(ACME_CALL, { authorization: headers.authorization.replace('JWT', 'Bearer') })).json(), { kind: 'vendor' })
  t.match(await call('/api/providers/globex/reviewed'), { statusCode: 403, headers: { 'invigil-error': 'INV_FORBIDDEN' } })
  t.equal((await app.inject({ url: '/api/invigil/v1/for-users', headers })).statusCode, 403)
  t.equal((await app.inject({ url: '/api/invigil/v1/for-owners', headers })).statusCode, 403)
})

t.test('callbacks are open to reviewers and staff, closed to others', async t => {
  const app = await buildCallbacks(t)
  const status = async (claims: object, url = NATIVE_CALL) => (await app.inject({ method: 'POST', url, headers: await asUser({ ...claims }), payload: {} })).statusCode
  t.equal(await status({ groups: ['acme_review'] }), 200)
  t.equal(await status({ administrator: true }), 200)
  t.equal(await status({ groups: ['globex_review', 'acme'] }), 403)
  t.equal(await status({ course_staff: ['course-v1:A+B+C'] }), 403)
  t.equal(await status({}), 403)
  t.equal((await app.inject({ method: 'POST', url: NATIVE_CALL, payload: {} })).statusCode, 401)
  t.equal((await app.inject({ method: 'POST', url: ACME_CALL, payload: {} })).statusCode, 403)
})

t.test('a vendor\'s token cannot be made or changed by others', async t => {
  const app = await buildCallbacks(t)
  const status = async (token: string) => (await app.inject({ method: 'POST', url: NATIVE_CALL, headers: { authorization: `JWT ${token}` }, payload: {} })).statusCode
  const token = await getToken(app)
  const [, payload, signature] = token.split('.')
  const header = (fields: object) => Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'invigil-vendor+jwt', kid: 'globex-client', ...fields })).toString('base64url')
  t.equal(await status(token), 200)
  t.equal(await status(`${header({})}.${payload}.${signature}`), 401, 'the header of another vendor')
  t.equal(await status(`${header({ kid: 'initech-client' })}.${payload}.${signature}`), 401, 'an unknown vendor')
  t.equal(await status(`${header({ kid: undefined })}.${payload}.${signature}`), 401, 'no vendor')
  t.equal(await status(`${header({ alg: 'none', kid: 'acme-client' })}.${payload}.`), 401, 'no signature')
  const ownSecret = new SignJWT({ client_id: 'acme-client' }).setProtectedHeader({ alg: 'HS256', typ: 'invigil-vendor+jwt', kid: 'acme-client' }).setExpirationTime('1h')
  t.equal(await status(await ownSecret.sign(new TextEncoder().encode(CALLBACK_SECRETS.acme))), 401, 'signed with the bare secret')
  const rotated = await buildCallbacks(t, { config: { providers: { enabled: { acme: { callback: { client_id: 'acme-client', client_secret: 'a-new-secret-0123456789' } } } } } })
  t.equal((await rotated.inject({ method: 'POST', url: NATIVE_CALL, headers: { authorization: `JWT ${token}` }, payload: {} })).statusCode, 401, 'a changed secret ends old tokens')
})

t.test('a retired provider\'s vendor may still sign in, one without credentials may not', async t => {
  const { providers } = makeConfig({ providers: { enabled: { old: { retired: true, callback: { client_id: 'old-client', client_secret: 'x'.repeat(16) } }, mock: { package: 'm' } } } })
  t.strictSame([...listVendorClients(providers.enabled).keys()], ['old-client'])
})

interface Signing { id?: string, timestamp?: number | string, secret?: string | Buffer, headers?: Record<string, string> }

/** The headers of Standard Webhooks for a body. */
function sign (body: string, { id = `msg_${randomUUID()}`, timestamp = Math.floor(Date.now() / 1000), secret = CALLBACK_SECRETS.acme, headers = {} }: Signing = {}): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}`, ...headers }
}

t.test('signed calls', async t => {
  const app = await buildCallbacks(t)
  const body = '{ "status":"passed", "text": "ünï",  "n": 1.0 }'
  const call = (headers: Record<string, string>, payload = body, url = NATIVE_CALL) => app.inject({ method: 'POST', url, headers, payload })

  t.test('are taken, byte for byte as they were signed', async t => {
    const answer = await call(sign(body))
    t.match(answer, { statusCode: 200 })
    t.strictSame(answer.json(), { kind: 'vendor', body: { status: 'passed', text: 'ünï', n: 1 } })
    t.equal((await call(sign(body, { headers: { 'webhook-client': 'acme-client' } }))).statusCode, 200)
    t.equal((await call(sign(''), '')).statusCode, 200, 'also without a body')
    const form = 'status=passed&x=%20'
    t.match((await call(sign(form, { headers: FORM }), form)).json(), { body: { status: 'passed', x: ' ' } })
  })

  t.test('are taken with one fitting signature of several', async t => {
    const headers = sign(body)
    t.equal((await call({ ...headers, 'webhook-signature': `v1,AAAA v1a,BBBB ${headers['webhook-signature']}` })).statusCode, 200)
  })

  t.test('with a secret in the form of Standard Webhooks', async t => {
    const key = Buffer.from('a key of thirty-two bytes or so..')
    const other = await buildCallbacks(t, { config: { providers: { enabled: { acme: { callback: { client_id: 'a', client_secret: `whsec_${key.toString('base64')}` } } } } } })
    t.equal((await other.inject({ method: 'POST', url: NATIVE_CALL, headers: sign(body, { secret: key }), payload: body })).statusCode, 200)
  })

  t.test('are refused when anything is wrong', async t => {
    const good = sign(body)
    const seconds = Math.floor(Date.now() / 1000)
    const cases: [string, Record<string, string>, string, RegExp][] = [
      ['another body', good, body.replace('passed', 'failed'), /no client's secret/],
      ['another id', { ...good, 'webhook-id': 'msg_other' }, body, /no client's secret/],
      ['another time', { ...good, 'webhook-timestamp': String(seconds - 1) }, body, /no client's secret/],
      ['another secret', sign(body, { secret: 'x' }), body, /no client's secret/],
      ['another client named', { ...good, 'webhook-client': 'globex-client' }, body, /no client's secret/],
      ['an unknown client named', { ...good, 'webhook-client': 'initech' }, body, /no client's secret/],
      ['no id', { ...good, 'webhook-id': '' }, body, /webhook-id/],
      ['an id with a dot, which could shift the time', { ...good, 'webhook-id': 'a.b' }, body, /webhook-id/],
      ['no time', { ...good, 'webhook-timestamp': '' }, body, /webhook-timestamp/],
      ['a time that is none', sign(body, { timestamp: 'soon' }), body, /webhook-timestamp/],
      ['too old', sign(body, { timestamp: seconds - 301 }), body, /5 minutes/],
      ['too early', sign(body, { timestamp: seconds + 302 }), body, /5 minutes/],
      ['no version that is known', { ...good, 'webhook-signature': 'v2,AAAA' }, body, /version v1/],
      ['too many signatures', { ...good, 'webhook-signature': `${'v1,AAAA '.repeat(10)}${good['webhook-signature']}` }, body, /version v1/],
      ['an empty signature', { ...good, 'webhook-signature': '' }, body, /version v1/],
    ]
    for (const [title, headers, payload, reason] of cases) {
      const answer = await call(headers, payload)
      t.match(answer, { statusCode: 401, headers: { 'invigil-error': 'INV_BAD_SIGNATURE' } }, title)
      t.match(answer.json().detail, reason, title)
    }
    t.match(await call(sign(body, { secret: 'x' }), body, ACME_CALL), { statusCode: 403, headers: { 'invigil-error': 'INV_BAD_SIGNATURE' } })
  })

  t.test('are taken once; a retry is signed anew', async t => {
    const headers = sign(body, { id: 'msg_once' })
    t.equal((await call(headers)).statusCode, 200)
    t.match((await call(headers)).json().detail, /received before/)
    t.equal((await call(sign(body, { id: 'msg_once', timestamp: Math.floor(Date.now() / 1000) - 2 }))).statusCode, 200)
  })

  t.test('are checked against a replay guard that others may share', async t => {
    const asked: [string, number][] = []
    const shared = await buildCallbacks(t, { auth: { replays: { remember: async (key, seconds) => { asked.push([key, seconds]); return false } } } })
    const headers = sign(body, { id: 'msg_1', timestamp: Math.floor(Date.now() / 1000) })
    t.equal((await shared.inject({ method: 'POST', url: NATIVE_CALL, headers, payload: body })).statusCode, 401)
    t.match(asked, [[`acme-client msg_1 ${headers['webhook-timestamp']}`, 600]])
  })

  t.test('open the callbacks of the signer\'s provider only', async t => {
    t.equal((await call(sign(body, { secret: CALLBACK_SECRETS.globex }))).statusCode, 403)
    t.equal((await call(sign(body, { secret: CALLBACK_SECRETS.globex }), body, '/api/providers/globex/reviewed')).statusCode, 200)
    t.equal((await app.inject({ url: '/api/invigil/v1/for-users', headers: sign('') })).statusCode, 401, 'other routes do not look at signatures')
  })

  t.test('a token in the header goes before a signature', async t => {
    t.equal((await call({ ...sign(body), authorization: 'JWT x' })).statusCode, 401)
  })

  t.test('may not be larger than any other body, and the refusal arrives', async t => {
    const large = `"${'x'.repeat(1024 * 1024)}"`
    t.match(await call(sign(large), large), { statusCode: 413, headers: { 'invigil-error': 'INV_TOO_LARGE' } })
    const socket = connect(Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port), '127.0.0.1')
    t.teardown(() => socket.destroy())
    await once(socket, 'connect')
    socket.on('error', () => {})
    const headers = Object.entries({ ...sign('x'), host: 'x', 'content-length': '3000000' }).map(([name, value]) => `${name}: ${value}`).join('\r\n')
    socket.write(`POST ${NATIVE_CALL} HTTP/1.1\r\n${headers}\r\n\r\n${'x'.repeat(2 * 1024 * 1024)}`)
    const [answer] = await once(socket, 'data')
    t.match(String(answer), /^HTTP\/1\.1 413/)
  })
})

t.test('the token endpoint turns away who asks too often', async t => {
  const app = await buildCallbacks(t)
  const ask = (remoteAddress: string) => app.inject({ method: 'POST', url: TOKEN, payload: { ...GRANT, client_secret: 'guess' }, remoteAddress })
  for (let count = 0; count < 60; count++) await ask('10.0.0.1')
  const answer = await ask('10.0.0.1')
  t.match(answer, { statusCode: 429, headers: { 'invigil-error': 'INV_TOO_MANY_REQUESTS', 'retry-after': String } })
  t.match(answer.json(), { code: 'INV_TOO_MANY_REQUESTS', detail: String })
  t.equal((await ask('10.0.0.2')).statusCode, 401, 'others are not affected')
  const headers = await asUser({ administrator: true })
  for (let count = 0; count < 200; count++) await app.inject({ url: '/api/invigil/v1/for-users', headers })
  t.equal((await app.inject({ url: '/api/invigil/v1/for-users', headers })).statusCode, 200, 'ordinary routes have no limit')
})
