import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { createReviewPolicy } from '../../../core/domain/exam/review-policy.ts'
import { addExam, ADA, API, asPerson, buildTestApp, SUE, type ConfigTree } from '../../helper/app.ts'
import { startReceiver, type Receiver } from '../../helper/receiver.ts'

const PROVIDERS = {
  default: 'mock',
  enabled: {
    mock: { package: '@invigil/mock' },
    null: { package: '@invigil/null', options: { verbose_name: 'Nobody', integration_specific_email: 'own@vendor.test', tech_support_email: 'tech@vendor.test', tech_support_phone: '+1', learner_notification_from_email: 'from@vendor.test' } },
  },
}
const PLATFORM = { platform_name: 'Example U', contact_email: 'help@u.test', link_urls: { faq: 'https://u.test/faq' } }

const settings = (app: FastifyInstance, exam: number | string, headers = {}) => asPerson(app, ADA)('GET', `${API}/settings/exam_id/${exam}/`, undefined, headers)

async function publish (app: FastifyInstance, backend: string, more: object = {}): Promise<number> {
  const { body } = await asPerson(app, SUE)<{ exam_id: number }[]>('PATCH', `${API}/exam_registration/course_id/course-v1:edX+Demo+2030`, [{
    course_id: 'x', content_id: backend, exam_name: 'Midterm', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false, backend, ...more,
  }])
  return body[0]?.exam_id ?? 0
}

t.test('a timed exam has the platform\'s settings and no provider', async t => {
  const app = await buildTestApp(t, { config: { lms: PLATFORM } })
  const exam = await addExam(app, { is_proctored: false })
  t.strictSame((await settings(app, exam)).body, { platform_name: 'Example U', contact_us: 'help@u.test', link_urls: { faq: 'https://u.test/faq' }, exam_proctoring_backend: {} })
})

t.test('a proctored exam has what the provider says too; what it does not say is null or the platform\'s', async t => {
  const app = await buildTestApp(t, { config: { lms: { ...PLATFORM, link_urls: {} }, providers: PROVIDERS } })
  t.strictSame((await settings(app, await publish(app, 'mock'))).body, {
    platform_name: 'Example U', contact_us: 'help@u.test', link_urls: null, exam_proctoring_backend: null,
    provider_tech_support_email: '', provider_tech_support_phone: '', provider_name: 'Mock Backend', learner_notification_from_email: '',
    integration_specific_email: 'help@u.test', proctoring_escalation_email: null,
  })
  t.match((await settings(app, await publish(app, 'null', { is_practice_exam: true }))).body, {
    provider_name: 'Nobody', provider_tech_support_email: 'tech@vendor.test', provider_tech_support_phone: '+1', learner_notification_from_email: 'from@vendor.test', integration_specific_email: 'own@vendor.test',
  })
})

t.test('the vendor is asked in the reader\'s language, and its answer is passed on as it is', async t => {
  const { app, vendor } = await withVendor(t)
  const configuration = { name: 'Acme', download_url: 'https://acme.test/get', rules: { allow_notes: 'Notes' }, instructions: ['Install', 'Sign in'], more: { deep: [1, null] } }
  vendor.answer(({ path }) => path.endsWith('/access_token') ? TOKEN : { json: configuration })
  const exam = await publish(app, 'acme')
  const { status, body } = await settings(app, exam, { 'accept-language': 'es' })
  t.equal(status, 200)
  t.strictSame(body.exam_proctoring_backend, configuration)
  t.match(vendor.received.at(-1), { path: '/api/v1/config/', headers: { 'accept-language': /^es/ } })
  for (const [asked, told] of [['en-US,en;q=0.9', 'en'], ['es;q=0.1, en;q=0.9', 'en'], ['en;q=0.3, es-MX;q=0.7', 'es-mx;en'], ['*', 'en'], [';;;', 'en']] as const) {
    await settings(app, exam, { 'accept-language': asked })
    t.equal(vendor.received.at(-1)?.headers['accept-language'], told, asked)
  }
})

t.test('a vendor that fails is a clear error, and no page', async t => {
  const { app, vendor } = await withVendor(t)
  const exam = await publish(app, 'acme')
  for (const answer of [{ status: 500, json: {} }, { status: 200, text: 'oops' }, { status: 200, json: ['not', 'an', 'object'] }]) {
    vendor.answer(({ path }) => path.endsWith('/access_token') ? TOKEN : answer)
    const { status, body } = await settings(app, exam)
    t.ok([500, 502, 503].includes(status), String(status))
    t.match(body, { detail: /acme/ })
  }
  await vendor.down()
  t.match(await settings(app, exam), { status: /50[23]/, body: { detail: /acme/ } })
})

t.test('unknown exams are 400, unknown providers a clear 500, and what is no number is not found', async t => {
  const app = await buildTestApp(t)
  t.match(await settings(app, 4711), { status: 400, body: { detail: String } })
  t.match(await settings(app, 0), { status: 400 })
  t.match(await settings(app, '99999999999999'), { status: 400 })
  t.match(await settings(app, 'abc'), { status: 404 })
  const exam = await publish(app, 'mock')
  await app.db.query({ name: 'lose', text: 'update exam set backend = $2 where id = $1' }, [exam, 'gone'])
  t.match(await settings(app, exam), { status: 500, body: { detail: /gone/ } })
})

t.test('while a provider is switched off its exams\' settings are 503', async t => {
  const broken = { package: '@invigil/none-such', on_boot_failure: 'disable' }
  const app = await buildTestApp(t, { config: { providers: { default: 'mock', enabled: { ...PROVIDERS.enabled, broken } } } })
  t.match(await settings(app, await publish(app, 'broken')), { status: 503, body: { detail: /broken/ } })
})

t.test('learners are told whom to write to; a platform that fails does not keep them from the rest', async t => {
  const lms = await startReceiver(t)
  const app = await buildTestApp(t, { config: { lms: { ...PLATFORM, adapter: 'http', services_url: lms.url, token: 'x' } } })
  const exam = await publish(app, 'mock')
  lms.answer(({ path }) => ({ json: { result: path.endsWith('get_proctoring_escalation_email') ? 'dean@u.test' : null } }))
  t.match((await settings(app, exam)).body, { proctoring_escalation_email: 'dean@u.test' })
  lms.answer(() => ({ status: 500, json: {} }))
  const other = await publish(app, 'null')
  t.match(await settings(app, other), { status: 200, body: { provider_name: String } })
})

t.test('the text of the review policy, null where there is none', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  const read = (id: number | string, person = ADA) => asPerson(app, person)('GET', `${API}/review_policy/exam_id/${id}/`)
  t.strictSame((await read(exam)).body, { review_policy: null })
  await createReviewPolicy(app.domain, exam, 'May use a calculator', { kind: 'staff', userId: 201, name: 'sue' })
  t.strictSame((await read(exam)).body, { review_policy: 'May use a calculator' })
  t.match(await read(4711, SUE), { status: 200, body: { review_policy: null } }, 'also for an exam that is not there')
  t.equal((await read('abc')).status, 404)
})

t.test('both want to know who asks', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  for (const path of [`${API}/settings/exam_id/${exam}/`, `${API}/review_policy/exam_id/${exam}/`]) {
    t.match(await asPerson(app, null)('GET', path), { status: 403, body: { detail: String } })
    t.match(await asPerson(app, ADA)('POST', path, {}), { status: 405, headers: { allow: 'GET, HEAD' } })
  }
})

t.test('without the slash at the end one is sent to the path that has it', async t => {
  const app = await buildTestApp(t)
  for (const name of ['settings', 'review_policy']) {
    const path = `${API}/${name}/exam_id/7`
    t.match(await asPerson(app, null)('GET', path), { status: 301, headers: { location: `${path}/` } })
    t.match(await asPerson(app, ADA)('GET', `${path}?a=b%2Fc`), { status: 301, headers: { location: `${path}/?a=b%2Fc` } })
    t.equal((await asPerson(app, ADA)('GET', `${path}//`)).status, 404)
  }
})

const TOKEN = { json: { access_token: 'token', expires_in: 3600 } }

async function withVendor (t: Parameters<typeof buildTestApp>[0]): Promise<{ app: FastifyInstance, vendor: Receiver }> {
  const vendor = await startReceiver(t)
  const acme = { package: '@invigil/rest', options: { base_url: vendor.url, client_id: 'us', client_secret: 'secret-0123456789-0123456789-0123456789' } }
  const config: ConfigTree = { providers: { default: 'acme', enabled: { acme } } }
  return { vendor, app: await buildTestApp(t, { config }) }
}
