import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { createDemoClock } from '../../core/clock.ts'
import { attempt, exam, ids, registration } from './facts.ts'
import { createLogLines, installFixtures, load, noAttempts } from './host.ts'

const SECRET = 'p@ss/word+12345'

t.test('a secret option never reaches the log, nor an error, whatever the plugin does with it', async t => {
  const root = await installFixtures(t, 'leaky')
  const { log, text, lines } = createLogLines()
  const registry = await load(t, root, { acme: { package: 'fixture-leaky', options: { client_secret: SECRET } } }, { log })
  const { call, health } = registry.require('acme')

  await t.rejects(call('registerAttempt', [exam, registration]), {
    code: 'INV_PROVIDER_FAILED',
    message: 'Provider "acme" (package "fixture-leaky"): registerAttempt failed: 401 for [secret]',
    cause: { message: '401 for [secret]', config: { headers: { authorization: '[secret]' } }, cause: { body: '[secret]' } },
  })
  await t.rejects(call('examSaved', [exam]), { code: 'INV_PROVIDER_REFUSED', statusCode: 409, detail: 'the key [secret] is taken' })
  await t.rejects(call('removeAttempt', [ids]), { code: 'INV_PROVIDER_BAD_ANSWER', message: /answered "\[secret\]"; expected true or false/ })
  t.same(await call('getAttempt', [attempt]), {}, 'a log line that cannot be read does not fail the call')

  const written = text() + JSON.stringify(health())
  t.notMatch(written, SECRET)
  t.notMatch(written, encodeURIComponent(SECRET))
  t.match(lines()[0], { provider: 'acme', options: { client_secret: '[secret]' }, header: 'Bearer [secret]', nested: [{ url: 'https://x.example/?key=[secret]' }], msg: 'made with [secret]' })
  t.match(lines()[1], { provider: 'acme', msg: 'only a text with [secret]' })
})

t.test('a log line says which provider, method, request and attempt it belongs to', async t => {
  const root = await installFixtures(t, 'leaky')
  const { log, lines } = createLogLines()
  const registry = await load(t, root, { acme: { package: 'fixture-leaky', options: { client_secret: SECRET } } }, { log })
  await t.rejects(registry.require('acme').call('registerAttempt', [exam, registration], { requestId: 'req-9', attemptId: 7 }))
  t.match(lines().find(line => line.msg === 'failed'), { provider: 'acme', method: 'registerAttempt', requestId: 'req-9', attemptId: 7, err: { message: '401 for [secret]' } })
})

t.test('a provider sees its context and nothing else of the host', async t => {
  const root = await installFixtures(t, 'nosy')
  const clock = createDemoClock()
  clock.freeze(new Date('2030-01-01T00:00:00Z'))
  const ready: string[] = []
  const registry = await load(t, root, { acme: { package: 'fixture-nosy', options: { url: 'http://127.0.0.1' } } }, {
    clock,
    attempts: name => ({ ...noAttempts, markReady: async id => { ready.push(`${name} ${id}`) } }),
  })
  const { call } = registry.require('acme')
  t.same(await call('getConfiguration', []), {
    context: ['name', 'options', 'log', 'fetch', 'clock', 'attempts'],
    clock: ['now'],
    attempts: ['find', 'markReady', 'receiveReview', 'reportError'],
    now: '2030-01-01T00:00:00.000Z',
    frozen: true,
  })
  await call('startAttempt', [ids])
  t.same(ready, ['acme vendor-7'])
})

t.test('fetch keeps connections, understands the global FormData, and is closed with the registry', async t => {
  const connections = new Set<unknown>()
  const vendor = createServer(async (request, response) => response.end(await text(request)))
  vendor.on('connection', socket => connections.add(socket.once('close', () => connections.delete(socket))))
  await new Promise<void>(resolve => vendor.listen(0, '127.0.0.1', resolve))
  t.teardown(() => vendor.close())
  const address = vendor.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`

  const root = await installFixtures(t, 'nosy')
  const registry = await load(t, root, { acme: { package: 'fixture-nosy', options: { url } } })
  const { call } = registry.require('acme')
  for (let i = 0; i < 5; i++) t.same(await call('registerAttempt', [exam, registration]), { externalId: '200 true true' })
  t.ok(connections.size <= 2, `five calls used ${connections.size} connections`)
  await registry.close()
  await new Promise(resolve => setTimeout(resolve, 50))
  t.equal(connections.size, 0)

  vendor.close()
  const again = await load(t, root, { acme: { package: 'fixture-nosy', options: { url } } })
  await t.rejects(again.require('acme').call('registerAttempt', [exam, registration]), { code: 'INV_PROVIDER_FAILED', message: /fetch failed \(ECONNREFUSED\)/ })
})
