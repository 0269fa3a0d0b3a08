import t from 'tap'
import { createDemoClock } from '../../core/clock.ts'
import { COOL_DOWN_MS, FAILURES_TO_OPEN } from '../../core/provider/circuit.ts'
import type { CallOutcome, CallPlace } from '../../core/provider/registry.ts'
import { attempt, exam, ids, registration } from './facts.ts'
import { createLogLines, installFixtures, load } from './host.ts'

const named = (examName: string) => ({ ...exam, examName })
const review = { attempt, body: {} }
const content = { attemptCode: 'A', launchedBySecureBrowser: false }

t.test('what a plugin throws comes out wrapped, with provider, package, method and cause', async t => {
  const root = await installFixtures(t, 'failing-calls')
  const registry = await load(t, root, { acme: { package: 'fixture-failing-calls' } })
  const { call } = registry.require('acme')
  const who = { provider: 'acme', package: 'fixture-failing-calls' }
  await t.rejects(call('registerAttempt', [named('broken'), registration]), {
    ...who,
    code: 'INV_PROVIDER_FAILED',
    statusCode: 502,
    method: 'registerAttempt',
    message: 'Provider "acme" (package "fixture-failing-calls"): registerAttempt failed: something broke inside',
    cause: { name: 'TypeError', message: 'something broke inside' },
  })
  await t.rejects(call('startAttempt', [ids]), { ...who, code: 'INV_PROVIDER_FAILED', cause: { message: 'thrown at once' } })
  await t.rejects(call('stopAttempt', [ids]), { ...who, code: 'INV_PROVIDER_FAILED', message: /threw a text/ })
})

t.test('a refusal carries the status of the vendor', async t => {
  const root = await installFixtures(t, 'failing-calls')
  const registry = await load(t, root, { acme: { package: 'fixture-failing-calls' } })
  const { call } = registry.require('acme')
  const register = (examName: string) => call('registerAttempt', [named(examName), registration])
  await t.rejects(register('full'), { code: 'INV_PROVIDER_REFUSED', statusCode: 503, detail: 'the vendor is full', message: 'Provider "acme" refused: the vendor is full' })
  await t.rejects(register('unknown learner'), { code: 'INV_PROVIDER_REFUSED', statusCode: 422 })
  await t.rejects(register('odd status'), { code: 'INV_PROVIDER_REFUSED', statusCode: 502 })
})

t.test('an answer of the wrong shape is refused, and said where', async t => {
  const root = await installFixtures(t, 'wrong-shape')
  const registry = await load(t, root, { acme: { package: 'fixture-wrong-shape' } })
  const { call } = registry.require('acme')
  const bad = (message: RegExp) => ({ code: 'INV_PROVIDER_BAD_ANSWER', statusCode: 502, provider: 'acme', message })
  await t.rejects(call('registerAttempt', [exam, registration]), bad(/registerAttempt answered an object with 'id'; expected an object with 'externalId' or an object with 'onboarding'\./))
  await t.rejects(call('registerAttempt', [named('number'), registration]), bad(/answered 7 at 'externalId'; expected text of at least 1 character\(s\) of at most 255 characters or null\./))
  await t.rejects(call('removeAttempt', [ids]), bad(/removeAttempt answered nothing; expected true or false\./))
  await t.rejects(call('examSaved', [exam]), bad(/examSaved answered ""; expected text of at least 1/))
  await t.rejects(call('getInstructorUrl', [{ courseId: 'c', user: { id: 'u', fullName: '', email: '' } }]), bad(/expected text or null/))
})

t.test('a method that is not async may answer at once', async t => {
  const root = await installFixtures(t, 'wrong-shape')
  const registry = await load(t, root, { acme: { package: 'fixture-wrong-shape' } })
  t.same(await registry.require('acme').call('getConfiguration', []), { rules: {} })
})

t.test('a plugin cannot change what it is given', async t => {
  const root = await installFixtures(t, 'changes-input')
  const registry = await load(t, root, { acme: { package: 'fixture-changes-input' } })
  const { call } = registry.require('acme')
  const mine = named('mine')
  await t.rejects(call('registerAttempt', [mine, registration]), { code: 'INV_PROVIDER_FAILED', cause: { name: 'TypeError' } })
  t.equal(mine.examName, 'mine')
  const body = { inner: { list: ['ours'] } }
  await t.rejects(call('normaliseReview', [{ attempt, body }]), { code: 'INV_PROVIDER_FAILED', cause: { name: 'TypeError' } })
  t.same(body, { inner: { list: ['ours'] } })
  t.notOk(Object.isFrozen(body.inner), 'ours is not frozen')
  t.same(await call('getAttempt', [attempt]), { instructions: ['good', 'true'] })
})

t.test('a body from outside with the key __proto__ is handed over without touching a prototype', async t => {
  const root = await installFixtures(t, 'changes-input')
  const registry = await load(t, root, { acme: { package: 'fixture-changes-input' } })
  const body: Record<string, unknown> = JSON.parse('{"__proto__": {"inner": {"list": []}}}')
  // with a changed prototype `body.inner.list` would be found
  await t.rejects(registry.require('acme').call('normaliseReview', [{ attempt, body }]), { cause: { message: /undefined/ } })
})

t.test('a call that never ends is given up at its deadline, and the plugin is told', async t => {
  const root = await installFixtures(t, 'slow-call')
  const { log, lines } = createLogLines()
  const registry = await load(t, root, { acme: { package: 'fixture-slow-call' } }, { log })
  const { call, health } = registry.require('acme')
  const startedAt = performance.now()
  const slow = call('blocksContent', [content])
  t.equal(health().pending, 1)
  await t.rejects(slow, {
    code: 'INV_PROVIDER_TIMEOUT',
    statusCode: 504,
    message: 'Provider "acme" (package "fixture-slow-call"): blocksContent did not answer within 2000 ms.',
  })
  t.ok(performance.now() - startedAt < 2_500)
  await new Promise(resolve => setTimeout(resolve, 20))
  t.match(lines().filter(line => line.msg === 'told to stop'), [{ provider: 'acme' }])
  t.equal(health().pending, 0)
})

t.test('calls under way end when the host closes', async t => {
  const root = await installFixtures(t, 'slow-call')
  const registry = await load(t, root, { acme: { package: 'fixture-slow-call' } })
  const slow = registry.require('acme').call('registerAttempt', [exam, registration])
  const ended = t.rejects(slow, { code: 'INV_PROVIDER_FAILED', message: /the host is shutting down/ })
  await registry.close()
  await ended
})

t.test('a provider that fails again and again is left alone for a while, then asked once', async t => {
  const root = await installFixtures(t, 'failing-calls')
  let now = 1_000
  const clock = createDemoClock()
  clock.freeze(new Date('2030-01-01T00:00:00Z'))
  const registry = await load(t, root, { acme: { package: 'fixture-failing-calls' } }, { monotonic: () => now, clock })
  const { call, health } = registry.require('acme')
  const register = (examName: string) => call('registerAttempt', [named(examName), registration])

  for (let i = 1; i < FAILURES_TO_OPEN; i++) await t.rejects(register('broken'), { code: 'INV_PROVIDER_FAILED' })
  await t.rejects(register('unknown learner'), { code: 'INV_PROVIDER_REFUSED', statusCode: 422 }, 'a refusal of one learner is an answer: the count starts again')
  for (let i = 1; i <= FAILURES_TO_OPEN; i++) await t.rejects(register('full'), { code: 'INV_PROVIDER_REFUSED', statusCode: 503 })
  t.match(health(), { circuit: 'open', retryAt: '2030-01-01T00:00:30.000Z' })
  await t.rejects(register('good'), {
    code: 'INV_PROVIDER_UNAVAILABLE',
    statusCode: 503,
    message: 'Provider "acme" (package "fixture-failing-calls") failed too often lately and is not called until 2030-01-01T00:00:30.000Z.',
  })

  clock.advance(3_600)
  await t.rejects(register('good'), { code: 'INV_PROVIDER_UNAVAILABLE' }, 'the demo clock does not close it')

  now += COOL_DOWN_MS
  t.equal(health().circuit, 'half-open')
  const probe = register('broken')
  await t.rejects(register('good'), { code: 'INV_PROVIDER_UNAVAILABLE' }, 'one trial at a time')
  await t.rejects(probe, { code: 'INV_PROVIDER_FAILED' })
  t.equal(health().circuit, 'open')

  now += COOL_DOWN_MS
  t.same(await register('good'), { externalId: 'fine' })
  t.match(health(), { circuit: 'closed', retryAt: null })
})

t.test('reviews that cannot be read do not keep learners from registering', async t => {
  const root = await installFixtures(t, 'failing-calls')
  const registry = await load(t, root, { acme: { package: 'fixture-failing-calls' } })
  const { call, health } = registry.require('acme')
  for (let i = 0; i < FAILURES_TO_OPEN * 2; i++) await t.rejects(call('normaliseReview', [review]), { code: 'INV_PROVIDER_FAILED' })
  t.equal(health().circuit, 'closed')
  t.same(await call('registerAttempt', [named('good'), registration]), { externalId: 'fine' })
})

t.test('health and observers are told of every call', async t => {
  const root = await installFixtures(t, 'failing-calls')
  let now = 0
  const registry = await load(t, root, { acme: { package: 'fixture-failing-calls' } }, { monotonic: () => (now += 5) })
  const seen: [string, CallPlace, CallOutcome, number][] = []
  registry.observe({ called: ({ provider, method, outcome, ms }) => seen.push([provider, method, outcome, ms]) })
  registry.observe({ called: () => { throw new Error('a broken observer') } })
  const { call, health } = registry.require('acme')
  await call('registerAttempt', [named('good'), registration])
  await t.rejects(call('registerAttempt', [named('unknown learner'), registration]))
  for (let i = 0; i < 11; i++) await t.rejects(call('normaliseReview', [review]))
  t.same(seen.slice(0, 3), [['acme', 'registerAttempt', 'ok', 5], ['acme', 'registerAttempt', 'refused', 5], ['acme', 'normaliseReview', 'failed', 5]])
  const { counts, p50Ms, lastErrors } = health()
  t.match(counts, { ok: 1, refused: 1, failed: 11, timeout: 0 })
  t.equal(p50Ms, 5)
  t.equal(lastErrors.length, 10)
  t.match(lastErrors[0], { method: 'normaliseReview', code: 'INV_PROVIDER_FAILED', message: /cannot read this review/ })
})
