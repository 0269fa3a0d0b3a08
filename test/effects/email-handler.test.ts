import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Effect } from '../../core/domain/effect.ts'
import type { EmailFacts } from '../../core/effects/email-handler.ts'
import { createRenderer } from '../../core/interstitials/render.ts'
import { createHttpLms } from '../../core/lms/http.ts'
import { buildEffectsApp, openDatabase, type EffectsAppOptions } from '../helper/effects-app.ts'
import { startReceiver } from '../helper/receiver.ts'
import { startSmtpSink } from '../helper/smtp-sink.ts'

const PROJECT = join(import.meta.dirname, '../..')
const facts: EmailFacts = { to: 'ada@example.com', userId: 101, courseId: 'course-v1:A+B+C', examName: 'Mid <term> & "more"', provider: 'test' }
const mail = (status: 'submitted' | 'verified' | 'rejected'): Effect => ({ kind: 'email', subject: 'attempt:41', status, attemptId: 41 })
const lmsConfig = {
  from_email: 'no-reply@lms.test', platform_name: 'Example U', site_name: 'lms.test', root_url: 'https://lms.test', learning_mfe_url: 'https://learning.test',
}

async function buildHouse (t: Test, { config = {}, ...options }: Partial<EffectsAppOptions> = {}, found: EmailFacts | null = facts) {
  const { url } = await openDatabase(t)
  const house = await buildEffectsApp(t, {
    url, deliver: false, sources: { loadEmailFacts: async id => id === 41 ? found : null }, ...options, config: { lms: lmsConfig, ...config },
  })
  const send = async (...effects: Effect[]) => {
    await house.app.effects.enqueue(house.db, effects)
    return house.app.effects.drain()
  }
  return { ...house, send }
}

/** The LMS as far as mails ask it. */
async function startPlatform (t: Test, answers: Record<string, unknown>) {
  const platform = await startReceiver(t)
  platform.answer(({ path }) => path in answers ? { json: { result: answers[path] } } : { status: 404 })
  const { services, close } = createHttpLms({ servicesUrl: platform.url, token: null, cacheTtlMs: 0, log: { warn () {} } })
  t.teardown(close)
  return services
}

t.test('Q54: mails go out over SMTP with a text and an HTML part that say the same', async t => {
  const sink = await startSmtpSink(t)
  const lms = await startPlatform(t, { '/credit/get_credit_state': { course_name: 'Demo Course' } })
  const { app, send } = await buildHouse(t, { lms, config: { email: { smtp_url: sink.url } } })
  t.same(await send(mail('submitted'), mail('verified'), mail('rejected')), { delivered: 3, failed: 0 })
  t.same(app.mailbox, [])
  t.same(sink.mails.map(({ from, to }) => [from, to]), Array(3).fill(['no-reply@lms.test', ['ada@example.com']]))
  t.same(sink.mails.map(({ headers }) => headers.subject), ['We received your proctored exam', 'Your proctored exam passed review', 'Your proctored exam did not pass review'])
  t.same(sink.mails.map(({ headers }) => headers['x-invigil-template']), [
    'emails/proctoring_attempt_submitted_email', 'emails/proctoring_attempt_satisfactory_email', 'emails/proctoring_attempt_unsatisfactory_email',
  ])
  for (const { parts, headers } of sink.mails) {
    const { 'text/plain': text = '', 'text/html': html = '' } = parts
    t.match(text, /Mid <term> & "more"/)
    t.match(text, /Demo Course \(https:\/\/learning\.test\/course\/course-v1:A\+B\+C\/home\)/)
    t.match(text, /Example U/)
    t.match(html, /Mid &lt;term&gt; &amp; &#34;more&#34;/)
    t.notMatch(html, /emails\./, 'every text was found')
    t.notMatch(html, /\{\w+\}/)
    t.match(headers['message-id'], /^<[0-9a-f-]{36}@lms\.test>$/)
    t.equal(headers['auto-submitted'], 'auto-generated')
  }
  t.match(sink.mails[0]?.parts['text/plain'], /five business days/)
  t.match(sink.mails[2]?.parts['text/plain'], /\n- .*phone/)
})

t.test('whom to write to: the course, else the provider, else the platform; the submitted mail names nobody', async t => {
  const providers = { enabled: { test: { package: 'x', contact_url: 'https://vendor.test/contact' } } }
  const escalating = await startPlatform(t, { '/instructor/get_proctoring_escalation_email': 'escalate@lms.test' })
  const cases = [
    [{ lms: escalating, config: { providers } }, 'mailto:escalate@lms.test', /write to escalate@lms\.test/],
    [{ config: { providers } }, 'https://vendor.test/contact', /write to https:\/\/vendor\.test\/contact/],
    [{}, 'https://lms.test/support/contact_us', /write to https:\/\/lms\.test\/support\/contact_us/],
  ] as const
  for (const [options, href, words] of cases) {
    const { app, send } = await buildHouse(t, options)
    await send(mail('rejected'), mail('submitted'))
    const [rejected, submitted] = app.mailbox
    t.ok(rejected?.html.includes(`href="${href}"`))
    t.match(rejected?.text, words)
    t.notOk(submitted?.html.includes(href))
  }
})

t.test('without a course name the mail still reads well', async t => {
  const { app, send } = await buildHouse(t)
  await send(mail('verified'))
  t.match(app.mailbox[0]?.text, /in your course\./)
})

t.test('a learner is written to in the language that is known of them', async t => {
  const { app, send } = await buildHouse(t, {}, { ...facts, language: 'es-419' })
  await send(mail('submitted'), mail('verified'), mail('rejected'))
  t.same(app.mailbox.map(({ subject }) => subject), ['Hemos recibido su examen supervisado', 'Su examen supervisado ha superado la revisión', 'Su examen supervisado no ha superado la revisión'])
  t.ok(app.mailbox.every(({ html }) => html.includes('<html lang="es" dir="ltr">') && !html.includes('emails.')))
})

t.test('a provider\'s own mail goes before the common one and may extend it', async t => {
  const own = t.testdir({ emails: { proctoring: { test: {
    'proctoring_attempt_submitted_email.liquid': "{% layout 'core/emails/proctoring_attempt_submitted_email' %}{% block introduction %}<p>Dear {{ exam_name }} taker</p>{% endblock %}",
  } } } })
  const overlays = new Map([['test', { templatesDir: own, localesDir: null }]])
  const renderer = createRenderer({ templatesDir: join(PROJECT, 'templates'), localesDir: join(PROJECT, 'locales'), cache: true, overlays })
  const { app, send } = await buildHouse(t, { renderer })
  await send(mail('submitted'), mail('verified'))
  const [submitted, verified] = app.mailbox
  t.match(submitted, { subject: 'We received your proctored exam', headers: { 'X-Invigil-Template': 'emails/proctoring/test/proctoring_attempt_submitted_email' } })
  t.match(submitted?.text, /^Dear Mid <term> & "more" taker\n[^]*five business days/)
  t.match(verified?.headers, { 'X-Invigil-Template': 'emails/proctoring_attempt_satisfactory_email' })
})

t.test('a mail that cannot go out now goes later, under the same message id', async t => {
  const sink = await startSmtpSink(t)
  const { app, db, send } = await buildHouse(t, { config: { email: { smtp_url: sink.url } } })
  sink.refuseWith('451 try again later')
  t.same(await send(mail('submitted')), { delivered: 0, failed: 1 })
  t.match(await app.effects.list(), [{ state: 'pending', lastError: /451/ }])
  sink.refuseWith(null)
  await db.query({ name: 'now', text: 'update effect set due_at = created_at' }, [])
  t.same(await app.effects.drain(), { delivered: 1, failed: 0 })
  t.equal(sink.mails.length, 1)
})

t.test('an address the mail server refuses for good dies visibly', async t => {
  const sink = await startSmtpSink(t)
  const { app, send } = await buildHouse(t, { config: { email: { smtp_url: sink.url } } })
  sink.refuseWith('550 no such mailbox')
  t.same(await send(mail('submitted')), { delivered: 0, failed: 1 })
  t.match(await app.effects.list(), [{ state: 'dead', lastError: /refuses the address/ }])
})

t.test('a platform that is away delays the mail instead of spoiling it', async t => {
  const platform = await startReceiver(t)
  const { services, close } = createHttpLms({ servicesUrl: platform.url, token: null, cacheTtlMs: 0, log: { warn () {} } })
  t.teardown(close)
  await platform.down()
  const { app, send } = await buildHouse(t, { lms: services })
  t.same(await send(mail('submitted')), { delivered: 0, failed: 1 })
  t.match(await app.effects.list(), [{ state: 'pending', lastError: /could not be reached/ }])
})

t.test('nobody to write to is no failure', async t => {
  for (const found of [null, { ...facts, to: '' }]) {
    const { app, send } = await buildHouse(t, {}, found)
    t.same(await send(mail('submitted')), { delivered: 1, failed: 0 })
    t.match(await app.effects.list(), [{ state: 'delivered', lastError: /no mail was sent/ }])
    t.same(app.mailbox, [])
  }
})

t.test('the mailbox keeps the last two hundred', async t => {
  const { app, send } = await buildHouse(t)
  await send(...Array.from({ length: 205 }, () => mail('submitted')))
  t.equal(app.mailbox.length, 200)
  t.match(app.mailbox.at(-1), { to: 'ada@example.com', from: 'no-reply@lms.test', at: /^\d{4}-/ })
})
