import t from 'tap'
import Fastify from 'fastify'
import health from '../../core/routes/health.ts'
import { buildApp } from '../http/app.ts'

const fails = async () => { throw new Error('connect ECONNREFUSED 10.0.0.5:5432') }

t.test('a process that turns is alive, whatever it depends on', async t => {
  const app = await buildApp(t, { checks: { database: fails } })
  t.match(await app.inject({ url: '/health/live' }), { statusCode: 200, body: '{"status":"ok"}' })
})

t.test('it is ready when all it depends on works', async t => {
  const app = await buildApp(t, { checks: { database: async () => 1, jobs: async () => undefined } })
  const { statusCode, json } = await app.inject({ url: '/health/ready' })
  t.strictSame([statusCode, json()], [200, { status: 'ok', checks: { database: 'ok', jobs: 'ok' } }])
})

t.test('it is not ready when one thing fails, and tells strangers no more than which', async t => {
  const app = await buildApp(t, { checks: { database: fails, jobs: async () => undefined } })
  const answer = await app.inject({ url: '/health/ready' })
  t.strictSame([answer.statusCode, answer.json()], [503, { status: 'failed', checks: { database: 'failed', jobs: 'ok' } }])
  t.notMatch(answer.body, '10.0.0.5')
})

t.test('a check that does not answer has failed', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(health, { checks: { database: () => new Promise(() => {}) }, timeoutMs: 20 })
  t.match((await app.inject({ url: '/health/ready' })).json(), { checks: { database: 'failed' } })
})

t.test('clients of the exams service find the words they know', async t => {
  const app = await buildApp(t, { checks: { database: async () => 1 } })
  t.strictSame((await app.inject({ url: '/health/' })).json(), { overall_status: 'OK', detailed_status: { database_status: 'OK' } })
  const down = await buildApp(t, { checks: { database: fails } })
  const { statusCode, json } = await down.inject({ url: '/health/' })
  t.strictSame([statusCode, json()], [503, { overall_status: 'UNAVAILABLE', detailed_status: { database_status: 'UNAVAILABLE' } }])
})
