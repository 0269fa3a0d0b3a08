import { createHmac } from 'node:crypto'
import { createTransport } from 'nodemailer'
import t from 'tap'
import { compareChannels } from './channels/compare.ts'
import { createLedger } from './channels/ledger.ts'
import { configure } from './invigil/configure.ts'
import { claimsOf } from './invigil/identity.ts'
import { loadBaseline } from './load.ts'
import { changeSettings, flattenSettings } from './invigil/settings-map.ts'
import { fromInvigil } from './invigil/translate.ts'
import type { Actor, VendorAnswer } from './schema.ts'
import { findActions } from './steps/student-view.ts'
import { startStubs } from './stubs/index.ts'

const ada: Actor = { id: 101, username: 'ada', email: 'ada@example.com', name: 'Ada Lovelace', course_staff_of: ['c1'] }
const bob: Actor = { id: 102, username: 'bob', email: 'bob@example.com' }
const stubs = await startStubs()
const ledger = createLedger(stubs)
const takeRecorded = () => ledger.take()[0] ?? {}
t.teardown(stubs.close)
t.beforeEach(() => stubs.reset([ada, bob]))

const originOf = (host: string) => stubs.vendors.origins.get(host) ?? ''
const vendor = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, host = 'http://vendor.test') => {
  const answer = await fetch(originOf(host) + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return { status: answer.status, text: await answer.text() }
}
const rule = (on: string, answer: VendorAnswer, times?: number) =>
  stubs.vendors.addRule({ do: 'vendor', provider: 'test', on, answer, ...(times !== undefined && { times }) })

t.test('vendors answer by default and count exams and attempts across all of them', async t => {
  t.equal((await vendor('POST', '/api/v1/exam/', {})).text, '{"id":"px-1"}')
  t.equal((await vendor('POST', '/api/v1/exam/', {}, {}, 'http://plain.test')).text, '{"id":"px-2"}')
  t.equal((await vendor('POST', '/api/v1/exam/px-1/', {})).text, '{"id":"px-1"}')
  t.equal((await vendor('POST', '/api/v1/exam/px-1/attempt/', {})).text, '{"id":"pa-1"}')
  t.equal((await vendor('POST', '/register', {}, {}, 'http://rpnow.test')).text, '{"ssiRecordLocator":"rp-2"}')
  t.equal((await vendor('PATCH', '/api/v1/exam/px-1/attempt/pa-1/', { status: 'started' })).text, '{"status":"started"}')
  t.equal((await vendor('DELETE', '/api/v1/exam/px-1/attempt/pa-1/')).text, '{"status":"deleted"}')
  t.equal((await vendor('DELETE', '/api/v1/user/abc/')).text, 'true')
  t.match((await vendor('GET', '/api/v1/exam/px-1/attempt/pa-1/')).text, /http:\/\/test.example\/download\/pa-1/)
  t.match((await vendor('GET', '/api/v1/config/')).text, /Notes allowed/)
  t.equal((await vendor('GET', '/api/v1/courses/course-v1:a+b+c/onboarding_statuses?status=')).text, '{"results":[]}')
  t.equal((await vendor('GET', '/elsewhere')).status, 404)
})

t.test('the newest fitting rule of a vendor wins, as often as it says, and does not count', async t => {
  rule('POST /api/v1/exam/{exam}/attempt/', { status: 200, json: { id: 'old' } })
  rule('POST /api/v1/exam/{exam}/attempt/', { status: 503, text: 'busy' }, 1)
  t.strictSame(await vendor('POST', '/api/v1/exam/px-1/attempt/', {}), { status: 503, text: 'busy' })
  t.strictSame(await vendor('POST', '/api/v1/exam/px-1/attempt/', {}), { status: 200, text: '{"id":"old"}' })
  t.equal((await vendor('POST', '/api/v1/exam/px-1/attempt/', {}, {}, 'http://plain.test')).text, '{"id":"pa-1"}')
})

t.test('a vendor can break the connection or never answer', async t => {
  rule('GET /api/v1/config/', { connection_error: true })
  await t.rejects(vendor('GET', '/api/v1/config/'))
  rule('GET /api/v1/config/', { timeout: true })
  const silence = fetch(`${originOf('http://vendor.test')}/api/v1/config/`, { signal: AbortSignal.timeout(100) })
  await t.rejects(silence, { name: 'TimeoutError' })
})

t.test('vendor calls are recorded in the form of the channel, tokens apart', async t => {
  await fetch(`${originOf('http://vendor.test')}/oauth2/access_token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }) })
  await vendor('PATCH', '/api/v1/exam/px-1/attempt/pa-1/', { status: 'started' }, { authorization: 'JWT abc', 'x-request-id': 'r1' })
  await vendor('GET', '/api/v1/courses/course-v1%3Aa%2Bb%2Bc/onboarding_statuses?status=', undefined, { authorization: 'JWT abc', 'accept-language': 'en' })
  const recorded = takeRecorded()
  t.strictSame(recorded.token_calls, [{ provider: 'test', path: '/oauth2/access_token', form: { grant_type: 'client_credentials' } }])
  const expected = [
    { provider: 'test', method: 'PATCH', path: '/api/v1/exam/px-1/attempt/pa-1/', json: { status: 'started' }, authorization: 'JWT' },
    { provider: 'test', method: 'GET', path: '/api/v1/courses/course-v1:a+b+c/onboarding_statuses', query: { status: '' }, accept_language: 'en', authorization: 'JWT' },
  ]
  t.equal(compareChannels({ vendor_calls: expected }, recorded, new Map()), null)
  t.match(compareChannels({ vendor_calls: [{ ...expected[0], json: {} }, expected[1]] }, recorded, new Map()), { path: 'vendor_calls[0].json.status' })
  t.match(compareChannels({ vendor_calls: [] }, recorded, new Map()), { reason: /0 expected, 2 came/ })
  t.strictSame(takeRecorded().vendor_calls, [], 'taking empties')
})

const ask = async (path: string, args: object, token = stubs.lms.token) => {
  const answer = await fetch(`${stubs.lms.url}/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(args) })
  return { status: answer.status, body: await answer.json() }
}
const result = async (path: string, args: object) => (await ask(path, args)).body.result

t.test('the platform answers look-ups as one without anything special would', async t => {
  t.match(await result('credit/get_credit_state', { user_id: 101, course_id: 'c1' }), { enrollment_mode: 'verified', profile_fullname: 'Ada Lovelace', course_name: 'Demo Course' })
  t.equal(await result('instructor/is_course_staff', { user: 'ada', course_id: 'c1' }), true)
  t.equal(await result('instructor/is_course_staff', { user: { id: 102 }, course_id: 'c1' }), false)
  t.equal(await result('grades/should_override_grade_on_rejected_exam', { course_id: 'c1' }), true)
  t.strictSame(await result('dates/get_dates_for_course', { course_id: 'c1' }), [])
  t.equal((await ask('weather/get', {})).status, 404)
  t.equal((await ask('credit/get_credit_state', {}, 'wrong')).status, 401)
})

t.test('the platform answers what the scenario wants, and can lack a service or fail', async t => {
  const set = (service: string, method: string, answer: unknown) => stubs.lms.set({ do: 'service', service, method, answer })
  set('credit', 'get_credit_state', { course_name: 'Other' })
  t.match(await result('credit/get_credit_state', { user_id: 101 }), { course_name: 'Other', enrollment_mode: 'verified' })
  set('credit', 'get_credit_state', null)
  t.equal(await result('credit/get_credit_state', { user_id: 101 }), null)
  set('dates', 'get_date_for_block', [{ user_id: 102, due: 'later' }, { due: 'soon' }])
  t.equal(await result('dates/get_date_for_block', { user: 'bob', content_id: 'x' }), 'later')
  t.equal(await result('dates/get_date_for_block', { content_id: 'x' }), 'soon')
  set('enrollments', 'get_enrollments_can_take_proctored_exams', [{ username: 'bob', mode: 'masters' }])
  t.match(await result('enrollments/get_enrollments_can_take_proctored_exams', {}), [{ user: { id: 102, username: 'bob' }, mode: 'masters' }])
  set('instructor', 'is_course_staff', { $raise: 'bad_key' })
  t.equal((await ask('instructor/is_course_staff', { user: 'ada' })).status, 400)
  stubs.lms.set({ do: 'service', service: 'credit', absent: true })
  t.equal((await ask('credit/get_credit_state', {})).status, 404)
  stubs.lms.set({ do: 'service', service: 'credit', absent: false })
  t.equal((await ask('credit/get_credit_state', {})).status, 200)
})

t.test('commands to the platform and look-ups are recorded apart, users by name', async t => {
  await result('instructor/delete_student_attempt', { username: 'ada', requesting_user: 102 })
  await result('credit/get_credit_state', { user_id: 101 })
  t.strictSame(stubs.lms.takeCalls(), [{ service: 'instructor', method: 'delete_student_attempt', args: { username: 'ada', requesting_user: 'bob' } }])
  t.equal(stubs.lms.takeQueries().length, 1)
})

t.test('the mail sink reads what a mail client sends', async t => {
  const transport = createTransport(stubs.mail.url)
  t.teardown(() => transport.close())
  const html = `<p>Prüfung &amp; more: Midterm, Demo Course, https://x/home</p>\n.\n${'long '.repeat(100)}`
  await transport.sendMail({ from: 'Invigil <no-reply@lms.test>', to: 'ada@example.com', subject: 'Prüfung eingereicht', html, headers: { 'X-Invigil-Template': 'emails/proctoring_attempt_submitted_email' } })
  const [email] = stubs.mail.takeEmails()
  t.match(email, { to: ['ada@example.com'], from: 'no-reply@lms.test', subject: 'Prüfung eingereicht', format: 'html' })
  t.equal(email?.body.replaceAll('\r\n', '\n').trim(), html.trim())
  const row = { to: ['ada@example.com'], from: 'no-reply@lms.test', subject: { $type: 'string' }, format: 'html', template: 'emails/proctoring_attempt_submitted_email.html', candidates: [] }
  const facts = { course_name: 'Demo Course', exam_name: 'Midterm', course_url: 'https://x/home' }
  t.equal(compareChannels({ emails: [{ ...row, facts }] }, { emails: [email] }, new Map()), null)
  t.match(compareChannels({ emails: [{ ...row, facts: { ...facts, exam_name: 'Final' } }] }, { emails: [email] }, new Map()), { path: 'emails[0].facts.exam_name' })
  t.match(compareChannels({ emails: [{ ...row, template: 'emails/proctoring/test/proctoring_attempt_submitted_email.html', facts }] }, { emails: [email] }, new Map()), { path: 'emails[0].template' })
  stubs.mail.setBroken(true)
  await t.rejects(transport.sendMail({ from: 'a@b.c', to: 'd@e.f', subject: '', text: 'x' }))
})

const deliver = async (id: string, event: unknown, key = stubs.webhooks.secret.slice('whsec_'.length)) => {
  const body = JSON.stringify(event)
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(`${id}.1893456000.${body}`).digest('base64')
  const headers = { 'webhook-id': id, 'webhook-timestamp': '1893456000', 'webhook-signature': `v1,${signature}` }
  return (await fetch(stubs.webhooks.url, { method: 'POST', headers, body })).status
}
const cloudEvent = (type: string, data: unknown) => ({ specversion: '1.0', id: 'e1', source: '/invigil', type, data })

t.test('the webhook sink sorts events and signals, and counts a repeated delivery once', async t => {
  const event = cloudEvent('edx.special_exam.timed.created', { context: { course_id: 'c1' }, payload: { exam_id: 7, exam_name: 'Quiz' } })
  t.equal(await deliver('m1', event), 200)
  t.equal(await deliver('m1', event), 200)
  t.equal(await deliver('m2', cloudEvent('invigil.attempt.status', { attempt_id: 4 })), 200)
  t.equal(await deliver('m3', cloudEvent('org.openedx.learning.exam.attempt.submitted.v1', {})), 200)
  const recorded = takeRecorded()
  t.strictSame(recorded.signals, [{ attempt_id: 4 }])
  const row = { name: 'edx.special_exam.timed.created', payload: { exam_id: 7 } }
  t.equal(compareChannels({ events: [row] }, recorded, new Map()), null)
  t.match(compareChannels({ events: [{ ...row, exact: true }] }, recorded, new Map()), { path: 'events[0].payload.exam_name' })
  t.match(compareChannels({ events: [{ ...row, context: {} }] }, recorded, new Map()), { path: 'events[0].context.course_id' })
  t.strictSame(stubs.webhooks.takeFaults(), [])
})

t.test('the webhook sink refuses and remembers what is not signed or is no CloudEvent', async t => {
  t.equal(await deliver('m1', cloudEvent('x', {}), Buffer.from('wrong').toString('base64')), 400)
  t.equal(await deliver('m2', { hello: 1 }), 400)
  t.match(stubs.webhooks.takeFaults(), [/signature/, /CloudEvent/])
  stubs.webhooks.setBroken(true)
  t.equal(await deliver('m3', cloudEvent('edx.special_exam.timed.created', {})), 500)
  t.equal(await deliver('m4', cloudEvent('invigil.attempt.status', {})), 200, 'a tracker that fails holds up no signal')
})

t.test('what is queued may come after what is awaited, but neither out of its own order', async t => {
  const removed = { provider: 'test', method: 'DELETE', path: '/api/v1/exam/px-1/attempt/pa-1/' }
  const stopped = { ...removed, method: 'PATCH' }
  const registered = { provider: 'test', method: 'POST', path: '/api/v1/exam/px-1/attempt/' }
  const compare = (...calls: object[]) => compareChannels({ vendor_calls: [stopped, removed, registered] }, { vendor_calls: calls }, new Map())
  t.equal(compare(stopped, removed, registered), null)
  t.equal(compare(registered, stopped, removed), null)
  t.match(compare(registered, removed, stopped), { path: 'vendor_calls[0].method' })
})

t.test('what happens by itself when time passes is seen now or at the next look', async t => {
  const see = async (id: string, attempt: number) => deliver(id, cloudEvent('invigil.attempt.status', { attempt }))
  await see('m1', 1)
  ledger.collect()
  await see('m2', 2)
  ledger.collect(true)
  await see('m3', 3)
  ledger.skip()
  await see('m4', 4)
  t.strictSame(ledger.take().map(({ signals }) => signals), [[{ attempt: 2 }, { attempt: 4 }], [{ attempt: 4 }]])
})

const RECORDED = new URL('./recorded', import.meta.url).pathname

t.test('the baseline and a scenario\'s settings make a configuration that Invigil accepts', async t => {
  const settings = changeSettings(flattenSettings(loadBaseline(RECORDED).settings), {
    ALLOW_TIMED_OUT_STATE: true,
    LINK_URLS: { faq: 'https://lms.test/other' },
    SWITCHES: ['edx_proctoring.reds_api_redirect', 'edx_proctoring.plain_ping_failure_passthrough'],
    HTTPS: 'off',
    PROCTORING_BACKENDS: { DEFAULT: null, plain: null, test: { ping_interval: 30, needs_oauth: false, instructions: ['dropped'] } },
  })
  const config = configure(settings, { stubs, databaseUrl: 'postgres://localhost/x', dataDir: '/nowhere', hostRoot: '/nowhere' })
  t.match(config.settings, { allow_timed_out_state: true, review_video_redirect: true, ping_failure_passthrough: ['plain'], user_obfuscation_key: 'SHHHHHH' })
  t.strictSame(config.lms.link_urls, { faq: 'https://lms.test/other' }, 'only providers are changed option by option')
  t.equal(config.lms.root_url, 'http://lms.test')
  t.equal(config.providers.default, null)
  t.strictSame(Object.keys(config.providers.enabled), ['test', 'software_secure', 'null'])
  const { test, software_secure: rpnow } = config.providers.enabled
  t.match(test, { package: 'invigil-scenario-vendor', options: { base_url: originOf('http://vendor.test'), ping_interval: 30, help_center_article_url: 'http://vendor.test/help' } })
  t.notOk('needs_oauth' in Object(test?.options) || 'instructions' in Object(test?.options), 'what the original drops or never reads is left out')
  t.match(rpnow, { package: '@invigil/rpnow', options: { exam_register_endpoint: `${originOf('http://rpnow.test')}/register`, software_download_url: 'http://rpnow.test/download' } })
})

t.test('a default provider that is not loaded is none', async t => {
  const settings = changeSettings(flattenSettings(loadBaseline(RECORDED).settings), { PROCTORING_BACKENDS: { test: null } })
  t.equal(configure(settings, { stubs, databaseUrl: 'postgres://localhost/x', dataDir: '/nowhere', hostRoot: '/nowhere' }).providers.default, null)
})

t.test('what Invigil answers is put into the words of the files', async t => {
  const { origins } = stubs.vendors
  const settings = { LMS_ROOT_URL: 'https://lms.test' }
  t.equal(fromInvigil(`${originOf('http://vendor.test')}/x`, { origins, settings }), 'http://vendor.test/x')
  t.equal(fromInvigil('"https://lms.test/static/providers/test/worker-0a1b2c.js"', { origins, settings }), '"https://lms.test/static/bundles/test-worker.js"')
  const bundles = { test: 'http://cdn.test/w.js', plain: '/b/w.js' }
  const workers = '"https://lms.test/static/providers/test/worker-0a.js https://lms.test/static/providers/plain/worker-0b.js"'
  t.equal(fromInvigil(workers, { origins, settings: { ...settings, WORKER_BUNDLES: bundles } }), '"http://cdn.test/w.js https://lms.test/b/w.js"')
  t.equal(fromInvigil(workers, { origins, settings: { LMS_ROOT_URL: null, WORKER_BUNDLES: bundles } }), '"http://cdn.test/w.js /b/w.js"')
})

t.test('an actor\'s token says who he is and what he may', async t => {
  t.match(claimsOf(ada), { user_id: 101, preferred_username: 'ada', administrator: false, is_active: true, course_staff: ['c1'], permissions: ['edx_proctoring.can_take_proctored_exam'] })
  t.notOk('name' in claimsOf(bob))
  t.strictSame(claimsOf({ ...bob, can_take: false, can_retire: true }).permissions, ['accounts.can_retire_user'])
})

t.test('a page\'s controls are found by their words, outside scripts', async t => {
  const html = '<button type="button" data-action="submit">x</button><button data-action="start"></button><script>x = \'<a data-action="no">\'</script>'
  t.strictSame(findActions(html), ['start', 'submit'])
  t.strictSame(findActions(''), [])
})
