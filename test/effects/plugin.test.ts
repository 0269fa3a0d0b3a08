import t from 'tap'
import { enqueueEffects } from '../../core/effects/enqueue.ts'
import type { Effect } from '../../core/domain/effect.ts'
import { buildEffectsApp, openDatabase, until } from '../helper/effects-app.ts'
import { startReceiver } from '../helper/receiver.ts'
import { buildWithClock, events, hook, note, send, sql, states, types, type Event } from './scene.ts'

t.test('what is committed goes out at once, without anybody asking', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const house = await buildEffectsApp(t, { url, config: { webhooks: [hook(receiver.url)] } })
  await house.app.ready()
  await send(house, note('warm up'))
  t.ok(await until(() => receiver.received.length === 1))
  const delays: number[] = []
  for (let round = 0; round < 10; round++) {
    await new Promise(resolve => setTimeout(resolve, 20))
    const before = performance.now()
    await send(house, note(`round ${round}`))
    t.ok(await until(() => receiver.received.length === round + 2))
    delays.push((receiver.received.at(-1)?.at ?? Infinity) - before)
  }
  const median = delays.sort((a, b) => a - b)[5] ?? Infinity
  t.ok(median < 200, `median from commit to arrival: ${median.toFixed(1)} ms`)
  t.comment(`median from commit to arrival: ${median.toFixed(1)} ms`)
})

t.test('a transaction that is rolled back leaves neither rows nor jobs', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const { app, db } = await buildEffectsApp(t, { url, deliver: false, config: { webhooks: [hook(receiver.url)] } })
  const expiry: Effect = { kind: 'expiry', subject: 'attempt:41', attemptId: 41, dueAt: new Date() }
  await t.rejects(db.transaction(async tx => {
    await app.effects.enqueue(tx, [note('never'), expiry])
    throw new Error('changed my mind')
  }), { message: 'changed my mind' })
  t.same(await sql(db, 'select id from effect'), [])
  t.same(await sql(db, 'select id from graphile_worker.jobs'), [])
  await send({ app, db }, note('kept'), expiry)
  t.equal((await sql(db, 'select id from graphile_worker.jobs')).length, 2)
})

t.test('nothing to write means no statement at all', async t => {
  const fail = async (): Promise<never> => { throw new Error('a statement was run') }
  const never = { query: fail, texts: fail }
  await enqueueEffects(never, [], { now: new Date(), webhooks: [], requestId: null })
  await enqueueEffects(never, [note('unheard')], { now: new Date(), webhooks: [], requestId: null })
  await enqueueEffects(never, [note('unheard')], { now: new Date(), webhooks: [{ ...hook('http://a'), events: ['other'] }], requestId: null })
  t.pass('none was run')
})

t.test('a receiver that was down gets everything in order, while other streams go on', async t => {
  const { url } = await openDatabase(t)
  const [dead, alive] = [await startReceiver(t), await startReceiver(t)]
  const house = await buildEffectsApp(t, { url, config: { webhooks: [hook(dead.url), hook(alive.url)] } })
  await house.app.ready()
  await dead.down()
  for (const text of ['one', 'two', 'three']) await send(house, note(text))
  t.ok(await until(() => alive.received.length === 3), 'the other receiver does not wait')
  t.ok(await until(async () => (await sql(house.db, "select id from effect where state = 'pending' and tries > 0")).length === 1), 'only the oldest is tried')
  await dead.up()
  await send(house, note('four'))
  t.ok(await until(() => dead.received.length === 4, 10_000), 'it is tried again by itself')
  t.same(types(dead), ['one', 'two', 'three', 'four'])
  t.same(types(alive), ['one', 'two', 'three', 'four'])
  t.ok(await until(async () => (await states(house.db)).every(state => state === 'delivered')))
})

t.test('order in a stream holds across a retry in its middle', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const house = await buildWithClock(t, url, { config: { webhooks: [hook(receiver.url)] } })
  let fails = 2
  receiver.answer(({ json }) => (json as Event).type === 'two' && fails-- > 0 ? { status: 503 } : {})
  await send(house, note('one'), note('two'), note('three'))
  await send(house, note('other', 'attempt:42'))
  t.same(await house.app.effects.drain(), { delivered: 2, failed: 1 })
  t.same(types(receiver), ['one', 'two', 'other'])
  t.same(await house.app.effects.drain(), { delivered: 0, failed: 0 }, 'what waits for its retry is not due')
  house.clock.advance(3)
  t.same(await house.app.effects.drain(), { delivered: 0, failed: 1 })
  house.clock.advance(6)
  t.same(await house.app.effects.drain(), { delivered: 2, failed: 0 })
  t.same(types(receiver), ['one', 'two', 'other', 'two', 'two', 'three'])
  t.equal(new Set(events(receiver).filter(({ type }) => type === 'two').map(({ id }) => id)).size, 1, 'every try has the same idempotency key')
})

t.test('drains that run at the same moment in two processes deliver each effect once and in order', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  receiver.answer(() => ({ delayMs: 3 }))
  const one = await buildWithClock(t, url, { config: { webhooks: [hook(receiver.url)] } })
  const two = await buildWithClock(t, url, { config: { webhooks: [hook(receiver.url)] } })
  for (let n = 0; n < 20; n++) await send(one, note(`${n}`, `attempt:${n % 4}`))
  const results = await Promise.all([one.app.effects.drain(), two.app.effects.drain(), one.app.effects.drain(), two.app.effects.drain()])
  t.equal(results.reduce((sum, { delivered }) => sum + delivered, 0), 20)
  t.equal(receiver.received.length, 20)
  for (let n = 0; n < 4; n++) {
    t.same(events(receiver).filter(({ subject }) => subject === `attempt:${n}`).map(({ type }) => Number(type) % 4 === n && Math.floor(Number(type) / 4)), [0, 1, 2, 3, 4])
  }
})

t.test('background deliveries of two processes deliver each effect once and in order', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const config = { webhooks: [hook(receiver.url)] }
  const houses = [await buildEffectsApp(t, { url, config }), await buildEffectsApp(t, { url, config })] as const
  await Promise.all(houses.map(({ app }) => app.ready()))
  for (let n = 0; n < 60; n++) await send(houses[n % 2] ?? houses[0], note(`${n}`, `attempt:${n % 3}`))
  t.ok(await until(() => receiver.received.length >= 60, 10_000))
  await Promise.all(houses.map(({ app }) => app.effects.drain()))
  t.equal(receiver.received.length, 60)
  for (let n = 0; n < 3; n++) {
    const order = events(receiver).filter(({ subject }) => subject === `attempt:${n}`).map(({ type }) => Number(type))
    t.same(order, order.toSorted((a, b) => a - b))
  }
})

t.test('with a demo clock the background too delivers one after the other in the order of writing, whatever the stream', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  receiver.answer(({ json }) => ({ delayMs: (json as Event).subject === 'attempt:0' ? 20 : 1 }))
  const house = await buildWithClock(t, url, { deliver: true, config: { webhooks: [hook(receiver.url)] } })
  await house.app.ready()
  await send(house, ...Array.from({ length: 20 }, (_, n) => note(`${n}`, `attempt:${n % 5}`)))
  t.ok(await until(() => receiver.received.length === 20))
  t.same(types(receiver).map(Number), Array.from({ length: 20 }, (_, n) => n))
})

t.test('a drain waits for what another process has in hand', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  receiver.answer(() => ({ delayMs: 150 }))
  const one = await buildWithClock(t, url, { config: { webhooks: [hook(receiver.url)] } })
  const two = await buildWithClock(t, url, { config: { webhooks: [hook(receiver.url)] } })
  await send(one, note('slow'))
  const first = one.app.effects.drain()
  t.ok(await until(() => receiver.received.length === 1))
  t.same(await two.app.effects.drain(), { delivered: 0, failed: 0 })
  t.same(await states(two.db), ['delivered'], 'it answered after the other one had finished')
  await first
})
