import t from 'tap'
import { connect, createCall, EXAM, startVendor } from './helper.ts'

const BODY = {
  id: 7,
  course_id: 'course-v1:A+B+C',
  content_id: 'block-v1:A+B+C+type@sequential+block@x',
  external_id: 'px-1',
  exam_name: 'Midterm',
  time_limit_mins: 90,
  is_proctored: true,
  is_practice_exam: false,
  is_active: true,
  due_date: '2030-02-01T00:00:00Z',
  hide_after_due: false,
  backend: 'test',
}
const NEW_EXAM = { ...EXAM, externalId: null }

t.test('Q67: a new exam is posted to the list, a known one to itself, with exactly the fields vendors know', async t => {
  const vendor = await startVendor(t)
  vendor.on('POST /api/v1/exam/', { json: { id: 'px-9' } })
  vendor.on('POST /api/v1/exam/px-1/', { json: { id: 'px-1' } })
  const { provider } = await connect(vendor)
  t.equal(await provider.examSaved(NEW_EXAM, createCall({ idempotencyKey: 'key-1' })), 'px-9')
  t.equal(await provider.examSaved({ ...EXAM, ruleSummary: 'Closed book' }, createCall()), 'px-1')
  const [created, changed] = vendor.calls()
  t.same(created?.json, { ...BODY, external_id: null })
  t.equal(created?.headers['idempotency-key'], 'key-1')
  t.same(changed?.json, { ...BODY, rule_summary: 'Closed book' })
  t.notOk(changed?.headers['idempotency-key'])
})

t.test('default rules go with every exam', async t => {
  const vendor = await startVendor(t)
  vendor.on('POST /api/v1/exam/px-1/', { json: { id: 'px-1' } })
  const { provider } = await connect(vendor, { default_rules: { allow_notes: true } })
  await provider.examSaved(EXAM, createCall())
  t.same(vendor.calls()[0]?.json, { ...BODY, rules: { allow_notes: true } })
})

t.test('an id counts whatever the status, numbers are ids too', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  vendor.on('POST /api/v1/exam/', { status: 503, json: { id: 'px-odd' } })
  const call = createCall()
  t.equal(await provider.examSaved(NEW_EXAM, call), 'px-odd')
  t.match(call.log.lines, [{ level: 'warn', fields: { status: 503 } }])
  vendor.on('POST /api/v1/exam/', { json: { id: 4711 } })
  t.equal(await provider.examSaved(NEW_EXAM, createCall()), '4711')
})

t.test('an exam the vendor did not take in is an error, so that it is tried again', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  for (const reply of [{ status: 500, json: { error: 'x' } }, { status: 400, text: 'no' }, { text: 'oops' }, { json: {} }, { json: { id: '' } }, { json: [1] }]) {
    vendor.on('POST /api/v1/exam/', reply)
    await t.rejects(provider.examSaved(NEW_EXAM, createCall()), { message: /^POST \/api\/v1\/exam\/: the vendor answered \d+ .*; expected 200/ }, JSON.stringify(reply))
  }
  vendor.on('POST /api/v1/exam/', { cut: true })
  await t.rejects(provider.examSaved(NEW_EXAM, createCall()))
})

t.test('a change of a known exam needs no id in the answer', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  vendor.on('POST /api/v1/exam/px-1/', { text: 'thanks' })
  t.equal(await provider.examSaved(EXAM, createCall()), null)
  for (const reply of [{ status: 500, text: 'down' }, { text: '<html>maintenance</html>' }, { status: 302, text: '' }]) {
    vendor.on('POST /api/v1/exam/px-1/', reply)
    await t.rejects(provider.examSaved(EXAM, createCall()), JSON.stringify(reply))
  }
})

t.test('the configuration is passed on as it is, and its download address serves as fallback', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  const configuration = { name: 'Acme', download_url: 'http://acme.test/get', rules: { a: 'A' }, instructions: ['x'], own: { deep: 1 } }
  vendor.on('GET /api/v1/config/', { json: configuration })
  t.same(await provider.getConfiguration(createCall()), configuration)
  t.equal(await provider.getSoftwareDownloadUrl(createCall()), 'http://acme.test/get')
  vendor.on('GET /api/v1/config/', { json: { name: 'Acme' } })
  t.equal(await provider.getSoftwareDownloadUrl(createCall()), null)
})

t.test('a configuration that is none is an error', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  for (const reply of [{ text: 'oops' }, { json: ['list'] }, { status: 500, json: { error: 'x' } }, { status: 404, text: '' }]) {
    vendor.on('GET /api/v1/config/', reply)
    await t.rejects(provider.getConfiguration(createCall()), { message: /GET \/api\/v1\/config\/: the vendor answered/ }, JSON.stringify(reply))
  }
})

t.test('a page of error is quoted in part only', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  vendor.on('GET /api/v1/config/', { status: 500, text: 'x'.repeat(100_000) })
  const error = await provider.getConfiguration(createCall()).then(() => null, (error: Error) => error)
  t.ok(error && error.message.length < 1200)
})
