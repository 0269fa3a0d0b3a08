import t from 'tap'
import { ATTEMPT, connect, createCall, EXAM, IDS, startVendor } from './helper.ts'

const PATH = '/api/v1/exam/px-1/attempt/pa-1/'
const UNKNOWN = [{ examExternalId: 'px-1', attemptExternalId: null }, { examExternalId: null, attemptExternalId: 'pa-1' }, { examExternalId: 'px-1', attemptExternalId: '' }]

t.test('start, submission and error are told with one word each', async t => {
  const vendor = await startVendor(t)
  vendor.on(`PATCH ${PATH}`, ({ json }) => ({ json }))
  const { provider } = await connect(vendor)
  await provider.startAttempt(IDS, createCall({ idempotencyKey: 'effect-1' }))
  await provider.stopAttempt(IDS, createCall())
  await provider.markAttemptError(IDS, createCall())
  t.same(vendor.calls().map(({ json }) => json), [{ status: 'started' }, { status: 'submitted' }, { status: 'error' }])
  t.equal(vendor.calls()[0]?.headers['idempotency-key'], 'effect-1')
})

t.test('an unreadable answer to a success is no fault', async t => {
  const vendor = await startVendor(t)
  vendor.on(`PATCH ${PATH}`, { text: '' })
  const { provider } = await connect(vendor)
  await t.resolves(provider.startAttempt(IDS, createCall()))
})

t.test('what a repetition may mend is thrown', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  for (const status of [500, 502, 503, 401, 408, 429]) {
    vendor.on(`PATCH ${PATH}`, { status, text: 'later' })
    await t.rejects(provider.stopAttempt(IDS, createCall()), { message: new RegExp(`PATCH ${PATH}: the vendor answered ${status} later`) })
  }
  vendor.on(`PATCH ${PATH}`, { cut: true })
  await t.rejects(provider.stopAttempt(IDS, createCall()), { message: /got no answer/ })
})

t.test('a page in place of an answer, and an address that moved, show that the vendor has heard nothing', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  const page = '<!doctype html><h1>Please sign in</h1>'
  for (const method of ['PATCH', 'DELETE'] as const) {
    const tell = async () => { await (method === 'PATCH' ? provider.stopAttempt(IDS, createCall()) : provider.removeAttempt(IDS, createCall())) }
    vendor.on(`${method} ${PATH}`, { text: page })
    await t.rejects(tell(), { message: /answered 200 \(a page of HTML\)/ }, method)
    for (const status of [301, 302, 303, 307]) {
      vendor.on('GET /elsewhere/', { json: { status: 'deleted' } })
      vendor.on(`${method} ${PATH}`, { status, text: '', headers: { location: '/elsewhere/' } })
      await t.rejects(tell(), { message: new RegExp(`answered ${status}`) }, `${method} ${status}`)
    }
    vendor.on(`${method} ${PATH}`, { status: 404, text: page })
    await t.resolves(tell(), 'gone is gone, whatever it looks like')
  }
  t.notOk(vendor.received.some(({ path }) => path === '/elsewhere/'))
})

t.test('Q64: what a repetition cannot mend is logged and done with', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  for (const [status, level] of [[404, 'info'], [410, 'info'], [400, 'error'], [403, 'error'], [409, 'error']] as const) {
    vendor.on(`PATCH ${PATH}`, { status, text: 'no' })
    const call = createCall()
    await provider.stopAttempt(IDS, call)
    t.match(call.log.lines, [{ level, fields: { status, body: 'no' } }])
  }
})

t.test('an attempt the vendor never took in is not spoken of', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  for (const ids of UNKNOWN) {
    await provider.startAttempt(ids, createCall())
    await provider.stopAttempt(ids, createCall())
    await provider.markAttemptError(ids, createCall())
    t.equal(await provider.removeAttempt(ids, createCall()), true, 'nothing there to remove')
  }
  t.same(await provider.getAttempt({ ...ATTEMPT, externalId: null }, createCall()), {})
  t.same(await provider.getAttempt({ ...ATTEMPT, exam: { ...EXAM, externalId: null } }, createCall()), {})
  t.same(vendor.received, [])
})

t.test('a removal is done when the vendor says so, or no longer has the attempt', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  const answers = [
    [{ json: { status: 'deleted' } }, true], [{ status: 404, text: 'gone' }, true], [{ status: 410, text: '' }, true],
    [{ json: { status: 'kept' } }, false], [{ text: 'ok' }, false], [{ status: 403, text: 'no' }, false], [{ json: null }, false],
  ] as const
  for (const [reply, expected] of answers) {
    vendor.on(`DELETE ${PATH}`, reply)
    const call = createCall()
    t.equal(await provider.removeAttempt(IDS, call), expected, JSON.stringify(reply))
    t.equal(call.log.lines.length, expected ? 0 : 1)
  }
  vendor.on(`DELETE ${PATH}`, { status: 503, text: 'later' })
  await t.rejects(provider.removeAttempt(IDS, createCall()), { message: /answered 503 later/ })
})

t.test('details come in the learner\'s language, bad ones are as good as none', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  vendor.on(`GET ${PATH}`, { json: { id: 'pa-1', download_url: 'http://acme.test/get/pa-1', instructions: ['Install', 7, 'Sign in'] } })
  t.same(await provider.getAttempt(ATTEMPT, createCall({ language: 'es' })), { downloadUrl: 'http://acme.test/get/pa-1', instructions: ['Install', 'Sign in'] })
  t.equal(vendor.calls()[0]?.headers['accept-language'], 'es;en')
  for (const reply of [{ text: 'oops' }, { json: [] }, { json: { download_url: 5, instructions: 'none' } }, { status: 404, json: { error: 'x' } }, { status: 500, json: { error: 'x' } }, { status: 503, text: 'down' }]) {
    vendor.on(`GET ${PATH}`, reply)
    t.same(await provider.getAttempt(ATTEMPT, createCall()), { downloadUrl: null, instructions: [] }, JSON.stringify(reply))
  }
  vendor.on(`GET ${PATH}`, { status: 500, json: { download_url: 'http://acme.test/get/pa-1' } })
  t.match(await provider.getAttempt(ATTEMPT, createCall()), { downloadUrl: 'http://acme.test/get/pa-1' }, 'what is told counts, whatever the status')
})

t.test('instructions of the package replace those of the vendor, and the operator\'s replace those', async t => {
  const vendor = await startVendor(t)
  vendor.on(`GET ${PATH}`, { json: { download_url: 'd', instructions: ['theirs'] } })
  const overrides = { instructions: ({ language }: { language: string }) => [`in ${language}`] }
  const { provider: packaged } = await connect(vendor, {}, overrides)
  t.same((await packaged.getAttempt(ATTEMPT, createCall({ language: 'es' }))).instructions, ['in es'])
  const { provider: operated } = await connect(vendor, { instructions: ['ours'] }, overrides)
  t.same((await operated.getAttempt(ATTEMPT, createCall())).instructions, ['ours'])
})
