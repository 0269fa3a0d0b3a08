import { fork } from 'node:child_process'
import { once } from 'node:events'
import t from 'tap'
import type { Effect } from '../../core/domain/effect.ts'
import { buildEffectsApp, openDatabase, until } from '../helper/effects-app.ts'
import { startReceiver } from '../helper/receiver.ts'
import { buildWithClock, events, hook, note, send, sql, states, types, type Event } from './scene.ts'

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
