import { createHmac } from 'node:crypto'
import t from 'tap'
import { createDemoClock } from '../../core/clock.ts'
import type { Effect } from '../../core/domain/effect.ts'
import { buildEffectsApp, openDatabase } from '../helper/effects-app.ts'
import { startReceiver, type Received } from '../helper/receiver.ts'

const event: Effect = { kind: 'event', subject: 'attempt:41', name: 'edx.special_exam.timed.attempt.started', context: { course_id: 'c', org_id: 'o' }, payload: { attempt_id: 41, note: 'ñ' } }

/** As a receiver checks it, by the published rules. */
function isSigned ({ headers, text }: Received, key: Buffer | string): boolean {
  const signature = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`).digest('base64')
  return headers['webhook-signature'] === `v1,${signature}`
}

t.test('an event arrives as a signed CloudEvent, timed by the application but signed in real time', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const clock = createDemoClock()
  clock.freeze(new Date('2030-01-01T00:00:00Z'))
  const secret = `whsec_${Buffer.from('a very secret key').toString('base64')}`
  const { app, db } = await buildEffectsApp(t, {
    url, clock, deliver: false, config: { server: { public_url: 'https://exams.example.org' }, webhooks: [{ url: `${receiver.url}/in`, secret, events: ['*'] }], demo: { clock: true } },
  })
  await app.effects.enqueue(db, [event])
  t.same(await app.effects.drain(), { delivered: 1, failed: 0 })
  const [request] = receiver.received
  if (!request) return t.fail('nothing arrived')
  t.equal(request.path, '/in')
  t.match(request.headers['content-type'], /^application\/cloudevents\+json/)
  t.same(request.json, {
    specversion: '1.0', id: request.headers['webhook-id'], source: 'https://exams.example.org', type: 'edx.special_exam.timed.attempt.started',
    time: '2030-01-01T00:00:00.000Z', subject: 'attempt:41', datacontenttype: 'application/json',
    data: { context: { course_id: 'c', org_id: 'o' }, payload: { attempt_id: 41, note: 'ñ' } },
  })
  t.ok(isSigned(request, Buffer.from('a very secret key')))
  t.ok(Math.abs(Number(request.headers['webhook-timestamp']) - Date.now() / 1000) < 5)
})

t.test('a receiver that answers anything but 2xx is tried again, redirects included; 410 is the end', async t => {
  for (const [status, state] of [[204, 'delivered'], [301, 'pending'], [404, 'pending'], [500, 'pending'], [410, 'dead']] as const) {
    const { url } = await openDatabase(t)
    const receiver = await startReceiver(t)
    receiver.answer(() => ({ status, text: '' }))
    const { app, db } = await buildEffectsApp(t, { url, deliver: false, config: { webhooks: [{ url: receiver.url, secret: 's', events: ['*'] }] } })
    await app.effects.enqueue(db, [event])
    await app.effects.drain()
    t.match(await app.effects.list(), [{ state, tries: 1 }], `${status}`)
    t.equal(receiver.received.length, 1)
  }
})

t.test('a receiver that is no longer configured is told nothing, and a new secret signs what waited', async t => {
  const { url } = await openDatabase(t)
  const [kept, dropped] = [await startReceiver(t), await startReceiver(t)]
  const webhooks = [kept, dropped].map(({ url }) => ({ url, secret: 'old', events: ['*'] }))
  const before = await buildEffectsApp(t, { url, deliver: false, config: { webhooks } })
  await before.app.effects.enqueue(before.db, [event])
  const after = await buildEffectsApp(t, { url, deliver: false, config: { webhooks: [{ url: kept.url, secret: 'new', events: [] }] } })
  t.same(await after.app.effects.drain(), { delivered: 2, failed: 0 })
  t.equal(dropped.received.length, 0)
  t.ok(kept.received[0] && isSigned(kept.received[0], 'new'))
  t.match((await after.app.effects.list())[0], { lastError: /no longer configured/ })
})
