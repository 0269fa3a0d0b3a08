import t, { type Test } from 'tap'
import { buildServerOptions, chooseRequestId } from '../../core/http/server-options.ts'
import { asUser, buildApp, makeConfig, type AppParts } from './app.ts'

const MFE = 'https://learning.example.org'
const server = { public_url: 'https://exams.example.org', cors_origins: [MFE, 'https://lms.example.org'] }

function buildPlain (t: Test, parts: AppParts = {}) {
  return buildApp(t, {
    ...parts,
    routes: app => {
      app.get('/api/data', { config: { permission: 'authenticated' } }, async () => ({ a: 1 }))
      app.put('/api/data', { config: { permission: 'authenticated' } }, async () => ({ a: 1 }))
      app.get('/page', { config: { permission: 'public', page: true } }, async (_request, reply) => reply.type('text/html').send('<p>'))
      app.get('/static/x.js', { config: { permission: 'public' } }, async (_request, reply) => reply.header('cache-control', 'public, max-age=31536000, immutable').send('x'))
      app.get('/ip', { config: { permission: 'public' } }, async request => request.ip)
    },
  })
}

t.test('request ids', async t => {
  const app = await buildPlain(t)

  t.test('are taken from the caller when they are harmless', async t => {
    for (const id of ['abc-123', '7f9c2ba4-e88f-427d-b1f5-0a1b2c3d4e5f', 'Root=1-67891233-abcdef012345678912345678', 'a/b:c@d~e.f+g']) {
      t.equal((await app.inject({ url: '/page', headers: { 'x-request-id': id } })).headers['x-request-id'], id)
    }
  })

  t.test('are made anew otherwise', async t => {
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
    for (const id of ['', 'a b', 'x'.repeat(129), '<script>', 'a"b', 'ä']) {
      t.match((await app.inject({ url: '/page', headers: { 'x-request-id': id } })).headers['x-request-id'], uuid, id)
    }
    t.match(chooseRequestId({ headers: { 'x-request-id': ['a', 'b'] } }), uuid)
    const two = [await app.inject({ url: '/page' }), await app.inject({ url: '/page' })]
    t.not(two[0]?.headers['x-request-id'], two[1]?.headers['x-request-id'])
  })

  t.test('stand on refusals as well', async t => {
    for (const url of ['/api/data', '/nothing']) t.equal((await app.inject({ url, headers: { 'x-request-id': 'mine' } })).headers['x-request-id'], 'mine')
  })
})

t.test('security headers', async t => {
  const app = await buildPlain(t, { config: { ...makeConfig(), server } })

  t.test('of data forbid everything', async t => {
    for (const answer of [await app.inject({ url: '/api/data', headers: await asUser() }), await app.inject({ url: '/nothing' })]) {
      t.match(answer.headers, {
        'cache-control': 'no-store',
        'content-security-policy': 'default-src \'none\'; frame-ancestors \'none\'',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': /max-age=\d{8}/,
      })
    }
  })

  t.test('of pages let the platform embed them, workers start and no inline script run', async t => {
    const { headers } = await app.inject({ url: '/page' })
    const policy = new Map(String(headers['content-security-policy']).split('; ').map(part => {
      const [name = '', ...sources] = part.split(' ')
      return [name, sources]
    }))
    t.strictSame(policy.get('default-src'), ['\'none\''])
    t.strictSame(policy.get('script-src'), ['\'self\'', 'https://exams.example.org'])
    t.strictSame(policy.get('worker-src'), ['\'self\'', 'https://exams.example.org', 'blob:'])
    t.strictSame(policy.get('frame-ancestors'), ['\'self\'', MFE, 'https://lms.example.org'])
    t.strictSame(policy.get('base-uri'), ['\'none\''])
    t.notMatch(String(headers['content-security-policy']), /unsafe/)
    t.notOk(policy.get('connect-src')?.includes('http:'), 'over https nothing but https, and the learner\'s own machine')
    t.equal(headers['x-frame-options'], undefined, 'it would forbid what frame-ancestors allows')
    t.match(headers, { 'x-content-type-options': 'nosniff', 'referrer-policy': String })
  })

  t.test('over http do not speak of https', async t => {
    const plain = await buildPlain(t)
    const { headers } = await plain.inject({ url: '/page' })
    t.equal(headers['strict-transport-security'], undefined)
    t.match(headers['content-security-policy'], /connect-src [^;]* http: ws:/)
  })

  t.test('give way to what a route says itself', async t => {
    t.match((await app.inject({ url: '/static/x.js' })).headers, { 'cache-control': /immutable/ })
  })
})

t.test('CORS', async t => {
  const app = await buildPlain(t, { config: { ...makeConfig(), server } })
  const preflight = (origin: string, url = '/api/data') => app.inject({
    method: 'OPTIONS', url, headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type,use-jwt-cookie,x-csrftoken' },
  })

  t.test('answers a preflight of an allowed page before anybody signs in', async t => {
    const { statusCode, headers, body } = await preflight(MFE)
    t.match({ statusCode, body }, { statusCode: 204, body: '' })
    t.match(headers, { 'access-control-allow-origin': MFE, 'access-control-allow-credentials': 'true', vary: 'Origin' })
    for (const name of ['content-type', 'use-jwt-cookie', 'x-csrftoken']) t.match(headers['access-control-allow-headers'], name)
    for (const name of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) t.match(headers['access-control-allow-methods'], name)
  })

  t.test('lets an allowed page read answers and refusals', async t => {
    for (const headers of [await asUser(), {}]) {
      const answer = await app.inject({ url: '/api/data', headers: { ...headers, origin: MFE } })
      t.match(answer.headers, { 'access-control-allow-origin': MFE, 'access-control-allow-credentials': 'true', 'access-control-expose-headers': /x-request-id/, vary: 'Origin' })
    }
  })

  t.test('knows nobody else', async t => {
    for (const origin of ['https://evil.example.org', `${MFE}.evil.org`, 'https://learning.example.org:8443', 'http://learning.example.org', 'null', `${MFE}/`]) {
      const answers = [await preflight(origin), await app.inject({ url: '/api/data', headers: { ...await asUser(), origin } })]
      for (const { headers } of answers) t.match(headers, { 'access-control-allow-origin': undefined, 'access-control-allow-credentials': undefined, vary: 'Origin' }, origin)
      t.equal(answers[0]?.statusCode === 204, false, 'no preflight')
    }
  })

  t.test('without origins there is none', async t => {
    const closed = await buildPlain(t)
    const { headers } = await closed.inject({ url: '/page', headers: { origin: MFE } })
    t.match(headers, { 'access-control-allow-origin': undefined, vary: undefined })
  })
})

t.test('the address of a caller is believed from proxies that are named only', async t => {
  const forwarded = { 'x-forwarded-for': '203.0.113.9' }
  const open = await buildPlain(t)
  t.equal((await open.inject({ url: '/ip', headers: forwarded, remoteAddress: '10.0.0.1' })).body, '10.0.0.1')
  const behind = await buildPlain(t, { config: { ...makeConfig(), server: { trusted_proxies: ['10.0.0.0/8'] } } })
  t.equal((await behind.inject({ url: '/ip', headers: forwarded, remoteAddress: '10.0.0.1' })).body, '203.0.113.9')
  t.equal((await behind.inject({ url: '/ip', headers: forwarded, remoteAddress: '198.51.100.1' })).body, '198.51.100.1')
  t.equal(buildServerOptions(makeConfig()).trustProxy, false)
})
