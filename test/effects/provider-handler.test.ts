import t, { type Test } from 'tap'
import type { Effect } from '../../core/domain/effect.ts'
import type { EffectSources } from '../../core/effects/plugin.ts'
import type { SavedExam } from '../../core/provider/contract.ts'
import { buildEffectsApp, openDatabase } from '../helper/effects-app.ts'
import { startReceiver, type Receiver } from '../helper/receiver.ts'
import { installFixtures, load } from '../provider/host.ts'

const stored: SavedExam = {
  id: 7, courseId: 'course-v1:A+B+C', contentId: 'block', externalId: null, examName: 'Midterm', timeLimitMins: 90, isProctored: true,
  isPracticeExam: false, isActive: true, dueDate: null, hideAfterDue: false, backend: 'test', ruleSummary: 'no phones',
}
const tell = (method: 'startAttempt' | 'stopAttempt' | 'markAttemptError' | 'removeAttempt', provider = 'test'): Effect =>
  ({ kind: 'provider', subject: 'attempt:41', provider, method, examExternalId: 'px-1', attemptExternalId: 'pa-1' })
const save = (overrides: { isActive?: boolean, isProctored?: boolean } = {}): Effect =>
  ({ kind: 'provider', subject: 'exam:7', provider: 'test', method: 'examSaved', examId: 7, overrides })

async function buildHouse (t: Test, sources: Partial<EffectSources> = {}) {
  const vendor = await startReceiver(t)
  const root = await installFixtures(t, 'telling')
  const providers = await load(t, root, {
    test: { package: '@acme/telling', options: { base_url: vendor.url } },
    broken: { package: '@acme/telling', options: {}, on_boot_failure: 'disable' },
    old: { retired: true },
  })
  const { url } = await openDatabase(t)
  const house = await buildEffectsApp(t, { url, providers, sources, deliver: false })
  const send = async (...effects: Effect[]) => {
    await house.db.transaction(tx => house.app.effects.enqueue(tx, effects, 'req-9'))
    return house.app.effects.drain()
  }
  return { ...house, vendor, send }
}

const calls = ({ received }: Receiver) => received.map(({ path, json }) => [path.slice(1), json])

t.test('vendors are told in order, with an idempotency key and the request id', async t => {
  const { vendor, send, app } = await buildHouse(t)
  vendor.answer(({ path }) => path === '/removeAttempt' ? { json: true } : {})
  t.same(await send(tell('startAttempt'), tell('stopAttempt'), tell('markAttemptError'), tell('removeAttempt')), { delivered: 4, failed: 0 })
  const ids = { examExternalId: 'px-1', attemptExternalId: 'pa-1' }
  t.same(calls(vendor), [['startAttempt', ids], ['stopAttempt', ids], ['markAttemptError', ids], ['removeAttempt', ids]])
  t.equal(new Set(vendor.received.map(({ headers }) => headers['idempotency-key'])).size, 4)
  t.ok(vendor.received.every(({ headers }) => headers['x-request-id'] === 'req-9'))
  t.same((await app.effects.list()).map(({ state, lastError }) => [state, lastError]), Array(4).fill(['delivered', null]))
})

t.test('a vendor that is down is told later, and nothing overtakes', async t => {
  const { vendor, send, app, db } = await buildHouse(t)
  vendor.answer(() => ({ status: 503 }))
  t.same(await send(tell('startAttempt'), tell('stopAttempt')), { delivered: 0, failed: 1 })
  t.match(await app.effects.list(), [{ what: 'test.stopAttempt', tries: 0 }, { what: 'test.startAttempt', tries: 1, lastError: /answered 503/ }])
  vendor.answer(() => ({}))
  await db.query({ name: 'now', text: 'update effect set due_at = created_at' }, [])
  t.same(await app.effects.drain(), { delivered: 2, failed: 0 })
  t.same(vendor.received.map(({ path }) => path), ['/startAttempt', '/startAttempt', '/stopAttempt'])
})

t.test('a vendor that refuses for good, or has forgotten the attempt, is not asked again', async t => {
  const { vendor, send, app } = await buildHouse(t)
  vendor.answer(({ path }) => ({ status: path === '/stopAttempt' ? 404 : 422 }))
  t.same(await send(tell('startAttempt'), tell('stopAttempt')), { delivered: 2, failed: 0 })
  t.match(await app.effects.list(), [{ state: 'delivered', lastError: /refused stopAttempt for good/ }, { state: 'delivered', lastError: /422/ }])
})

t.test('a vendor that refuses our credentials or is busy is asked again', async t => {
  for (const status of [401, 429]) {
    const { vendor, send } = await buildHouse(t)
    vendor.answer(() => ({ status }))
    t.same(await send(tell('stopAttempt')), { delivered: 0, failed: 1 }, `${status}`)
  }
})

t.test('a removal the vendor did not make is told in the log and over', async t => {
  const { vendor, send, logged } = await buildHouse(t)
  vendor.answer(() => ({ json: false }))
  t.same(await send(tell('removeAttempt')), { delivered: 1, failed: 0 })
  t.ok(logged().some(({ level, msg }) => level === 50 && String(msg).includes('did not remove')))
})

t.test('a provider that is retired or gone needs no telling; one that is switched off is told when it is back', async t => {
  const { vendor, send, app } = await buildHouse(t)
  t.same(await send(tell('stopAttempt', 'old'), tell('stopAttempt', 'never-heard-of'), tell('stopAttempt', 'broken')), { delivered: 2, failed: 1 })
  t.match(await app.effects.list(), [{ state: 'pending', lastError: /broken/ }, { state: 'delivered', lastError: /no longer served/ }, { state: 'delivered' }])
  t.equal(vendor.received.length, 0)
})

t.test('a saved exam: the new id is stored and the vendor told a second time with it', async t => {
  const kept: unknown[] = []
  const { vendor, send } = await buildHouse(t, {
    loadExamForProvider: async () => stored,
    storeExamExternalId: async (...pair) => { kept.push(pair) },
  })
  vendor.answer(() => ({ json: 'px-9' }))
  t.same(await send(save()), { delivered: 1, failed: 0 })
  t.same(kept, [[7, 'px-9']])
  t.same(calls(vendor), [['examSaved', stored], ['examSaved', { ...stored, externalId: 'px-9' }]])
  const keys = vendor.received.map(({ headers }) => headers['idempotency-key'])
  t.equal(keys[1], `${keys[0]}-again`)
})

t.test('a saved exam that keeps its id is told once, and one that is gone not at all', async t => {
  const kept: unknown[] = []
  let exam: SavedExam | null = { ...stored, externalId: 'px-9' }
  const { vendor, send } = await buildHouse(t, { loadExamForProvider: async () => exam, storeExamExternalId: async (...pair) => { kept.push(pair) } })
  for (const answer of ['px-9', null]) {
    vendor.answer(() => ({ json: answer }))
    t.same(await send(save()), { delivered: 1, failed: 0 })
  }
  exam = null
  t.same(await send(save()), { delivered: 1, failed: 0 })
  t.equal(vendor.received.length, 2)
  t.same(kept, [])
})

t.test('an exam that leaves proctoring is told once, as it will be, and its answer is not kept', async t => {
  const kept: unknown[] = []
  const { vendor, send } = await buildHouse(t, { loadExamForProvider: async () => stored, storeExamExternalId: async (...pair) => { kept.push(pair) } })
  vendor.answer(() => ({ json: 'px-9' }))
  t.same(await send(save({ isActive: false, isProctored: false })), { delivered: 1, failed: 0 })
  t.same(calls(vendor), [['examSaved', { ...stored, isActive: false, isProctored: false }]])
  t.same(kept, [])
})

t.test('an exam the vendor refuses dies at once for a person to see, and can be sent again', async t => {
  const { vendor, send, app } = await buildHouse(t, { loadExamForProvider: async () => ({ ...stored, externalId: 'px-9' }) })
  vendor.answer(() => ({ status: 400 }))
  t.same(await send(save()), { delivered: 0, failed: 1 })
  const [dead] = await app.effects.list({ state: 'dead' })
  t.match(dead, { tries: 1, lastError: /400/ })
  vendor.answer(() => ({ json: 'px-9' }))
  await app.effects.retry(dead?.id ?? 0)
  t.same(await app.effects.drain(), { delivered: 1, failed: 0 })
})

t.test('a row that another version wrote dies with an explanation', async t => {
  const { send, app, db } = await buildHouse(t)
  await db.query({
    name: 'odd',
    text: 'insert into effect (subject, stream, kind, payload, idempotency_key, created_at, due_at) values (\'attempt:1\', \'s\', \'provider\', \'{"method": "dance"}\', \'k\', now(), now())',
  }, [])
  t.same(await send(), { delivered: 0, failed: 1 })
  t.match(await app.effects.list(), [{ state: 'dead', what: 'provider', lastError: /another version/ }])
})
