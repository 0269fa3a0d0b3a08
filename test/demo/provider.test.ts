import t from 'tap'
import type { CallInfo, ProviderContext } from 'invigil/provider'
import { Value } from 'typebox/value'
import { attemptFacts, examFacts, registrationFacts } from '../../core/testkit/bench/facts.ts'
import demo from '../../demo/provider/provider.ts'
import { CLIENT, startDemoVendor } from './vendor/helper.ts'

const log = { debug () {}, info () {}, warn () {}, error () {} }
const call: CallInfo = { signal: AbortSignal.timeout(10_000), log, language: 'en', defaultLanguage: 'en', requestId: 'r1', idempotencyKey: null }
const EXAM = examFacts({ backend: 'demo-vendor' })
const LEARNER = registrationFacts({ attemptCode: 'CODE', userId: 'u1', fullName: 'Ada' })

t.test('the package is a few lines, and the vendor it is for understands all it says', async t => {
  const vendor = await startDemoVendor(t)
  t.match(Value.Default(demo.options, {}), { base_url: 'http://127.0.0.1:8001' })
  const options = Value.Default(demo.options, { base_url: vendor.url, client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret })
  if (!Value.Check(demo.options, options)) throw new Error('the options of the test do not fit the schema')
  const context: ProviderContext<typeof options> = {
    name: 'demo-vendor', options, log, fetch, clock: { now: () => new Date() }, attempts: { find: async () => null, receiveReview: async () => {}, reportError: async () => {}, markReady: async () => {} },
  }
  const provider = await demo.create(context)
  t.match(provider, { verboseName: 'Demo Proctoring', hasDashboard: true, supportsOnboarding: true })

  const externalId = await provider.examSaved?.(EXAM, call) ?? null
  t.match(externalId, /^ex-/)
  const exam = { ...EXAM, externalId }
  t.equal(await provider.examSaved?.({ ...exam, ruleSummary: 'Open book' }, call), externalId)
  const registration = await provider.registerAttempt(exam, LEARNER, call)
  const again = await provider.registerAttempt(exam, LEARNER, call)
  t.same(again, registration, 'the same attempt is not registered twice')
  const id = 'externalId' in registration ? registration.externalId : null
  const ids = { examExternalId: externalId, attemptExternalId: id }
  const facts = attemptFacts({ attemptCode: 'CODE', externalId: id, exam })
  const details = await provider.getAttempt?.(facts, call)
  t.equal(details?.downloadUrl, `${vendor.url}/app/${id}`)
  t.equal((await fetch(details?.downloadUrl ?? '')).status, 200)

  await provider.startAttempt?.(ids, call)
  t.match(await vendor.page('/console'), /data-label="Attempt">started</)
  await provider.stopAttempt?.(ids, call)
  t.match(await vendor.page(`/app/${id}`), 'Your exam is over')
  await provider.markAttemptError?.(ids, call)

  t.match(await provider.getConfiguration?.(call), { name: 'Demo Proctoring', rules: Object, instructions: Array })
  t.equal(await provider.getSoftwareDownloadUrl?.(call), `${vendor.url}/app`)
  t.same(await provider.getOnboardingProfiles?.({ courseId: EXAM.courseId }, call), { profiles: [{ userId: 'u1', status: 'no-profile', expirationDate: null }] })
  const url = await provider.getInstructorUrl?.({ courseId: EXAM.courseId, user: { id: 'i', fullName: 'Cora', email: 'c@x.test' } }, call)
  t.match(await (await fetch(url ?? '')).text(), /Results of the course[\s\S]*Ada/)
  t.equal(await provider.retireUser?.('u1', call), true)
  t.equal(await provider.removeAttempt?.(ids, call), true)
  t.equal(await provider.removeAttempt?.(ids, call), true, 'already gone')
})
