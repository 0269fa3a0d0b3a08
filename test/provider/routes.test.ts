import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { permissionTable } from '../../core/http/permissions.ts'
import { formatFault } from '../../core/provider/faults.ts'
import { addExam, ADA, API, asPerson, buildTestApp, SUE, tokenFor } from '../helper/app.ts'
import { createLogLines, installFixtures, load, loadFaults } from './host.ts'

t.setTimeout(120_000)

const SECRET = 'a-secret-of-acme-0123456789'
const OTHERS = 'a-secret-of-globex-0123456789'
const KEY = 'key-that-nobody-may-see'

const acme = (fields: object = {}) => ({ package: 'fixture-own-routes', options: { key: KEY }, callback: { client_id: 'acme', client_secret: SECRET }, ...fields })

async function open (t: Test, enabled: Record<string, object> = { acme: acme() }, fixtures = ['own-routes']): Promise<FastifyInstance> {
  const hostRoot = await installFixtures(t, ...fixtures)
  return buildTestApp(t, { hostRoot, config: { providers: { default: 'acme', enabled } } })
}

/** Asks with what a vendor's token, or nothing, proves. */
async function ask (app: FastifyInstance, method: 'GET' | 'POST', path: string, options: InjectOptions = {}) {
  return app.inject({ method, url: `/api/providers/${path}`, ...options })
}

async function vendorHeaders (app: FastifyInstance, clientId: string, secret: string) {
  const { access_token: token } = (await app.inject({ method: 'POST', url: '/oauth2/access_token', payload: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret } })).json<{ access_token: string }>()
  return { authorization: `Bearer ${token}` }
}

const personHeaders = async (person: typeof ADA) => ({ authorization: `JWT ${await tokenFor(person)}` })

async function enter (app: FastifyInstance, backend = 'acme') {
  const exam = await addExam(app, { content_id: `block-v1:${backend}` })
  await app.db.query({ name: 'give', text: 'update exam set backend = $2 where id = $1' }, [exam, backend])
  const { body, text } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: true })
  const attempt = body.exam_attempt_id
  if (!attempt) throw new Error(text)
  const read = async () => (await asPerson(app, ADA)<{ status: string, external_id: string }>('GET', `${API}/attempt/${attempt}`)).body
  return { attempt, read, externalId: (await read()).external_id }
}

t.test('a provider has routes of its own, with its schemas, its context and nothing of the host', async t => {
  const app = await open(t)
  const hello = await ask(app, 'GET', 'acme/open?n=7', { headers: { 'accept-language': 'es, en;q=0.5' } })
  t.same([hello.statusCode, hello.json()], [200, { name: 'acme', n: 7, sender: null, language: 'es', registers: 'function' }])
  t.match(hello.headers, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-request-id': /./ }, 'the headers of the house')
  t.match(await ask(app, 'GET', 'acme/open?n=x'), { statusCode: 400, headers: { 'invigil-error': 'INV_BAD_REQUEST' } })
  t.equal((await app.inject({ method: 'HEAD', url: '/api/providers/acme/open' })).statusCode, 200)
  t.equal((await ask(app, 'GET', '%61cme/open')).statusCode, 200, 'percent-encoded or not')
  t.equal((await ask(app, 'GET', 'acme/nothing')).statusCode, 204)

  const seen = (await ask(app, 'GET', 'acme/seen', {
    remoteAddress: '203.0.113.9', headers: { ...await personHeaders(ADA), cookie: 'edx-jwt-cookie-header-payload=x', 'x-csrftoken': 'x', 'x-acme': 'theirs' },
  })).json<{ headers: string[], house: string[], address: string }>()
  t.same(seen.house, [], 'no part of the host hangs on it')
  t.ok(seen.headers.includes('x-acme'))
  t.same(seen.headers.filter(name => ['authorization', 'cookie', 'x-csrftoken'].includes(name)), [], 'nobody\'s credentials reach it')
  t.not(seen.address, '203.0.113.9')

  const bytes = await ask(app, 'POST', 'acme/bytes', { payload: { a: [1, 'ü'] } })
  t.same(JSON.parse(bytes.body), { a: [1, 'ü'] })
  t.match(bytes.headers, { 'content-type': /^text\/plain/, 'x-acme': 'yes', etag: '"1"' })
  t.same([bytes.headers['set-cookie'], bytes.headers['access-control-allow-origin']], [undefined, undefined])
  t.match(bytes.headers['content-security-policy'], /default-src 'none'/)
  const form = await ask(app, 'POST', 'acme/bytes', { payload: 'a=1&b=2', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  t.same(JSON.parse(form.body), { a: '1', b: '2' }, 'forms are read as everywhere in the house')
})

t.test('who may call a route is what it states', async t => {
  const app = await open(t, { acme: acme(), globex: acme({ callback: { client_id: 'globex', client_secret: OTHERS } }) })
  const { externalId } = await enter(app)
  const payload = { session: externalId }
  const roles = {
    stranger: {}, learner: await personHeaders(ADA), staff: await personHeaders(SUE), reviewer: await personHeaders({ id: 9, username: 'rita', groups: ['acme_review'] }),
    vendor: await vendorHeaders(app, 'acme', SECRET), other: await vendorHeaders(app, 'globex', OTHERS),
  }
  const statuses = async (path: string, options: InjectOptions = {}) => Object.fromEntries(await Promise.all(Object.entries(roles).map(async ([role, headers]) =>
    [role, (await ask(app, options.payload ? 'POST' : 'GET', path, { ...options, headers })).statusCode])))
  t.same(await statuses('acme/open'), { stranger: 200, learner: 200, staff: 200, reviewer: 200, vendor: 200, other: 200 })
  t.same(await statuses('acme/mine'), { stranger: 401, learner: 200, staff: 200, reviewer: 200, vendor: 403, other: 403 })
  t.same(await statuses('acme/desk/7'), { stranger: 401, learner: 403, staff: 200, reviewer: 403, vendor: 403, other: 403 })
  t.same(await statuses('acme/hook', { payload }), { stranger: 401, learner: 403, staff: 403, reviewer: 403, vendor: 202, other: 403 })

  t.match((await ask(app, 'GET', 'acme/mine', { headers: roles.learner })).json(), { kind: 'learner', userId: /^[0-9a-f]{40}$/ }, 'a learner is known by a pseudonym')
  t.match((await ask(app, 'GET', 'acme/desk/7', { headers: roles.staff })).json(), { kind: 'staff', id: '7' })

  const body = JSON.stringify(payload)
  const timestamp = Math.floor(Date.now() / 1000)
  const sign = (secret: string, id: string) => ({
    'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  })
  t.match(await ask(app, 'POST', 'acme/hook', { payload: body, headers: sign(SECRET, 'one') }), { statusCode: 202, body: /"kind":"vendor"/ }, 'a signed call')
  t.equal((await ask(app, 'POST', 'acme/hook', { payload: body, headers: sign(OTHERS, 'two') })).statusCode, 403)
  t.equal((await ask(app, 'POST', 'acme/hook', { payload: body, headers: sign('a-wrong-secret', 'three') })).statusCode, 401)
})

t.test('through its routes a vendor reaches its own attempts, and no others', async t => {
  const app = await open(t, { acme: acme(), globex: acme({ callback: { client_id: 'globex', client_secret: OTHERS } }) })
  const headers = await vendorHeaders(app, 'acme', SECRET)
  const hook = async (payload: object) => (await ask(app, 'POST', 'acme/hook', { headers, payload }))
  const mine = await enter(app)

  const ready = (await hook({ session: mine.externalId })).json<{ status: string, frozen: boolean, keys: string[] }>()
  t.match(ready, { status: 'ready_to_start', frozen: true })
  t.same(ready.keys.filter(key => /user|name|email/i.test(key)), [], 'nothing about the learner')

  await asPerson(app, ADA)('PUT', `${API}/attempt/${mine.attempt}`, { action: 'start' })
  t.match((await hook({ session: mine.externalId, trouble: 'the camera was unplugged' })).json(), { status: 'error' })
  const [told] = await app.db.query<{ reason: string, actor_name: string }>({ name: 'told', text: "select reason, actor_name from history where entity = 'attempt' and after ->> 'status' = 'error'" }, [])
  t.same(told, { reason: 'the camera was unplugged', actor_name: 'acme' })
  t.match((await hook({ session: mine.externalId, verdict: { verdict: 'passed' } })).json(), { status: 'verified' })
  t.match((await hook({ session: mine.externalId, trouble: 'again' })).json(), { status: 'verified' }, 'what is over stays')
  const [row] = await app.db.query<{ n: number }>({ name: 'n', text: 'select count(*)::int as n from review_comment' }, [])
  t.equal(row?.n, 1, 'the review was stored by the same workflow')
  t.match(await hook({ session: mine.externalId, verdict: { verdict: 'unreadable' } }), { statusCode: 400, body: /no such verdict/ })
  t.match(await hook({ session: mine.externalId, verdict: { verdict: 'perfect' } }), { statusCode: 502, headers: { 'invigil-error': 'INV_PROVIDER_BAD_ANSWER' } })

  const theirs = await enter(app, 'globex')
  t.match((await hook({ session: theirs.externalId })).json(), { status: null })
  t.match(await hook({ session: theirs.externalId, trouble: 'x' }), { statusCode: 400, headers: { 'invigil-error': 'INV_ATTEMPT_NOT_FOUND' } })
  t.match(await hook({ session: theirs.externalId, verdict: { verdict: 'passed' } }), { statusCode: 400, headers: { 'invigil-error': 'INV_ATTEMPT_NOT_FOUND' } })
  t.equal((await theirs.read()).status, 'created')
  t.same(await app.providers.require('acme').call('getConfiguration', []), { found: null }, 'create has the same attempts')
})

t.test('what goes wrong in a route is told as JSON, logged, and counted', async t => {
  const app = await open(t)
  const health = () => app.providers.require('acme').health()
  const throws = await ask(app, 'GET', 'acme/throws')
  t.equal(throws.statusCode, 502)
  t.strictSame(Object.keys(throws.json()).sort(), ['code', 'detail'])
  t.match(throws.json(), { code: 'INV_PROVIDER_FAILED', detail: /Provider "acme".*GET \/throws failed: the log tells more of request/ })
  t.notMatch(throws.body, /inside|provider\.js|key-that/)
  t.match(health().lastErrors[0], { method: 'routes', code: 'INV_PROVIDER_FAILED', message: /GET \/throws failed: inside broke \[secret\]/ })
  t.equal(health().counts.failed, 1)
  t.equal(health().circuit, 'closed')
  t.match(await ask(app, 'GET', 'acme/refuses'), { statusCode: 409, headers: { 'invigil-error': 'INV_PROVIDER_REFUSED' }, body: /taken already/ })
  const notFound = await ask(app, 'GET', 'acme/not-found')
  t.match(notFound, { statusCode: 404, body: /no such thing \[secret\]/ })
  t.match(await ask(app, 'GET', 'acme/odd'), { statusCode: 503, body: '{"own":"words"}' }, 'its own words for its own failure')
  t.equal(health().counts.failed, 2, 'and it counts')
  t.match(await ask(app, 'GET', 'acme/huge'), { statusCode: 502, headers: { 'invigil-error': 'INV_PROVIDER_BAD_ANSWER' } })
  t.match(await ask(app, 'POST', 'acme/bytes', { payload: Buffer.alloc(1_100_000), headers: { 'content-type': 'text/plain' } }), { statusCode: 413, headers: { 'invigil-error': 'INV_TOO_LARGE' } })
  t.match(await ask(app, 'POST', 'acme/bytes', { payload: 'x', headers: { 'content-type': 'text/plain' } }), { statusCode: 415 })
  t.match(await ask(app, 'GET', 'acme/nowhere'), { statusCode: 404, headers: { 'invigil-error': 'INV_NOT_FOUND' } })
  t.match(await ask(app, 'POST', 'acme/open', { payload: {} }), { statusCode: 405, headers: { allow: 'GET, HEAD' } })
})

t.test('a route that hangs is answered 504 at its deadline', async t => {
  const app = await open(t)
  const startedAt = performance.now()
  const hangs = await ask(app, 'GET', 'acme/hangs')
  t.match(hangs, { statusCode: 504, headers: { 'invigil-error': 'INV_PROVIDER_TIMEOUT' }, body: /GET \/hangs did not answer within 10000 ms/ })
  t.ok(performance.now() - startedAt < 12_000)
  t.equal(app.providers.require('acme').health().counts.timeout, 1)
  t.equal((await ask(app, 'GET', 'acme/open')).statusCode, 200, 'the others go on')
})

t.test('strangers are slowed down', async t => {
  const app = await open(t)
  const statuses = new Set<number>()
  for (let i = 0; i < 301; i++) statuses.add((await ask(app, 'GET', 'acme/open', { remoteAddress: '198.51.100.7' })).statusCode)
  t.same([...statuses], [200, 429])
  t.equal((await ask(app, 'GET', 'acme/open', { remoteAddress: '198.51.100.8' })).statusCode, 200)
})

t.test('the routes stand in the table of permissions and in the document', async t => {
  const app = await open(t)
  const rows = permissionTable(app).filter(({ url }) => url.startsWith('/api/providers/'))
  t.ok(rows.some(({ method, url, permission }) => method === 'POST' && url === '/api/providers/acme/hook' && permission === 'own-vendor'))
  t.ok(rows.some(({ method, url, permission }) => method === 'GET' && url === '/api/providers/acme/desk/:id' && permission === 'staff'))
  t.equal(rows.length, 24, 'and each once: 11 of GET with their HEAD, 2 of POST')
  const document = (await app.inject('/docs/json')).json<{ paths: Record<string, Record<string, object>>, components: { schemas: Record<string, object> } }>()
  t.match(document.paths['/api/providers/acme/open']?.get, { summary: 'Says hello', 'x-permission': 'public', parameters: [{ name: 'n' }], tags: ['provider acme'] })
  t.match(document.paths['/api/providers/acme/hook']?.post, { 'x-permission': 'own-vendor', requestBody: { content: { 'application/json': { schema: { properties: { session: { type: 'string' } } } } } } })
  t.notMatch(document.components.schemas.Exam, { properties: { session: {} } }, 'a title of the vendor\'s takes no name away')
})

t.test('routes that cannot be mounted are faults of their provider at start', async t => {
  const root = await installFixtures(t, 'routes-without-permission', 'routes-broken')
  const broken = (how: string) => ({ package: 'fixture-routes-broken', options: { how, key: KEY } })
  const { faults } = await loadFaults(t, root, {
    silent: { package: 'fixture-routes-without-permission' }, throws: broken('throws'), hangs: broken('hangs'), clashes: broken('clashes'), listens: broken('listens'), closes: broken('closes'),
  }, { startDeadlineMs: 500 })
  const texts = faults.map(formatFault)
  t.match(texts.filter(text => text.includes("'silent'")), [
    /route GET \/unstated to state who may call it, found nothing in config\.permission\. Write config: \{ permission: \.\.\. \} with one of 'public', 'vendor', 'authenticated', 'staff'\./,
    /route POST \/unknown to state who may call it, found "owner"/,
    /path of route GET \/\.\.\/elsewhere to begin with \/ and to stay below it/,
    /route GET \/by-host to be chosen by method and path alone, found constraints/,
  ], 'deny by default')
  const found = (name: string) => texts.find(text => text.includes(`'${name}'`)) ?? ''
  t.match(found('throws'), /'routes' to declare its routes, found Error: no routes today, \[secret\]\./)
  t.match(found('hangs'), /ready within 500 ms, found 'routes' still running/)
  t.match(found('clashes'), /found FastifyError: Method 'GET' already declared for route '\/same'/)
  t.match(found('listens'), /app\.listen\(\) is the host's business/)
  t.match(found('closes'), /app\.close\(\) is the host's business/)
  const wrong = await installFixtures(t, 'wrong-routes')
  t.match((await loadFaults(t, wrong, { wrong: { package: 'fixture-wrong-routes' } })).faults, [{ code: 'INV_PROVIDER_DEFINITION', expected: "'routes' to be a function" }])
})

t.test('a provider that is switched off or retired says so at its addresses', async t => {
  const app = await open(t, {
    acme: acme(),
    off: { package: 'fixture-routes-without-permission', on_boot_failure: 'disable' },
    gone: { retired: true },
  }, ['own-routes', 'routes-without-permission'])
  t.match(await ask(app, 'GET', 'off/stated'), { statusCode: 503, headers: { 'invigil-error': 'INV_PROVIDER_DISABLED' } })
  t.match(await ask(app, 'POST', 'gone/hook/of/old', { payload: {} }), { statusCode: 503, headers: { 'invigil-error': 'INV_PROVIDER_RETIRED' } })
  t.match(await ask(app, 'GET', 'nobody/hook'), { statusCode: 404 })
})

t.test('nothing a provider hangs on its routes reaches anybody else\'s', async t => {
  const app = await open(t, { acme: acme(), wild: { package: 'fixture-routes-escaping' } }, ['own-routes', 'routes-escaping'])
  t.match(await ask(app, 'GET', 'wild/inside'), { statusCode: 200, headers: { 'x-escaped': 'yes' }, body: '{"say":"taken over","providers":"mine","caller":"me"}' }, 'inside all of it works')
  t.match(await ask(app, 'GET', 'wild/wrong'), { statusCode: 418 })
  t.match(await ask(app, 'POST', 'wild/parsed', { payload: { a: 1 } }), { statusCode: 200, body: '{"taken":"over"}' })
  for (const url of ['/health/live', '/api/providers/acme/open', '/api/invigil/v1/providers', '/nowhere']) {
    const { statusCode, headers, body } = await app.inject({ url, headers: await personHeaders(SUE) })
    t.not(statusCode, 418, url)
    t.equal(headers['x-escaped'], undefined, url)
    t.notMatch(body, 'taken over')
  }
  t.same((await ask(app, 'POST', 'acme/bytes', { payload: { a: 1 } })).json(), { a: 1 })
  t.type(app.providers, 'object')
})

t.test('an end that never comes is not waited for', async t => {
  const root = await installFixtures(t, 'routes-escaping')
  const { log, lines } = createLogLines()
  const registry = await load(t, root, { wild: { package: 'fixture-routes-escaping' } }, { log })
  const startedAt = performance.now()
  await registry.close()
  t.ok(performance.now() - startedAt < 3_000)
  t.match(lines().filter(({ level }) => level === 50), [{ provider: 'wild', msg: /its routes could not be closed/ }])
})

t.test('over a real connection a client that goes away early harms nobody', async t => {
  const app = await open(t)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const socket = connect(port, '127.0.0.1')
  socket.end('GET /api/providers/acme/hangs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  await new Promise(resolve => setTimeout(resolve, 100))
  socket.destroy()
  t.equal((await fetch(`http://127.0.0.1:${port}/api/providers/acme/open`)).status, 200)
})
