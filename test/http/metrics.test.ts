import t from 'tap'
import { buildApp, makeConfig } from './app.ts'

const samples = (text: string, name: string) => text.split('\n').filter(line => line.startsWith(name))

t.test('requests are counted by route, not by address', async t => {
  const app = await buildApp(t, { routes: app => { app.get('/things/:id', { config: { permission: 'public' } }, async () => 'x') } })
  for (const url of ['/things/1', '/things/2', '/things/3', '/nothing/1', '/nothing/2']) await app.inject({ url })
  await app.inject({ method: 'DELETE', url: '/things/1' })
  const { body, headers } = await app.inject({ url: '/metrics' })
  t.match(headers['content-type'], 'text/plain')
  t.match(samples(body, 'http_request_duration_seconds_count'), [
    'http_request_duration_seconds_count{method="GET",route="/things/:id",status="200"} 3',
    'http_request_duration_seconds_count{method="GET",route="none",status="404"} 2',
    'http_request_duration_seconds_count{method="DELETE",route="none",status="405"} 1',
  ])
  t.notMatch(body, '/things/1')
  t.strictSame(samples(body, 'process_'), [], 'of the process nothing unless it is asked for')
})

t.test('calls to providers are observed', async t => {
  const app = await buildApp(t, { metrics: { processMetrics: true } })
  app.metrics.called({ provider: 'acme', method: 'startAttempt', outcome: 'timeout', ms: 30_000 })
  app.metrics.called({ provider: 'acme', method: 'startAttempt', outcome: 'ok', ms: 120 })
  const { body } = await app.inject({ url: '/metrics' })
  t.match(body, 'invigil_provider_call_duration_seconds_sum{provider="acme",method="startAttempt",outcome="timeout"} 30')
  t.match(body, 'invigil_provider_call_duration_seconds_bucket{le="0.25",provider="acme",method="startAttempt",outcome="ok"} 1')
  t.match(body, 'nodejs_eventloop_lag_seconds')
})

t.test('effects are counted at the time of asking, and their failure hides nothing else', async t => {
  let counts: Record<string, number> | null = { due: 3, dead: 1 }
  const app = await buildApp(t, {
    metrics: {
      countEffects: async () => {
        if (counts === null) throw new Error('database is down')
        return counts
      },
    },
  })
  const read = async () => samples((await app.inject({ url: '/metrics' })).body, 'invigil_effects')
  t.strictSame(await read(), ['invigil_effects{state="due"} 3', 'invigil_effects{state="dead"} 1'])
  counts = { due: 2 }
  t.strictSame(await read(), ['invigil_effects{state="due"} 2'])
  counts = null
  t.strictSame(await read(), [])
  t.equal((await app.inject({ url: '/metrics' })).statusCode, 200)
})

t.test('with a token only the scraper reads them', async t => {
  const app = await buildApp(t, { config: { ...makeConfig(), server: { metrics_token: 'scrape-me' } } })
  t.equal((await app.inject({ url: '/metrics' })).statusCode, 401)
  t.equal((await app.inject({ url: '/metrics', headers: { authorization: 'Bearer other' } })).statusCode, 401)
  t.equal((await app.inject({ url: '/metrics', headers: { authorization: 'Bearer scrape-me' } })).statusCode, 200)
})

t.test('two apps of one process do not share a registry', async t => {
  const [one, two] = [await buildApp(t), await buildApp(t)]
  await one.inject({ url: '/health/live' })
  t.match((await one.inject({ url: '/metrics' })).body, '/health/live')
  t.notMatch((await two.inject({ url: '/metrics' })).body, '/health/live')
})
