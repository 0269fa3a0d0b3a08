import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { CallInfo, ProviderContext } from 'invigil/provider'
import { Value } from 'typebox/value'
import { attemptFacts, examFacts, registrationFacts } from '../../../core/testkit/bench/facts.ts'
import mock from '../provider.ts'

const exam = examFacts({ backend: 'mock' })
const learner = registrationFacts({ attemptCode: 'CODE-1' })
const attempt = attemptFacts({ attemptCode: 'CODE-1', externalId: 'CODE-1', status: 'submitted', exam })

function start (readyAfterMs: number, markReady: (id: string) => Promise<void>) {
  const errors: object[] = []
  const log = { debug () {}, info () {}, warn () {}, error: (fields: object) => { errors.push(fields) } }
  const call: CallInfo = { signal: AbortSignal.timeout(5000), log, language: 'en', defaultLanguage: 'en', requestId: null, idempotencyKey: null }
  const context: ProviderContext<{ ready_after_ms: number }> = {
    name: 'mock', options: { ready_after_ms: readyAfterMs }, log, fetch, clock: { now: () => new Date() }, attempts: { find: async () => null, receiveReview: async () => {}, reportError: async () => {}, markReady },
  }
  return { create: () => mock.create(context), call, errors }
}

t.test('the attempt code is the external id, and the attempt is ready a moment after its registration', async t => {
  const marked: string[] = []
  const { create, call } = start(50, async id => { marked.push(id) })
  const provider = await create()
  t.same(await provider.registerAttempt(exam, learner, call), { externalId: 'CODE-1' })
  t.same(marked, [], 'not before the registration is known')
  await sleep(150)
  t.same(marked, ['CODE-1'])
})

t.test('an attempt that cannot be marked ready is logged, and nothing breaks', async t => {
  const { create, call, errors } = start(0, async () => { throw new Error('gone meanwhile') })
  await (await create()).registerAttempt(exam, learner, call)
  await sleep(50)
  t.match(errors, [{ err: { message: 'gone meanwhile' }, externalId: 'CODE-1' }])
})

t.test('a pending simulation does not hold up the end of the process', async t => {
  const { create, call } = start(60_000, async () => {})
  const before = process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length
  await (await create()).registerAttempt(exam, learner, call)
  t.equal(process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length, before)
})

t.test('it waits a second unless told otherwise', async t => {
  t.same(Value.Default(mock.options, {}), { ready_after_ms: 1000 })
  t.notOk(Value.Check(mock.options, { ready_after_ms: -1 }))
})

t.test('it offers a download address, removes at once and takes any review in the standard body', async t => {
  const { create, call } = start(1000, async () => {})
  const provider = await create()
  t.equal(provider.verboseName, 'Mock Backend')
  t.equal(await provider.getSoftwareDownloadUrl?.(call), 'mockurl')
  t.equal(await provider.removeAttempt?.({ examExternalId: null, attemptExternalId: 'CODE-1' }, call), true)
  t.same(await provider.normaliseReview?.({ attempt, body: { status: 'passed' } }, call), { status: 'passed', comments: [] })
  await t.rejects(async () => provider.normaliseReview?.({ attempt, body: { status: 'fine' } }, call), { message: /"fine"/ })
})
