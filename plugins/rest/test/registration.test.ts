import t from 'tap'
import { connect, createCall, EXAM, LEARNER, refusalOf, startVendor } from './helper.ts'

const ROUTE = 'POST /api/v1/exam/px-1/attempt/'

t.test('a registration says what vendors know, and keeps the attempt code to itself', async t => {
  const vendor = await startVendor(t)
  vendor.on(ROUTE, { json: { id: 'pa-1' } })
  const { provider } = await connect(vendor)
  t.same(await provider.registerAttempt(EXAM, LEARNER, createCall()), { externalId: 'pa-1' })
  await provider.registerAttempt(EXAM, { ...LEARNER, isSampleAttempt: true, email: null, reviewPolicy: 'Open book', reviewPolicyException: 'may stand' }, createCall())
  const [plain, full] = vendor.calls()
  const body = {
    lms_host: 'https://lms.test', time_limit_mins: 90, is_sample_attempt: false, user_id: 'ab'.repeat(20), full_name: 'Ada Lovelace', email: 'ada@example.com', status: 'created',
  }
  t.same(plain?.json, body)
  t.same(full?.json, { ...body, is_sample_attempt: true, email: null, review_policy: 'Open book', review_policy_exception: 'may stand' })
  t.notMatch(JSON.stringify([plain, full]), LEARNER.attemptCode)
})

t.test('the same attempt registered twice carries the same key', async t => {
  const vendor = await startVendor(t)
  vendor.on(ROUTE, { json: { id: 'pa-1' } })
  const { provider } = await connect(vendor)
  for (const attemptCode of ['A', 'A', 'B']) await provider.registerAttempt(EXAM, { ...LEARNER, attemptCode }, createCall())
  const [first, again, other] = vendor.calls().map(({ headers }) => headers['idempotency-key'])
  t.ok(first)
  t.equal(again, first)
  t.not(other, first)
})

t.test('Q63: 201 and ids that are numbers are accepted', async t => {
  const vendor = await startVendor(t)
  vendor.on(ROUTE, { status: 201, json: { id: 5 } })
  const { provider } = await connect(vendor)
  t.same(await provider.registerAttempt(EXAM, LEARNER, createCall()), { externalId: '5' })
})

t.test('the four onboarding words come before the id, other words do not count', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  for (const status of ['onboarding_missing', 'onboarding_pending', 'onboarding_failed', 'onboarding_expired']) {
    vendor.on(ROUTE, { json: { status, id: 'pa-1' } })
    t.same(await provider.registerAttempt(EXAM, LEARNER, createCall()), { onboarding: status })
  }
  vendor.on(ROUTE, { json: { status: 'onboarding_strange', id: 'pa-1' } })
  t.same(await provider.registerAttempt(EXAM, LEARNER, createCall()), { externalId: 'pa-1' })
})

t.test('a refusal keeps the vendor\'s status and words', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  vendor.on(ROUTE, { status: 403, json: { error: 'no' } })
  t.same(await refusalOf(provider.registerAttempt(EXAM, LEARNER, createCall())), { status: 403, message: '{"error":"no"}' })
  vendor.on(ROUTE, { status: 503, text: '' })
  t.match(await refusalOf(provider.registerAttempt(EXAM, LEARNER, createCall())), { status: 503, message: /answered 503/ })
  vendor.on(ROUTE, { status: 403, json: { status: 'onboarding_missing' } })
  t.match(await refusalOf(provider.registerAttempt(EXAM, LEARNER, createCall())), { status: 403 }, 'the onboarding words count in a success only')
})

t.test('a success without an id is a gateway error', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  for (const reply of [{ json: {} }, { json: { id: '' } }, { json: { id: null } }, { text: 'oops' }, { text: '' }]) {
    vendor.on(ROUTE, reply)
    t.match(await refusalOf(provider.registerAttempt(EXAM, LEARNER, createCall())), { status: 502, message: /without giving it an id/ }, JSON.stringify(reply))
  }
})

t.test('an exam the vendor does not know yet is refused without asking', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  t.match(await refusalOf(provider.registerAttempt({ ...EXAM, externalId: null }, LEARNER, createCall())), { status: 503 })
  t.same(vendor.received, [])
})

t.test('no answer is an error, not a refusal', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  vendor.on(ROUTE, { cut: true })
  await t.rejects(provider.registerAttempt(EXAM, LEARNER, createCall()), { message: /got no answer/, status: undefined })
})
