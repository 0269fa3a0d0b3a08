import { connect } from 'node:net'
import { once } from 'node:events'
import { Type } from 'typebox'
import t, { type Test } from 'tap'
import * as errors from '../../core/errors.ts'
import { describeError } from '../../core/http/describe-error.ts'
import { asUser, buildApp, type AppParts } from './app.ts'

const FAMILIES = [['/api/edx_proctoring/', true], ['/api/v1/', true], ['/api/invigil/v1/', false], ['/', false]] as const

const FAULTS: Record<string, () => unknown> = {
  refusal: () => new errors.INV_PROVIDER_TIMEOUT('acme', '@x/acme', 'startAttempt', '5000'),
  missing: () => new errors.INV_NOT_FOUND('There is no such thing.'),
  unplanned: () => new Error('password=hunter2 in /srv/secret.ts'),
  text: () => 'hunter2',
  nothing: () => undefined,
  teapot: () => Object.assign(new errors.INV_BAD_REQUEST('I am a teapot.'), { statusCode: 418 }),
  vendor503: () => Object.assign(new errors.INV_PROVIDER_REFUSED('acme', 'the vendor is full'), { statusCode: 503 }),
  vendor404: () => Object.assign(new errors.INV_PROVIDER_REFUSED('acme', 'no such exam'), { statusCode: 404 }),
  vendor200: () => Object.assign(new errors.INV_PROVIDER_REFUSED('acme', 'no id'), { statusCode: 200 }),
  plugin: () => Object.assign(new Error('too many files'), { statusCode: 413, code: 'FST_SOMETHING' }),
  upstream: () => Object.assign(new Error('hunter2'), { statusCode: 502 }),
}

function buildFaulty (t: Test, parts: AppParts = {}) {
  return buildApp(t, {
    ...parts,
    routes: app => {
      for (const [prefix] of FAMILIES) {
        for (const [name, make] of Object.entries(FAULTS)) app.get(`${prefix}${name}`, { config: { permission: 'public' } }, async () => { throw make() })
      }
      app.post('/api/invigil/v1/things/:id', {
        config: { permission: 'public' },
        schema: {
          params: Type.Object({ id: Type.Integer() }),
          querystring: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1 })) }),
          body: Type.Object({ name: Type.String({ maxLength: 5 }), items: Type.Optional(Type.Array(Type.Object({ count: Type.Integer() }))) }),
          response: { 200: Type.String(), 400: Type.Object({ only: Type.Optional(Type.String()) }) },
        },
      }, async () => 'x')
    },
  })
}

t.test('every error has one shape per family of paths and its code in a header', async t => {
  const app = await buildFaulty(t)
  const expected: [string, number, string, RegExp][] = [
    ['refusal', 504, 'INV_PROVIDER_TIMEOUT', /acme.*startAttempt.*5000 ms/],
    ['missing', 404, 'INV_NOT_FOUND', /^There is no such thing\.$/],
    ['teapot', 418, 'INV_BAD_REQUEST', /teapot/],
    ['vendor503', 503, 'INV_PROVIDER_REFUSED', /vendor is full/],
    ['vendor404', 404, 'INV_PROVIDER_REFUSED', /no such exam/],
    ['plugin', 413, 'INV_TOO_LARGE', /too many files/],
  ]
  for (const [prefix, isOld] of FAMILIES) {
    for (const [name, status, code, detail] of expected) {
      const answer = await app.inject({ url: prefix + name })
      t.match(answer, { statusCode: status, headers: { 'invigil-error': code, 'content-type': 'application/json; charset=utf-8' } }, prefix + name)
      t.strictSame(Object.keys(answer.json()), isOld ? ['detail'] : ['code', 'detail'], prefix + name)
      t.match(answer.json().detail, detail)
    }
  }
})

t.test('what nobody planned for is logged with its stack and shows nothing but the request id', async t => {
  const lines: string[] = []
  const app = await buildFaulty(t, { log: { level: 'warn', stream: { write: line => { lines.push(line) } } } })
  for (const name of ['unplanned', 'text', 'nothing', 'vendor200', 'upstream']) {
    for (const [prefix] of FAMILIES) {
      const answer = await app.inject({ url: prefix + name, headers: { 'x-request-id': 'my-request' } })
      t.match(answer, { statusCode: 500, headers: { 'invigil-error': 'INV_INTERNAL', 'x-request-id': 'my-request' } }, name)
      t.match(answer.json().detail, /my-request/)
      t.notMatch(answer.body, /hunter2|secret|\.ts/)
    }
  }
  const [line = ''] = lines
  t.match(JSON.parse(line), { level: 50, reqId: 'my-request', err: { message: /hunter2/, stack: /errors\.test\.ts/ } })
})

t.test('planned refusals are no errors in the log', async t => {
  const lines: string[] = []
  const app = await buildFaulty(t, { log: { level: 'warn', stream: { write: line => { lines.push(line) } } } })
  await app.inject({ url: '/missing' })
  t.strictSame(lines, [])
  await app.inject({ url: '/refusal' })
  t.match(lines.map(line => JSON.parse(line).level), [40], 'a vendor in trouble is worth a warning')
})

t.test('bad input is answered with the field, what was expected and what was found', async t => {
  const app = await buildFaulty(t)
  const url = '/api/invigil/v1/things/7'
  const json = { 'content-type': 'application/json' }
  const cases: [string, object, number, string, RegExp][] = [
    ['broken JSON', { headers: json, payload: '{"name":' }, 400, 'INV_BAD_REQUEST', /not valid JSON/],
    ['poisoned JSON', { headers: json, payload: '{"name":"x","__proto__":{"a":1}}' }, 400, 'INV_BAD_REQUEST', /not valid JSON/],
    ['poisoned constructor', { headers: json, payload: '{"name":"x","constructor":{"prototype":{"a":1}}}' }, 400, 'INV_BAD_REQUEST', /not valid JSON/],
    ['an unknown content type', { headers: { 'content-type': 'text/csv' }, payload: 'a,b' }, 415, 'INV_UNSUPPORTED_MEDIA_TYPE', /"text\/csv"/],
    ['plain text', { headers: { 'content-type': 'text/plain' }, payload: '{}' }, 415, 'INV_UNSUPPORTED_MEDIA_TYPE', /"text\/plain"/],
    ['no content type', { headers: { 'content-type': '' }, payload: 'x' }, 415, 'INV_UNSUPPORTED_MEDIA_TYPE', /not understood/],
    ['a body too large', { headers: json, payload: `"${'x'.repeat(1024 * 1024)}"` }, 413, 'INV_TOO_LARGE', /1048576 bytes/],
    ['a missing field', { payload: {} }, 400, 'INV_BAD_REQUEST', /The body: expected an object with 'name', found an empty object\./],
    ['no body', {}, 400, 'INV_BAD_REQUEST', /expected an object with 'name'/],
    ['a wrong type', { payload: { name: 5 } }, 400, 'INV_BAD_REQUEST', /body's field "name": expected text of at most 5 characters, found 5\./],
    ['null for text', { payload: { name: null } }, 400, 'INV_BAD_REQUEST', /found null/],
    ['a long text', { payload: { name: 'x'.repeat(5000) } }, 400, 'INV_BAD_REQUEST', /^.{1,250}$/],
    ['deep inside', { payload: { name: 'x', items: [{ count: 1 }, { count: 'two' }] } }, 400, 'INV_BAD_REQUEST', /field "items\.1\.count": expected a whole number, found "two"/],
    ['a list', { payload: [] }, 400, 'INV_BAD_REQUEST', /found a list of 0/],
    ['a bad query', { payload: { name: 'x' }, query: { page: 'two' } }, 400, 'INV_BAD_REQUEST', /querystring's field "page": expected a whole number of at least 1, found "two"/],
    ['a bad path', { payload: { name: 'x' }, url: '/api/invigil/v1/things/seven' }, 400, 'INV_BAD_REQUEST', /params's field "id"/],
    ['a path that cannot be read', { url: '/api/invigil/v1/things/%E0%A4%A' }, 400, 'INV_BAD_REQUEST', /percent sign/],
  ]
  for (const [title, request, status, code, detail] of cases) {
    const answer = await app.inject({ method: 'POST', url, ...request })
    t.match(answer, { statusCode: status, headers: { 'invigil-error': code } }, title)
    t.match(answer.json(), { code, detail }, title)
  }
})

t.test('a body shorter or longer than announced is refused, over the wire', async t => {
  const app = await buildFaulty(t)
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const socket = connect(Number(port), '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.write('POST /api/invigil/v1/things/7 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{"a')
  const [answer] = await once(socket, 'data')
  t.match(String(answer), /^HTTP\/1\.1 400[\s\S]*not valid JSON/)
})

t.test('a few old paths refuse with an empty body', async t => {
  const app = await buildApp(t, {
    routes: app => {
      app.post('/api/edx_proctoring/v1/retire_user/7/', { config: { permission: 'retire', emptyRefusal: true } }, async () => 'x')
    },
  })
  const ask = async (headers: Record<string, string>) => app.inject({ method: 'POST', url: '/api/edx_proctoring/v1/retire_user/7/', headers })
  const refused = await ask(await asUser())
  t.match(refused, { statusCode: 403, body: '', headers: { 'invigil-error': 'INV_FORBIDDEN', 'content-type': undefined } })
  const stranger = await ask({})
  t.match(stranger, { statusCode: 403 })
  t.match(stranger.json(), { detail: String }, 'a stranger is told why')
})

t.test('every error of the host has a code that equals its name and a status of 4xx or 5xx', t => {
  for (const [name, Made] of Object.entries(errors)) {
    if (typeof Made !== 'function' || !name.startsWith('INV_')) continue
    const error = new Made('a', 'b', 'c', 'd')
    t.equal(error.code, name)
    t.ok(error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode <= 599, name)
    t.equal(describeError(error, { requestId: 'x', contentType: undefined }).code, name)
  }
  t.end()
})
