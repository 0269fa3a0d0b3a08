import t from 'tap'
import effectRoutes from '../../../core/routes/native/effects.ts'
import { buildEffectsApp, openDatabase } from '../../helper/effects-app.ts'
import { startReceiver } from '../../helper/receiver.ts'

t.test('what waits and what died is listed by pages, and can be sent again', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  receiver.answer(() => ({ status: 410 }))
  const { app, db } = await buildEffectsApp(t, { url, deliver: false, config: { webhooks: [{ url: `${receiver.url}/token-in-path`, secret: 's', events: ['*'] }] } })
  await app.register(effectRoutes, { prefix: '/api/invigil/v1' })
  for (const n of [1, 2, 3]) await app.effects.enqueue(db, [{ kind: 'event', subject: `attempt:${n}`, name: 'edx.x', context: {}, payload: { secret: 'pii' } }], `req-${n}`)
  await app.effects.drain()
  const get = async (query = '') => app.inject(`/api/invigil/v1/effects${query}`)
  const list = await get('?state=dead&limit=2')
  t.equal(list.statusCode, 200)
  const body = list.json()
  t.match(body, { counts: { pending: 0, dead: 3 }, effects: [{ id: 3 }, { id: 2 }], next: 2 })
  t.same(Object.keys(body.effects[0]), ['id', 'subject', 'stream', 'kind', 'what', 'state', 'tries', 'created_at', 'due_at', 'delivered_at', 'last_error', 'request_id'])
  t.notMatch(list.body, /pii|token-in-path/, 'payloads and tokens stay inside')
  t.match((await get('?state=dead&limit=2&before=2')).json(), { effects: [{ id: 1, request_id: 'req-1' }], next: null })
  t.match((await get('?subject=attempt:2')).json().effects.map(({ id }: { id: number }) => id), [2])
  for (const query of ['?state=lost', '?limit=0', '?limit=1000', '?before=x']) t.equal((await get(query)).statusCode, 400, query)

  const retry = (id: number | string) => app.inject({ method: 'POST', url: `/api/invigil/v1/effects/${id}/retry` })
  t.match((await retry(1)).json(), { id: 1, state: 'pending', tries: 0 })
  receiver.answer(() => ({}))
  t.same(await app.effects.drain(), { delivered: 1, failed: 0 })
  const again = await retry(1)
  t.equal(again.statusCode, 404)
  t.match(again.json(), { code: 'INV_EFFECT_NOT_FOUND' })
  t.equal((await retry(99)).statusCode, 404)
  t.equal((await retry('x')).statusCode, 400)
})
