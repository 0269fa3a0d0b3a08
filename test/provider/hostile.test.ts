import t from 'tap'
import { formatFault } from '../../core/provider/faults.ts'
import { attempt, exam, registration } from './facts.ts'
import { createLogLines, installFixtures, load, loadFaults } from './host.ts'

t.setTimeout(60_000)

const named = (examName: string) => ({ ...exam, examName })
const BAD = 'INV_PROVIDER_BAD_ANSWER'

t.test('a huge, deep, circular or endless answer is refused, and costs next to nothing', async t => {
  const root = await installFixtures(t, 'huge-answers')
  const { call, health } = (await load(t, root, { acme: { package: 'fixture-huge-answers' } })).require('acme')
  const cases = {
    text: /answered more than 5000000 characters of text; expected plain data of moderate size/,
    elsewhere: /answered more than 5000000 characters of text/,
    deep: /answered something nested more than 40 levels deep/,
    circular: /nested more than 40 levels deep/,
    wide: /answered a list of 1000000/,
  }
  for (const [kind, message] of Object.entries(cases)) await t.rejects(call('registerAttempt', [named(kind), registration]), { code: BAD, message }, kind)
  t.ok(JSON.stringify(health()).length < 5_000, 'nothing of it is kept')

  const again = (await load(t, root, { acme: { package: 'fixture-huge-answers' } })).require('acme')
  const startedAt = performance.now()
  await t.rejects(again.call('registerAttempt', [named('sparse'), registration]), { code: BAD, message: /a list of 4000000000/ })
  t.ok(performance.now() - startedAt < 500)
})

t.test('an answer is read once, as data, whatever it does when it is read', async t => {
  const root = await installFixtures(t, 'tricky-answers')
  const provider = (await load(t, root, { acme: { package: 'fixture-tricky-answers' } })).require('acme')
  const register = (kind: string) => provider.call('registerAttempt', [named(kind), registration])
  t.same(await register('changing'), { externalId: 'first' })
  t.same(await register('proxy'), { externalId: 'of a proxy' })
  const clean = await register('polluting key')
  t.same(Object.keys(clean ?? {}), ['externalId'])
  t.equal(Object.getPrototypeOf(clean), Object.prototype)
  t.same(await register('thenable that answers twice'), { externalId: 'once' })
  for (const kind of ['throwing', 'throwing proxy']) await t.rejects(register(kind), { code: BAD, message: /answered something that throws when it is read/ }, kind)
  await t.rejects(register('throwing thenable'), { code: 'INV_PROVIDER_FAILED', message: /got you/ })
  await t.rejects(register('throws a trap'), { code: 'INV_PROVIDER_FAILED', message: /threw something that throws when it is read/ })
  await t.rejects(provider.call('blocksContent', [{ attemptCode: 'A', launchedBySecureBrowser: false }]), { code: 'INV_PROVIDER_TIMEOUT' }, 'a thenable that never settles')

  const again = (await load(t, root, { acme: { package: 'fixture-tricky-answers' } })).require('acme')
  await t.rejects(again.call('registerAttempt', [named('throws nothing'), registration]), { code: 'INV_PROVIDER_FAILED', message: /threw undefined/ })
  const novel = await again.call('registerAttempt', [named('throws a novel'), registration]).then(() => null, thrown => thrown)
  t.ok(novel instanceof Error && novel.message.length < 2_000)
  t.ok(JSON.stringify(again.health()).length < 10_000)
  const configuration = await again.call('getConfiguration', [])
  t.match(configuration, { at: '1970-01-01T00:00:00.000Z', list: [null, null, 1] })
  t.same(Object.keys(configuration ?? {}), ['asked', 'at', 'list'], 'what JSON would leave out is left out')
  t.equal(configuration?.asked, await again.call('getConfiguration', []).then(answer => answer?.asked), 'a method that is an accessor is asked for at start only')
})

t.test('a provider can keep and try to change what it is given; the host\'s own stays as it is', async t => {
  const root = await installFixtures(t, 'keeps-input')
  const { call } = (await load(t, root, { acme: { package: 'fixture-keeps-input' } })).require('acme')
  const body = { inner: { text: 'ours' }, list: ['ours'] }
  const review = await call('normaliseReview', [{ attempt, body }])
  t.equal(review?.comments[0]?.comment, 'set failed,add failed,define failed,prototype failed,push failed,delete failed')
  t.same(body, { inner: { text: 'ours' }, list: ['ours'] })
  t.equal(Object.getPrototypeOf(body), Object.prototype)
  const kept: unknown = Reflect.get(globalThis, 'keptByFixture')
  t.ok(Array.isArray(kept) && kept.length === 1 && kept[0] !== body && kept[0].inner !== body.inner, 'what it keeps is a copy, and nothing of ours is held by it')
  Reflect.deleteProperty(globalThis, 'keptByFixture')
})

t.test('a provider that changes what all code shares is refused, and the change undone', async t => {
  const root = await installFixtures(t, 'pollutes', 'good')
  const { fetch } = globalThis
  const { includes } = Array.prototype
  const create = async (what: string) => (await loadFaults(t, root, { dirty: { package: 'fixture-pollutes', options: { create: what } }, good: { package: '@acme/proctor' } })).faults
  t.match(await create('prototype'), [{ provider: 'dirty', code: 'INV_PROVIDER_TAMPERED', found: 'Object.prototype.isAdmin was added' }])
  t.notOk('isAdmin' in {})
  t.match(await create('fetch'), [{ provider: 'dirty', code: 'INV_PROVIDER_TAMPERED', found: 'globalThis.fetch was replaced' }])
  t.equal(globalThis.fetch, fetch)
  const [fault] = await create('method')
  t.match(fault && formatFault(fault), /^Provider 'dirty' \(package 'fixture-pollutes'\): expected 'create' to leave alone what all code of the process shares, found Array\.prototype\.includes was replaced\. It was put back\./)
  t.equal(Array.prototype.includes, includes)

  process.env.POLLUTE_AT_IMPORT = 'prototype'
  t.teardown(() => { delete process.env.POLLUTE_AT_IMPORT })
  const other = await installFixtures(t, 'pollutes')
  t.match((await loadFaults(t, other, { dirty: { package: 'fixture-pollutes' } })).faults, [{ code: 'INV_PROVIDER_TAMPERED', expected: /^the import of its entry file/ }])
  t.notOk('isAdmin' in {})
})

t.test('done later, in a call, it is seen after the call, undone and told', async t => {
  const root = await installFixtures(t, 'pollutes')
  const { fetch } = globalThis
  for (const [what, told] of [['prototype', 'Object.prototype.isAdmin was added'], ['fetch', 'globalThis.fetch was replaced']] as const) {
    const { log, lines } = createLogLines()
    const { call, health } = (await load(t, root, { dirty: { package: 'fixture-pollutes', options: { call: what } } }, { log })).require('dirty')
    await call('registerAttempt', [exam, registration])
    t.notOk('isAdmin' in {})
    t.equal(globalThis.fetch, fetch)
    t.match(health().lastErrors, [{ method: 'background', message: `what all code of the process shares was changed, seen after registerAttempt: ${told}` }])
    t.match(lines(), [{ level: 50, provider: 'dirty', package: 'fixture-pollutes' }])
  }
})
