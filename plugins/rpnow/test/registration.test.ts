import t from 'tap'
import { signRequest } from '../index.ts'
import { createCall, EXAM, LAUNCH_URL, LEARNER, OPTIONS, start, startVendor } from './helper.ts'

const DATE = 'Wed, 02 Jan 2030 03:04:05 GMT'

t.test('an attempt is registered under the record locator the vendor answers', async t => {
  const vendor = await startVendor(t, { text: '{"ssiRecordLocator": "L1"}' })
  const provider = await start({ exam_register_endpoint: vendor.url })
  t.same(await provider.registerAttempt(EXAM, LEARNER, createCall()), { externalId: 'L1' })
  const [request] = vendor.received
  t.match(request?.headers, { 'content-type': 'application/json', date: DATE, authorization: 'SSI foo:YqRfiAyi7M7qlEX/FOkgIp2PNc1pZZtwP8587F3KnJA=' })
  const body: object = JSON.parse(request?.text ?? '')
  t.same(Object.keys(body), [
    'examCode', 'organization', 'duration', 'reviewedExam', 'reviewerNotes', 'examPassword', 'examSponsor', 'examName', 'ssiProduct', 'examUrl', 'orgExtra',
  ], 'in the order the vendor has always seen')
  t.same(body, {
    examCode: 'CODE',
    organization: 'edx',
    duration: 90,
    reviewedExam: true,
    reviewerNotes: 'Closed Book',
    examPassword: 'zAitLXJtYcc=',
    examSponsor: 'edX LMS',
    examName: 'Sample_ Exam_1',
    ssiProduct: 'rp-now',
    examUrl: LAUNCH_URL,
    orgExtra: {
      examStartDate: DATE,
      examEndDate: 'Wed, 02 Jan 2030 04:34:05 GMT',
      noOfStudents: 1,
      examID: 7,
      courseID: 'course-v1:edX+D+R',
      firstName: 'John',
      lastName: 'Q Public',
      email: 'j@x.org',
    },
  })
})

t.test('what is sent is what was signed, also beyond ASCII, without e-mail and with zero minutes', async t => {
  const vendor = await startVendor(t, { status: 201, text: '{"ssiRecordLocator": 201}' })
  const provider = await start({ exam_register_endpoint: vendor.url, send_email: false })
  const { reviewPolicy: _, ...learner } = LEARNER
  const context = { ...learner, fullName: 'Ωμέγα Δέλτα', timeLimitMins: 0, isSampleAttempt: true, defaultReviewPolicy: 'Open Book', reviewPolicyException: 'calculator' }
  t.same(await provider.registerAttempt(EXAM, context, createCall()), { externalId: '201' }, 'some vendors count')
  const [request] = vendor.received
  const body: Record<string, unknown> = JSON.parse(request?.text ?? '')
  t.match(body, { duration: 0, reviewedExam: false, reviewerNotes: 'Open Book; calculator', orgExtra: { firstName: 'Ωμέγα', examEndDate: DATE } })
  t.notOk(Object.hasOwn(Object(body.orgExtra), 'email'))
  const keys = { secretKeyId: OPTIONS.secret_key_id, secretKey: OPTIONS.secret_key }
  t.equal(request?.headers.authorization, signRequest(body, { contentType: 'application/json', date: DATE }, keys))
})

t.test('reviewers are told the exam\'s policy, else the platform\'s', async t => {
  const vendor = await startVendor(t, { text: '{"ssiRecordLocator": "L1"}' })
  const provider = await start({ exam_register_endpoint: vendor.url })
  const { reviewPolicy: _, ...learner } = LEARNER
  for (const context of [{ ...LEARNER, defaultReviewPolicy: 'unused' }, { ...learner, defaultReviewPolicy: 'Open Book' }, learner]) await provider.registerAttempt(EXAM, context, createCall())
  t.same(vendor.received.map(({ text }) => JSON.parse(text).reviewerNotes), ['Closed Book', 'Open Book', ''])
})

t.test('a refusal is passed on with the vendor\'s status and words', async t => {
  for (const status of [302, 400, 404, 500, 503]) {
    const vendor = await startVendor(t, { status, text: 'not today', headers: { location: 'http://127.0.0.1:1/' } })
    const provider = await start({ exam_register_endpoint: vendor.url })
    await t.rejects(provider.registerAttempt(EXAM, LEARNER, createCall()), { status, message: 'not today' }, String(status))
  }
  const silent = await startVendor(t, { status: 500 })
  await t.rejects((await start({ exam_register_endpoint: silent.url })).registerAttempt(EXAM, LEARNER, createCall()), { status: 500, message: /answered 500/ })
})

t.test('an answer without a locator is no registration', async t => {
  for (const text of ['', 'OK', '{}', 'null', '"L1"', '{"ssiRecordLocator": null}', '{"ssiRecordLocator": ""}', '{"ssiRecordLocator": ["L1"]}']) {
    const vendor = await startVendor(t, { text })
    await t.rejects((await start({ exam_register_endpoint: vendor.url })).registerAttempt(EXAM, LEARNER, createCall()), { status: 502, message: /ssiRecordLocator/ }, text)
  }
})

t.test('a vendor that is gone or silent fails the call in time', async t => {
  const cutting = await startVendor(t, { cut: true })
  await t.rejects((await start({ exam_register_endpoint: cutting.url })).registerAttempt(EXAM, LEARNER, createCall()), { message: /no answer from the vendor/ })
  const slow = await startVendor(t, { afterMs: 60_000 })
  const call = createCall({ signal: AbortSignal.timeout(100) })
  await t.rejects((await start({ exam_register_endpoint: slow.url })).registerAttempt(EXAM, LEARNER, call), { name: 'TimeoutError' })
})
