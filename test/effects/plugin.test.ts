import { fork } from 'node:child_process'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { createDemoClock } from '../../core/clock.ts'
import type { Database } from '../../core/db/sql.ts'
import type { Effect } from '../../core/domain/effect.ts'
import { enqueueEffects } from '../../core/effects/enqueue.ts'
import { buildEffectsApp, openDatabase, until, type EffectsApp } from '../helper/effects-app.ts'
import { startReceiver, type Receiver } from '../helper/receiver.ts'

const hook = (url: string) => ({ url, secret: 'whsec_c2VjcmV0', events: ['*'] })

const note = (text: string, subject = 'attempt:41'): Effect => ({ kind: 'event', subject, name: text, context: {}, payload: {} })

interface Event { id: string, type: string, subject: string }
const events = ({ received }: Receiver): Event[] => received.map(({ json }) => json as Event) // our own webhook bodies
const types = (receiver: Receiver): string[] => events(receiver).map(({ type }) => type)

async function send ({ db, app }: Pick<EffectsApp, 'db' | 'app'>, ...effects: Effect[]): Promise<void> {
  await db.transaction(tx => app.effects.enqueue(tx, effects))
}

async function states (db: Database): Promise<string[]> {
  const rows = await db.query<{ state: string }>({ name: 'test-states', text: 'select state from effect order by id' }, [])
  return rows.map(({ state }) => state)
}

async function sql (db: Database, text: string): Promise<Record<string, unknown>[]> {
  return db.query({ name: `test-${text.length}-${text.slice(0, 30)}`, text }, [])
}

/** An app whose clock stands still, so that retries come only when a test says so. */
async function buildWithClock (t: Test, url: string, options: Partial<Parameters<typeof buildEffectsApp>[1]> = {}) {
  const clock = createDemoClock()
  clock.freeze(new Date('2030-01-01T00:00:00Z'))
  const built = await buildEffectsApp(t, { url, clock, deliver: false, ...options, config: { demo: { clock: true }, ...options.config } })
  return { ...built, clock }
}

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

t.test('a process killed between call and mark: the effect comes again with the same idempotency key', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  receiver.answer(() => ({ delayMs: 5_000 }))
  const child = fork(new URL('../helper/effects-child.ts', import.meta.url), [url, receiver.url], { stdio: 'inherit' })
  const ended = once(child, 'exit')
  t.ok(await until(() => receiver.received.length === 1, 15_000), 'the child has called the receiver')
  child.kill('SIGKILL')
  await ended
  receiver.answer(() => ({}))
  const house = await buildEffectsApp(t, { url, sweepSeconds: 0.2, leaseSeconds: 1, config: { webhooks: [hook(receiver.url)] } })
  t.same(await states(house.db), ['pending', 'pending'])
  await house.app.ready()
  t.ok(await until(() => receiver.received.length === 3, 15_000), 'another process takes over when the lease is over')
  t.same(types(receiver), ['first', 'first', 'second'])
  const [before, after] = events(receiver)
  t.equal(before?.id, after?.id)
})

t.test('an effect that is hopeless dies visibly, lets its stream go on, and can be sent again', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const { app, db, clock, logged } = await buildWithClock(t, url, { config: { webhooks: [hook(receiver.url)] } })
  receiver.answer(({ json }) => (json as Event).type === 'bad' ? { status: 500 } : {})
  await send({ app, db }, note('bad'), note('good'))
  let tries = 0
  while ((await states(db))[0] === 'pending' && tries++ < 100) {
    await app.effects.drain()
    if (tries < 48) t.notOk(types(receiver).includes('good'), 'it holds back its stream while it is tried')
    clock.advance(3 * 3600)
  }
  t.equal(tries, 48)
  t.ok(clock.now().getTime() > Date.parse('2030-01-04T00:00:00Z'))
  t.same(await states(db), ['dead', 'delivered'])
  t.match(logged().findLast(line => line.level === 50), { msg: /dead/, reason: /500/, stream: /attempt:41/, attemptId: 41 })
  t.match(await app.effects.counts(), { pending: 0, dead: 1 })
  const [dead] = await app.effects.list({ state: 'dead' })
  t.match(dead, { state: 'dead', tries: 48, kind: 'webhook', what: /^bad to 127\.0\.0\.1/, lastError: /500/ })
  receiver.answer(() => ({}))
  t.match(await app.effects.retry(dead?.id ?? 0), { state: 'pending', tries: 0 })
  t.same(await app.effects.drain(), { delivered: 1, failed: 0 })
  t.same(await states(db), ['delivered', 'delivered'])
  t.equal(await app.effects.retry(dead?.id ?? 0), null, 'what was delivered is not sent again')
})

t.test('"retry now" of a waiting effect does not wait, and wakes the background', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const house = await buildEffectsApp(t, { url, config: { webhooks: [hook(receiver.url)] } })
  await house.app.ready()
  receiver.answer(() => ({ status: 500 }))
  await send(house, note('one'))
  t.ok(await until(async () => (await house.app.effects.list()).some(({ lastError }) => lastError !== null)))
  await sql(house.db, "update effect set due_at = due_at + interval '1 hour'")
  receiver.answer(() => ({}))
  const [waiting] = await house.app.effects.list()
  t.match(await house.app.effects.retry(waiting?.id ?? 0), { state: 'pending', tries: 1 })
  t.ok(await until(async () => (await states(house.db))[0] === 'delivered'))
})

t.test('a wake-up that got lost is made up for', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const house = await buildEffectsApp(t, { url, sweepSeconds: 0.1, config: { webhooks: [hook(receiver.url)] } })
  await send(house, note('one'), note('two'))
  await sql(house.db, "update effect set due_at = due_at - interval '1 minute'")
  await sql(house.db, 'select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null')
  await house.app.ready()
  t.ok(await until(() => receiver.received.length === 2))
  t.same(types(receiver), ['one', 'two'])
})

t.test('a receiver that hangs does not keep vendors, mails or deadlines waiting', async t => {
  const { url } = await openDatabase(t)
  const [hanging, alive] = [await startReceiver(t), await startReceiver(t)]
  hanging.answer(() => ({ delayMs: 3_000 }))
  const expired: number[] = []
  const house = await buildEffectsApp(t, {
    url,
    config: { webhooks: [hook(hanging.url), hook(alive.url)] },
    sources: { expireAttempt: async id => expired.push(id) },
  })
  await house.app.ready()
  const many = Array.from({ length: 40 }, (_, n) => note('x', `attempt:${n}`))
  await send(house, ...many)
  t.ok(await until(() => alive.received.length === 40, 2_500), `the other receiver got ${alive.received.length} of 40`)
  t.ok(hanging.received.length <= 6, `${hanging.received.length} calls to the hanging one`)
  await send(house, { kind: 'expiry', subject: 'attempt:1', attemptId: 1, dueAt: new Date() })
  t.ok(await until(() => expired.length === 1, 500), 'and a deadline is kept')
})

t.test('deadlines: the job comes when the time is up, and a later one replaces it', async t => {
  const { url } = await openDatabase(t)
  const expired: number[] = []
  const house = await buildEffectsApp(t, { url, sources: { expireAttempt: async id => expired.push(id) } })
  await house.app.ready()
  const expiry = (attemptId: number, ms: number): Effect => ({ kind: 'expiry', subject: `attempt:${attemptId}`, attemptId, dueAt: new Date(Date.now() + ms) })
  await send(house, expiry(1, 2_000), expiry(2, 2_000))
  await send(house, expiry(2, 3_600_000))
  t.equal(expired.length, 0)
  t.ok(await until(() => expired.length > 0, 10_000))
  t.same(expired, [1])
  const [waiting] = await sql(house.db, "select run_at > now() + interval '50 minutes' as later from graphile_worker.jobs where key = 'expire:2'")
  t.same(waiting, { later: true })
})

t.test('deadlines that nobody wound are found by the regular look', async t => {
  const { url } = await openDatabase(t)
  const looked: Date[] = []
  const { app } = await buildEffectsApp(t, { url, sweepSeconds: 0.05, sources: { expireDue: async now => looked.push(now) } })
  await app.ready()
  t.ok(await until(() => looked.length > 2))
})

t.test('the queue survives the loss of its database connections', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const house = await buildEffectsApp(t, { url, sweepSeconds: 0.2, config: { webhooks: [hook(receiver.url)] } })
  await house.app.ready()
  await send(house, note('before'))
  t.ok(await until(() => receiver.received.length === 1))
  await sql(house.db, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
  await until(async () => await send(house, note('after')).then(() => true, () => false))
  t.ok(await until(() => receiver.received.length === 2, 15_000))
})

t.test('closing lets a delivery under way finish, and then nothing is left open', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  receiver.answer(() => ({ delayMs: 300 }))
  const house = await buildEffectsApp(t, { url, config: { webhooks: [hook(receiver.url)] } })
  await house.app.ready()
  await send(house, note('one'), note('two'))
  t.ok(await until(() => receiver.received.length === 1))
  await house.app.close()
  t.same(await states(house.db), ['delivered', 'pending'], 'the first is marked, the second not begun')
  // the server notices a hung-up connection a moment later
  const open = () => sql(house.db, "select pid from pg_stat_activity where datname = current_database() and query ilike '%graphile%' and pid <> pg_backend_pid()")
  t.ok(await until(async () => (await open()).length === 0), 'no connection is left')
  t.equal((await sql(house.db, "select id from graphile_worker.jobs where key like 'deliver:%'")).length, 1, 'and somebody else is woken for it')
})

t.test('deliveries of a month ago are forgotten, others are not', async t => {
  const { url } = await openDatabase(t)
  const receiver = await startReceiver(t)
  const house = await buildEffectsApp(t, { url, sweepSeconds: 0.05, config: { webhooks: [hook(receiver.url)] } })
  await send(house, note('old'), note('new'))
  await house.app.effects.drain()
  await sql(house.db, "update effect set delivered_at = delivered_at - interval '31 days' where payload->>'type' = 'old'")
  await house.app.ready()
  t.ok(await until(async () => (await states(house.db)).length === 1))
})
