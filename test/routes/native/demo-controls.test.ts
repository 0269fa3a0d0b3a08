import t, { type Test } from 'tap'
import { createDemoClock } from '../../../core/clock.ts'
import type { Effect } from '../../../core/domain/effect.ts'
import demoControls from '../../../core/routes/native/demo-controls.ts'
import { buildEffectsApp, openDatabase } from '../../helper/effects-app.ts'
import { startReceiver } from '../../helper/receiver.ts'

const event = (name: string): Effect => ({ kind: 'event', subject: 'attempt:41', name, context: {}, payload: {} })

async function buildHouse (t: Test) {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const clock = createDemoClock()
  const story: string[] = []
  receiver.answer(({ json }) => {
    story.push((json as { type: string }).type) // our own webhook body
    return {}
  })
  const house = await buildEffectsApp(t, {
    url, clock, config: { demo: { clock: true }, webhooks: [{ url: receiver.url, secret: 's', events: ['*'] }] },
    sources: {
      expireDue: async now => {
        story.push(`expired at ${now.toISOString()}`)
        await house.app.effects.enqueue(house.db, [event('submitted')])
      },
    },
    deliver: false,
  })
  await house.app.register(demoControls, { clock })
  const post = async (path: string, body?: object) => {
    const reply = await house.app.inject({ method: 'POST', url: path, ...(body ? { payload: body } : {}) })
    return { status: reply.statusCode, body: reply.json() }
  }
  return { ...house, receiver, clock, story, post }
}

t.test('freezing, advancing and releasing answer the new time, after what became due is done', async t => {
  const { clock, story, post } = await buildHouse(t)
  t.same(await post('/demo/clock', { freeze: '2030-01-01T00:00:00Z' }), { status: 200, body: { now: '2030-01-01T00:00:00.000Z' } })
  t.ok(clock.isFrozen)
  t.same(story, ['expired at 2030-01-01T00:00:00.000Z', 'submitted'], 'attempts end first, then effects go out')
  t.same(await post('/demo/clock', { advance_seconds: 90 }), { status: 200, body: { now: '2030-01-01T00:01:30.000Z' } })
  const { body } = await post('/demo/clock', { release: true })
  t.ok(Math.abs(Date.parse(body.now) - Date.now()) < 5_000)
  t.notOk(clock.isFrozen)
})

t.test('draining delivers what is due and says how much', async t => {
  const { app, db, receiver, clock, post, story } = await buildHouse(t)
  clock.freeze(new Date('2030-01-01T00:00:00Z'))
  t.same(await post('/demo/drain'), { status: 200, body: { delivered: 0, failed: 0 } })
  await app.effects.enqueue(db, [event('one'), event('two')])
  t.same(await post('/demo/drain'), { status: 200, body: { delivered: 2, failed: 0 } })
  t.same(story, ['one', 'two'])
  receiver.answer(() => ({ status: 500 }))
  await app.effects.enqueue(db, [event('three')])
  t.same((await post('/demo/drain')).body, { delivered: 0, failed: 1 })
  t.same((await post('/demo/drain')).body, { delivered: 0, failed: 0 }, 'its retry is not due')
})

t.test('a clock that goes back does not leave effects waiting for a far future', async t => {
  const { app, db, receiver, post } = await buildHouse(t)
  await post('/demo/clock', { freeze: '2090-01-01T00:00:00Z' })
  receiver.answer(() => ({ status: 500 }))
  await app.effects.enqueue(db, [event('far')])
  t.same((await post('/demo/drain')).body, { delivered: 0, failed: 1 })
  receiver.answer(() => ({}))
  await post('/demo/clock', { release: true })
  t.ok((await app.effects.list()).every(({ state }) => state === 'delivered'))
})

t.test('anything else is refused with 400', async t => {
  const { post } = await buildHouse(t)
  for (const body of [{}, { freeze: 'tomorrow' }, { advance_seconds: -1 }, { advance_seconds: 'x' }, { release: false }, { rewind: 5 }]) {
    t.equal((await post('/demo/clock', body)).status, 400, JSON.stringify(body))
  }
})
