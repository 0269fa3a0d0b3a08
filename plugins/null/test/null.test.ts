import t from 'tap'
import { refuse, type CallInfo, type ProviderContext } from 'invigil/provider'
import { examFacts, registrationFacts } from '../../../core/testkit/bench/facts.ts'
import nothing from '../provider.ts'

const log = { debug () {}, info () {}, warn () {}, error () {} }
const context: ProviderContext<object> = {
  name: 'null',
  options: {},
  log,
  clock: { now: () => new Date() },
  fetch: async () => { throw refuse(500, 'the null provider talks to nobody') },
  attempts: { find: async () => null, receiveReview: async () => {}, reportError: async () => {}, markReady: async () => { throw refuse(500, 'the null provider reports nothing') } },
}
const call: CallInfo = { signal: AbortSignal.timeout(1000), log, language: 'en', defaultLanguage: 'en', requestId: null, idempotencyKey: null }

t.test('it registers without an id, removes at once, and has nothing else to say', async t => {
  const provider = await nothing.create(context)
  t.equal(provider.verboseName, 'Null Backend')
  t.same(await provider.registerAttempt(examFacts(), registrationFacts(), call), { externalId: null })
  t.equal(await provider.removeAttempt?.({ examExternalId: null, attemptExternalId: null }, call), true)
  const { verboseName, registerAttempt, removeAttempt, ...rest } = provider
  t.same(rest, {}, 'above all no normaliseReview: its reviews are refused')
})
