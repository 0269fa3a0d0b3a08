import t from 'tap'
import { createReviewPolicy } from '../../core/domain/exam/review-policy.ts'
import { ADA, API, asPerson, buildTestApp, COURSE, SUE } from '../helper/app.ts'
import { createCli } from '../helper/cli.ts'
import { startReceiver, type Received } from '../helper/receiver.ts'

const RULES = { allow_notes: true, 'The-Vendor-Own-Word': { deep: ['kept', 1, null] } }
const MARK = 'The-Vendor-Own-Word'
const EXAM = { course_id: COURSE, content_id: 'block-v1:mid', exam_name: 'Midterm', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false }

const REPLIES: Readonly<Record<string, unknown>> = {
  '/oauth2/access_token': { access_token: 'a-token', expires_in: 3600 },
  '/api/v1/config/': { name: 'Acme', rules: { allow_notes: 'Notes are allowed' } },
  '/api/v1/exam/': { id: 'px-9' },
  '/api/v1/exam/px-9/': { id: 'px-9' },
  '/api/v1/exam/px-9/attempt/': { id: 'pa-1' },
}

t.test('default_rules reach the vendor with every saved exam, and the platform and the learner nowhere', async t => {
  const [vendor, platform] = [await startReceiver(t), await startReceiver(t)]
  vendor.answer(({ path }) => path in REPLIES ? { json: REPLIES[path] } : { status: 404 })
  const app = await buildTestApp(t, {
    config: {
      providers: { default: 'acme', enabled: { acme: { package: '@invigil/rest', options: { base_url: vendor.url, client_id: 'us', client_secret: 'acme-secret-0123456789', default_rules: RULES } } } },
      lms: { adapter: 'http', services_url: platform.url },
      webhooks: [{ url: `${platform.url}/hook`, secret: 'whsec_0123456789', events: ['*'] }],
    },
  })
  const staff = asPerson(app, SUE)
  const savedExams = () => vendor.received.filter(({ path }) => /^\/api\/v1\/exam\/(?:px-9\/)?$/.test(path))

  const published = await staff<{ exam_id: number }[]>('PATCH', `${API}/exam_registration/course_id/${COURSE}`, [{ ...EXAM, backend: 'acme' }])
  t.equal(published.status, 200, published.text)
  const exam = published.body[0]?.exam_id ?? 0
  await app.effects.drain()
  t.match(savedExams().map(bodyOf), [{ external_id: null, exam_name: 'Midterm', rules: RULES }])
  t.strictSame(bodyOf(savedExams()[0]).rules, RULES, 'word for word')

  await createReviewPolicy(app.domain, exam, 'Closed book', { kind: 'staff', userId: SUE.id, name: SUE.username })
  await app.effects.drain()
  t.match(bodyOf(savedExams().at(-1)), { external_id: 'px-9', rules: RULES, rule_summary: 'Closed book' }, 'beside the policy of the exam')

  const learner = asPerson(app, ADA)
  const entered = await learner('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: true })
  t.equal(entered.status, 200, entered.text)
  await app.effects.drain()
  t.notMatch(vendor.received.filter(request => !savedExams().includes(request)).map(({ text }) => text).join('\n'), MARK, 'with exams only')

  const settings = await learner('GET', `${API}/settings/exam_id/${exam}/`)
  t.strictSame(settings.body.exam_proctoring_backend, REPLIES['/api/v1/config/'], 'learners are shown what the vendor says of itself')
  const asked = await Promise.all([
    ...[`${API}/exam/exam_id/${exam}`, `${API}/exam/course_id/${COURSE}`, '/api/invigil/v1/providers', '/api/invigil/v1/providers/acme', '/api/invigil/v1/effects'].map(url => staff('GET', url)),
    learner('GET', `/api/edx_proctoring/v1/proctored_exam/attempt/course_id/${COURSE}?content_id=block-v1:mid`),
  ])
  t.same(asked.map(({ status }) => status), asked.map(() => 200))
  const invigil = createCli({ app })
  const printed = await Promise.all([invigil('providers', 'show', 'acme'), invigil('providers', 'show', 'acme', '--json'), invigil('exams', 'show', `${exam}`)])
  t.ok(platform.received.length > 0, 'the platform was told of the attempt')
  const seen = [settings, ...asked].map(({ text }) => text).concat(printed.map(({ out, err }) => out + err), platform.received.map(({ text }) => text))
  for (const text of seen) t.notMatch(text, MARK)
})

t.test('without default_rules the vendor is sent no rules at all', async t => {
  const vendor = await startReceiver(t)
  vendor.answer(({ path }) => path in REPLIES ? { json: REPLIES[path] } : { status: 404 })
  const app = await buildTestApp(t, {
    config: { providers: { default: 'acme', enabled: { acme: { package: '@invigil/rest', options: { base_url: vendor.url, client_id: 'us', client_secret: 'acme-secret-0123456789' } } } } },
  })
  await asPerson(app, SUE)('PATCH', `${API}/exam_registration/course_id/${COURSE}`, [{ ...EXAM, backend: 'acme' }])
  await app.effects.drain()
  const [saved] = vendor.received.filter(({ path }) => path === '/api/v1/exam/')
  t.match(bodyOf(saved), { exam_name: 'Midterm' })
  t.notOk('rules' in bodyOf(saved))
})

function bodyOf (request: Received | undefined): Record<string, unknown> {
  if (typeof request?.json !== 'object' || request.json === null) throw new Error('the vendor was not told')
  return { ...request.json }
}
