import t, { type Test } from 'tap'
import type { Effect } from '../../core/domain/effect.ts'
import { createHttpLms } from '../../core/lms/http.ts'
import { buildEffectsApp, openDatabase } from '../helper/effects-app.ts'
import { startReceiver, type Received } from '../helper/receiver.ts'

const place = { user_id: 101, course_key_or_id: 'course-v1:A+B+C', usage_key_or_id: 'block' }
const credit: Effect = { kind: 'lms', subject: 'attempt:41', service: 'credit', method: 'set_credit_requirement_status', args: { user_id: 101, status: 'submitted' } }
const grades = (method: 'reject' | 'restore', args: object = {}): Effect => ({ kind: 'lms', subject: 'attempt:41', service: 'grades', method, args: { ...place, ...args } })

async function buildHouse (t: Test) {
  const platform = await startReceiver(t)
  const { services, close } = createHttpLms({ servicesUrl: platform.url, token: null, cacheTtlMs: 0, log: { warn () {} } })
  t.teardown(close)
  const { url } = await openDatabase(t)
  const house = await buildEffectsApp(t, { url, lms: services, deliver: false })
  const send = async (...effects: Effect[]) => {
    await house.db.transaction(tx => house.app.effects.enqueue(tx, effects))
    return house.app.effects.drain()
  }
  const makeDue = () => house.db.query({ name: 'now', text: 'update effect set due_at = created_at' }, [])
  return { ...house, platform, send, makeDue }
}

const paths = (received: Received[]) => received.map(({ path }) => path)
const keys = (received: Received[]) => received.map(({ headers }) => headers['idempotency-key'])
/** Says yes to the question whether grades are overridden, and takes every command. */
const willing = ({ path }: Received) => ({ json: { result: path.endsWith('should_override_grade_on_rejected_exam') ? true : null } })

t.test('a rejection asks first, then overrides the grade and invalidates the certificate', async t => {
  const { platform, send } = await buildHouse(t)
  platform.answer(willing)
  t.same(await send(grades('reject', { earned_all: 0, earned_graded: 0, overrider: 'sue', comment: 'Failed Test Proctor proctoring' })), { delivered: 1, failed: 0 })
  t.same(platform.received.map(({ path, json }) => [path, json]), [
    ['/grades/should_override_grade_on_rejected_exam', { course_id: 'course-v1:A+B+C' }],
    ['/grades/override_subsection_grade', { ...place, earned_all: 0, earned_graded: 0, overrider: 'sue', comment: 'Failed Test Proctor proctoring' }],
    ['/certificates/invalidate_certificate', { user_id: 101, course_key_or_id: 'course-v1:A+B+C' }],
  ])
})

t.test('a verdict that is taken back asks first, then undoes the override', async t => {
  const { platform, send } = await buildHouse(t)
  platform.answer(willing)
  t.same(await send(grades('restore')), { delivered: 1, failed: 0 })
  t.same(platform.received.slice(1).map(({ path, json }) => [path, json]), [['/grades/undo_override_subsection_grade', place]])
})

t.test('a course that keeps grades is left alone', async t => {
  const { platform, send } = await buildHouse(t)
  platform.answer(() => ({ json: { result: false } }))
  t.same(await send(grades('reject'), grades('restore')), { delivered: 2, failed: 0 })
  t.same(paths(platform.received), Array(2).fill('/grades/should_override_grade_on_rejected_exam'))
})

t.test('a compound that fails in its middle is repeated with the same keys', async t => {
  const { platform, send, app, makeDue } = await buildHouse(t)
  platform.answer(request => request.path.startsWith('/certificates') ? { status: 500 } : willing(request))
  t.same(await send(grades('reject')), { delivered: 0, failed: 1 })
  platform.answer(willing)
  await makeDue()
  t.same(await app.effects.drain(), { delivered: 1, failed: 0 })
  const [first, second] = [keys(platform.received.slice(1, 3)), keys(platform.received.slice(4, 6))]
  t.same(first, second)
  t.equal(new Set(first).size, 2, 'two commands, two keys')
})

t.test('a platform that is away gets everything later in order', async t => {
  const { platform, send, app, makeDue } = await buildHouse(t)
  platform.answer(willing)
  await platform.down()
  t.same(await send(credit, grades('restore')), { delivered: 0, failed: 1 })
  await platform.up()
  await makeDue()
  t.same(await app.effects.drain(), { delivered: 2, failed: 0 })
  t.same(paths(platform.received), ['/credit/set_credit_requirement_status', '/grades/should_override_grade_on_rejected_exam', '/grades/undo_override_subsection_grade'])
})

t.test('a service the platform does not have is skipped', async t => {
  const { platform, send, app } = await buildHouse(t)
  platform.answer(() => ({ status: 404, text: '' }))
  t.same(await send(credit, grades('reject')), { delivered: 2, failed: 0 })
  t.match(await app.effects.list(), [{ state: 'delivered' }, { state: 'delivered' }])
})

t.test('what the platform refuses for good dies visibly; refused credentials are tried again', async t => {
  for (const [answer, state] of [[{ status: 404, json: { error: 'user_not_found' } }, 'dead'], [{ status: 422 }, 'dead'], [{ status: 403 }, 'pending']] as const) {
    const { platform, send, app } = await buildHouse(t)
    platform.answer(() => answer)
    t.same(await send(credit), { delivered: 0, failed: 1 })
    t.match(await app.effects.list(), [{ state, tries: 1, lastError: /set_credit_requirement_status/ }])
  }
})
