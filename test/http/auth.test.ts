import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { exportJWK, generateKeyPair } from 'jose'
import t, { type Test } from 'tap'
import { getUser } from '../../core/http/access.ts'
import type { UserCaller } from '../../core/http/caller.ts'
import { createCsrfToken } from '../../core/http/csrf-token.ts'
import { ADA, asUser, buildApp, JWT_SECRET, serveJson, signToken, type AppParts } from './app.ts'

const ME = '/api/invigil/v1/me'
const OLD = '/api/edx_proctoring/v1/me'

/** An app that tells callers who they are; sets are shown as lists. */
function buildWhoAmI (t: Test, parts: AppParts = {}) {
  return buildApp(t, {
    ...parts,
    routes: app => {
      for (const url of [ME, OLD]) {
        app.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url, config: { permission: 'authenticated' }, handler: async request => show(getUser(request)) })
      }
      app.get('/page', { config: { permission: 'authenticated', browserNavigation: true } }, async request => show(getUser(request)))
      app.post('/page', { config: { permission: 'authenticated', browserNavigation: true } }, async request => show(getUser(request)))
    },
  })
}

const show = ({ courseStaff, groups, permissions, ...user }: UserCaller) =>
  ({ ...user, courseStaff: [...courseStaff], groups: [...groups], permissions: permissions === 'unknown' ? permissions : [...permissions] })

async function cookiesOf (csrf?: string) {
  const [header, payload, signature] = (await signToken()).split('.')
  return { 'edx-jwt-cookie-header-payload': `${header}.${payload}`, 'edx-jwt-cookie-signature': signature ?? '', ...csrf ? { csrftoken: csrf } : {} }
}

t.test('a token is taken with JWT and with Bearer, in any case', async t => {
  const app = await buildWhoAmI(t)
  const token = await signToken()
  for (const scheme of ['JWT', 'Bearer', 'jwt', 'BEARER', 'bearer']) {
    const { statusCode, json } = await app.inject({ url: ME, headers: { authorization: `${scheme} ${token}` } })
    t.equal(statusCode, 200, scheme)
    t.match(json(), { kind: 'user', userId: 101, username: 'ada', email: 'ada@example.org', name: 'Ada Lovelace', isStaff: false, isActive: true, permissions: 'unknown' })
  }
})

t.test('claims are read by the names of the configuration', async t => {
  const app = await buildWhoAmI(t, {
    config: { auth: { jwt: { secret: JWT_SECRET }, claims: { user_id: 'uid', username: 'login', staff: 'realm.admin', groups: 'realm.groups', permissions: 'can' } } },
  })
  const claims = { uid: '77', login: 'grace', is_active: false, course_staff: ['course-v1:A+B+C', 5], realm: { admin: true, groups: ['acme_review'] }, can: [] }
  const { json } = await app.inject({ url: ME, headers: { authorization: `JWT ${await signToken(claims)}` } })
  t.strictSame(json(), {
    kind: 'user', userId: 77, username: 'grace', email: '', name: '', isStaff: true, isActive: false, courseStaff: ['course-v1:A+B+C'], groups: ['acme_review'], permissions: [],
  })
})

t.test('only the flag true makes staff', async t => {
  const app = await buildWhoAmI(t)
  for (const administrator of ['true', 1, {}, null]) {
    t.equal((await app.inject({ url: ME, headers: await asUser({ administrator }) })).json().isStaff, false, JSON.stringify(administrator))
  }
})

t.test('a stranger is 401, and 403 on the old paths', async t => {
  const app = await buildWhoAmI(t)
  const native = await app.inject({ url: ME })
  t.match(native, { statusCode: 401, headers: { 'invigil-error': 'INV_UNAUTHENTICATED', 'www-authenticate': 'JWT realm="api"' } })
  t.match(native.json(), { code: 'INV_UNAUTHENTICATED', detail: String })
  const old = await app.inject({ url: OLD })
  t.match(old, { statusCode: 403, headers: { 'invigil-error': 'INV_UNAUTHENTICATED', 'www-authenticate': undefined } })
  t.strictSame(Object.keys(old.json()), ['detail'])
})

t.test('a token that proves nothing is refused with the reason', async t => {
  const app = await buildWhoAmI(t, { config: { auth: { jwt: { secret: JWT_SECRET, issuer: 'lms', audience: 'exams' } } } })
  const good = { ...ADA, iss: 'lms', aud: 'exams' }
  const [header, , signature] = (await signToken(good)).split('.')
  const forged = `${header}.${Buffer.from(JSON.stringify({ ...good, administrator: true, exp: 4102444800 })).toString('base64url')}.${signature}`
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(good)).toString('base64url')}.`
  const cases: [string, string, RegExp][] = [
    ['not a token', 'not-a-token', /cannot be read/],
    ['three words', 'a.b.c', /cannot be read/],
    ['no signature at all', none, /signed in a way/],
    ['forged claims', forged, /signature is wrong/],
    ['another secret', await signToken(good, { key: new TextEncoder().encode('another-secret-another-secret-0123') }), /signature is wrong/],
    ['an algorithm that is not listed', await signToken(good, { alg: 'HS512' }), /signed in a way/],
    ['RS256 without a key set', await signToken(good, { alg: 'RS256', key: (await generateKeyPair('RS256')).privateKey }), /signed in a way/],
    ['expired', await signToken(good, { expiresIn: '-1m' }), /has expired/],
    ['never expires', await signToken(good, { expiresIn: null }), /claim "exp"/],
    ['another issuer', await signToken({ ...good, iss: 'other' }), /claim "iss"/],
    ['another audience', await signToken({ ...good, aud: ['x', 'y'] }), /claim "aud"/],
    ['no audience', await signToken({ ...ADA, iss: 'lms' }), /claim "aud"/],
    ['not valid yet', await signToken({ ...good, nbf: 4102444800 }), /claim "nbf"/],
    ['no user', await signToken({ iss: 'lms', aud: 'exams' }), /claim "user_id"/],
    ['a user id that is none', await signToken({ ...good, user_id: '1 or 1=1' }), /claim "user_id"/],
    ['user id zero', await signToken({ ...good, user_id: 0 }), /claim "user_id"/],
    ['no user name', await signToken({ ...good, preferred_username: '' }), /claim "preferred_username"/],
  ]
  for (const [title, token, reason] of cases) {
    const { statusCode, json } = await app.inject({ url: ME, headers: { authorization: `JWT ${token}` } })
    t.equal(statusCode, 401, title)
    t.match(json().detail, reason, title)
  }
  t.equal((await app.inject({ url: ME, headers: { authorization: `JWT ${await signToken(good)}` } })).statusCode, 200)
  t.equal((await app.inject({ url: ME, headers: { authorization: 'Basic YTpi' } })).statusCode, 401, 'another scheme is no token')
})

t.test('keys of the platform\'s key set', async t => {
  const pairs = { RS256: await generateKeyPair('RS256', { extractable: true }), RS512: await generateKeyPair('RS512', { extractable: true }) }
  const jwk = async (alg: keyof typeof pairs, extra: object) => ({ ...await exportJWK(pairs[alg].publicKey), use: 'sig', ...extra })
  const ids = { RS256: randomUUID(), RS512: randomUUID() }

  t.test('RS256 and RS512 are verified, and the set is fetched once', async t => {
    const keys = [await jwk('RS256', { kid: ids.RS256 }), await jwk('RS512', { kid: ids.RS512 })]
    const jwks = await serveJson(t, () => ({ keys }))
    const app = await buildWhoAmI(t, { config: { auth: { jwt: { jwks_url: jwks.url } } } })
    for (const alg of ['RS256', 'RS512'] as const) {
      for (const kid of [ids[alg], undefined]) {
        const headers = await asUser({ jti: randomUUID() }, { alg, key: pairs[alg].privateKey, ...kid ? { kid } : {} })
        t.equal((await app.inject({ url: ME, headers })).statusCode, 200, `${alg} ${kid ? 'with' : 'without'} kid`)
      }
    }
    t.equal(jwks.hits(), 1)
  })

  t.test('a key that is not published, and a signature of another key, are refused', async t => {
    const keys = [await jwk('RS256', { kid: ids.RS256 }), await jwk('RS512', { kid: ids.RS512 })]
    const jwks = await serveJson(t, () => ({ keys }))
    const app = await buildWhoAmI(t, { config: { auth: { jwt: { jwks_url: jwks.url } } } })
    const { privateKey: stranger } = await generateKeyPair('RS256')
    const ask = async (options: Parameters<typeof asUser>[1]) => (await app.inject({ url: ME, headers: await asUser({}, options) })).json().detail
    t.match(await ask({ alg: 'RS256', key: stranger, kid: randomUUID() }), /does not publish/)
    t.match(await ask({ alg: 'RS256', key: stranger, kid: ids.RS256 }), /signature is wrong/)
    t.match(await ask({ alg: 'RS256', key: stranger }), /signature is wrong/)
  })

  t.test('a public key is no shared secret', async t => {
    const key = await jwk('RS256', { kid: ids.RS256 })
    const jwks = await serveJson(t, () => ({ keys: [key] }))
    const app = await buildWhoAmI(t, { config: { auth: { jwt: { jwks_url: jwks.url } } } })
    const headers = await asUser({}, { alg: 'HS256', kid: ids.RS256, key: new TextEncoder().encode(JSON.stringify(key)) })
    t.match((await app.inject({ url: ME, headers })).json().detail, /signed in a way/)
  })

  t.test('a key set that cannot be read is 503, and tokens known already still work', async t => {
    const keys = [await jwk('RS256', { kid: ids.RS256 })]
    const jwks = await serveJson(t, () => ({ keys }))
    const config = { auth: { jwt: { jwks_url: jwks.url } } }
    const app = await buildWhoAmI(t, { config })
    const headers = await asUser({}, { alg: 'RS256', key: pairs.RS256.privateKey, kid: ids.RS256 })
    t.equal((await app.inject({ url: ME, headers })).statusCode, 200)
    jwks.server.closeAllConnections()
    jwks.server.close()
    await once(jwks.server, 'close')
    t.equal((await app.inject({ url: ME, headers })).statusCode, 200)
    const fresh = await buildWhoAmI(t, { config })
    const answer = await fresh.inject({ url: OLD, headers })
    t.match(answer, { statusCode: 503, headers: { 'invigil-error': 'INV_IDENTITY_UNAVAILABLE' } })
  })
})

t.test('split cookies', async t => {
  const app = await buildWhoAmI(t)
  const asked = { 'use-jwt-cookie': 'true' }
  const csrf = createCsrfToken()

  t.test('are taken when the caller asks for it', async t => {
    const { statusCode, json } = await app.inject({ url: ME, cookies: await cookiesOf(), headers: asked })
    t.match({ statusCode, username: json().username }, { statusCode: 200, username: 'ada' })
  })

  t.test('are not looked at otherwise', async t => {
    t.equal((await app.inject({ url: ME, cookies: await cookiesOf() })).statusCode, 401)
    t.equal((await app.inject({ url: OLD, cookies: await cookiesOf() })).statusCode, 403)
  })

  t.test('one half is nothing', async t => {
    const { 'edx-jwt-cookie-signature': _, ...half } = await cookiesOf()
    t.equal((await app.inject({ url: ME, cookies: half, headers: asked })).statusCode, 401)
  })

  t.test('the header comes first', async t => {
    const { json } = await app.inject({ url: ME, cookies: await cookiesOf(), headers: { ...asked, ...await asUser({ preferred_username: 'grace' }) } })
    t.equal(json().username, 'grace')
  })

  t.test('writes need the CSRF token, reads and tokens in the header do not', async t => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const write = async (headers: Record<string, string>, cookie: string | undefined) => app.inject({ method, url: OLD, cookies: await cookiesOf(cookie), headers: { ...asked, ...headers } })
      t.match(await write({}, csrf), { statusCode: 403, headers: { 'invigil-error': 'INV_BAD_CSRF' } }, `${method} without the header`)
      t.equal((await write({ 'x-csrftoken': csrf }, undefined)).statusCode, 403, `${method} without the cookie`)
      t.equal((await write({ 'x-csrftoken': createCsrfToken() }, csrf)).statusCode, 403, `${method} with another token`)
      t.equal((await write({ 'x-csrftoken': '' }, '')).statusCode, 403, `${method} with nothing on both sides`)
      t.equal((await write({ 'x-csrftoken': csrf }, csrf)).statusCode, 200, `${method} with the token`)
      t.equal((await app.inject({ method, url: OLD, headers: await asUser() })).statusCode, 200, `${method} with the header`)
    }
  })

  t.test('a page that the browser opens by itself takes them for reading only', async t => {
    t.equal((await app.inject({ url: '/page', cookies: await cookiesOf() })).statusCode, 200)
    t.equal((await app.inject({ method: 'HEAD', url: '/page', cookies: await cookiesOf() })).statusCode, 200)
    t.equal((await app.inject({ method: 'POST', url: '/page', cookies: await cookiesOf(csrf), headers: { 'x-csrftoken': csrf } })).statusCode, 401)
  })

  t.test('have the names of the configuration', async t => {
    const [header, payload, signature] = (await signToken()).split('.')
    const other = await buildWhoAmI(t, { config: { auth: { jwt: { secret: JWT_SECRET }, cookies: { header_payload: 'a', signature: 'b', csrf: 'c' } } } })
    const cookies = { a: `${header}.${payload}`, b: signature ?? '', c: csrf }
    t.equal((await other.inject({ method: 'PUT', url: ME, cookies, headers: { ...asked, 'x-csrftoken': csrf } })).statusCode, 200)
  })
})

t.test('a verified token is remembered', async t => {
  const seen: string[] = []
  const rememberUser = async ({ username }: UserCaller) => { seen.push(username) }

  t.test('the user is kept once per token, also when many requests bring it at once', async t => {
    seen.length = 0
    const app = await buildWhoAmI(t, { auth: { rememberUser } })
    const headers = await asUser()
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.inject({ url: ME, headers })))
    t.ok(answers.every(answer => answer.statusCode === 200))
    await app.inject({ url: ME, headers })
    t.strictSame(seen, ['ada'])
    await app.inject({ url: ME, headers: await asUser({ jti: 'another token' }) })
    t.strictSame(seen, ['ada', 'ada'])
  })

  t.test('until it expires', async t => {
    let now = Date.now()
    const app = await buildWhoAmI(t, { auth: { now: () => now } })
    const headers = await asUser({}, { expiresIn: '2s' })
    t.equal((await app.inject({ url: ME, headers })).statusCode, 200)
    now += 1000
    t.equal((await app.inject({ url: ME, headers })).statusCode, 200)
    // the cache lets go by our clock, then the library looks at the real one, with 5 seconds of tolerance
    now += 10_000
    seen.length = 0
    const again = await buildWhoAmI(t, { auth: { now: () => now, rememberUser } })
    await again.inject({ url: ME, headers })
    await again.inject({ url: ME, headers })
    t.equal(seen.length, 2, 'an expired entry is never used')
  })

  t.test('in a cache that is bounded', async t => {
    seen.length = 0
    const app = await buildWhoAmI(t, { auth: { rememberUser, tokenCacheSize: 2 } })
    const tokens = await Promise.all(['1', '2', '3'].map(jti => asUser({ jti })))
    for (const headers of [...tokens, tokens[0]]) t.equal((await app.inject({ url: ME, ...headers ? { headers } : {} })).statusCode, 200)
    t.equal(seen.length, 4, 'the first was pushed out and verified anew')
  })

  t.test('but not when the user could not be kept', async t => {
    let isDown = true
    const app = await buildWhoAmI(t, { auth: { rememberUser: async () => { if (isDown) throw new Error('database is down') } } })
    const headers = await asUser()
    t.match(await app.inject({ url: ME, headers }), { statusCode: 500, headers: { 'invigil-error': 'INV_INTERNAL' } })
    isDown = false
    t.equal((await app.inject({ url: ME, headers })).statusCode, 200)
  })

  t.test('and a refused one is not', async t => {
    const app = await buildWhoAmI(t, { auth: { rememberUser } })
    const [a, b, c] = (await signToken()).split('.')
    t.equal((await app.inject({ url: ME, headers: { authorization: `JWT ${a}.${b}.${c}` } })).statusCode, 200)
    t.equal((await app.inject({ url: ME, headers: { authorization: `JWT ${a}.${b}.${c?.slice(0, -2)}` } })).statusCode, 401)
  })
})
