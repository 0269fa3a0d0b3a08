import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { createRenderer } from '../../core/interstitials/render.ts'
import type { Overlay, RendererOptions } from '../../core/interstitials/render.ts'
import { VIEW_NAMES } from '../../core/interstitials/select.ts'
import { PAGE_SAMPLES } from './page-samples.ts'

const templatesDir = fileURLToPath(new URL('../../templates', import.meta.url))
const localesDir = fileURLToPath(new URL('../../locales', import.meta.url))
const create = (options: Partial<RendererOptions> = {}) => createRenderer({ templatesDir, localesDir, cache: true, ...options })
const renderer = create()
const PAGES = [...VIEW_NAMES, 'proctored_exam/proctoring_launch_callback']

/** The controls of contract 03 §3 per page, in the words of the scenarios. */
const CONTROLS: Record<string, string[]> = {
  'timed_exam/entrance': ['enter'],
  'timed_exam/ready_to_submit': ['start', 'submit'],
  'proctored_exam/entrance': ['cancel_opt_out', 'confirm_opt_out', 'enter_proctored'],
  'proctored_exam/entrance opt-out': ['cancel_opt_out', 'confirm_opt_out', 'enter_proctored', 'opt_out'],
  'proctored_exam/failed-prerequisites': ['cancel_opt_out', 'confirm_opt_out', 'opt_out'],
  'proctored_exam/pending-prerequisites': ['cancel_opt_out', 'confirm_opt_out'],
  'proctored_exam/instructions': ['click_download_software', 'decline', 'start_proctored'],
  'proctored_exam/instructions code': ['click_download_software'],
  'proctored_exam/instructions unavailable': ['start_proctored'],
  'proctored_exam/ready_to_start': ['start'],
  'proctored_exam/ready_to_submit': ['start', 'submit'],
  'proctored_exam/ready_to_resume': ['cancel_opt_out', 'confirm_opt_out', 'enter_proctored', 'opt_out'],
  'proctored_exam/submitted': ['view_exam_content'],
  'proctored_exam/rejected': ['view_exam_content'],
  'proctored_exam/error_wrong_browser': ['stop'],
  'practice_exam/entrance': ['enter_proctored'],
  'practice_exam/error': ['reset_attempt'],
  'practice_exam/submitted': ['reset_attempt'],
  'onboarding_exam/entrance': ['enter_proctored'],
  'onboarding_exam/error': ['reset_attempt'],
  'onboarding_exam/ready_to_submit': ['start', 'submit'],
  'onboarding_exam/submitted': ['confirm_reset', 'reset_attempt'],
  'onboarding_exam/rejected': ['reset_attempt'],
}

const controlsIn = (html: string) => [...html.matchAll(/ data-action="([^"]*)"/g)].map(found => found[1] ?? '').sort()
const TEXT_KEY = />[^<]*\b(?:common|time|timed_exam|proctored_exam|practice_exam|onboarding_exam)\.[a-z][a-z_.-]*/

function checkMarkup (t: { notMatch (found: string, pattern: RegExp, message: string): unknown }, html: string, page: string) {
  t.notMatch(html, /\{\{|\{%|%\}|\}\}/, `${page}: no template code`)
  t.notMatch(html, /undefined|\[object|NaN|>null</, `${page}: no empty value`)
  t.notMatch(html, TEXT_KEY, `${page}: no text without words`)
  t.notMatch(html, /<[^>]*\s(?:style|on[a-z]+)=/i, `${page}: no inline style or handler`)
  t.notMatch(html, /<script(?![^>]* src=)/, `${page}: no inline script`)
}

t.test('every page renders in every language, with what it would really get', async t => {
  t.same([...VIEW_NAMES].filter(view => !PAGE_SAMPLES.some(sample => sample.view === view)), [], 'there is a sample of each page')
  for (const language of renderer.languages) {
    for (const { view, variant = '', variables } of PAGE_SAMPLES) {
      const html = await renderer.renderPage({ provider: null, view, variables, language, document: true })
      checkMarkup(t, html, `${language} ${view} ${variant}`)
      t.same(controlsIn(html), CONTROLS[`${view} ${variant}`.trim()] ?? [], `${view} ${variant}: controls`)
      t.match(html, 'data-exam-id="7"')
      t.equal(html.match(/<h1\b/g)?.length, 1, 'one first heading')
    }
  }
})

t.test('every page renders with nothing at all', async t => {
  for (const language of renderer.languages) {
    for (const view of PAGES) {
      for (const document of [true, false]) checkMarkup(t, await renderer.renderPage({ provider: null, view, variables: {}, language, document }), `${language} ${view}`)
    }
  }
})

t.test('the controls carry what the scripts need', async t => {
  const page = async (view: string, variant?: string) => {
    const sample = PAGE_SAMPLES.find(candidate => candidate.view === view && candidate.variant === variant)
    return renderer.render(null, view, sample?.variables ?? {}, 'en')
  }
  const attempts = '/api/edx_proctoring/v1/proctored_exam/attempt'
  t.match(await page('timed_exam/entrance'), `class="exam-button start-timed-exam" data-action="enter" data-ajax-url="${attempts}" data-exam-id="7" data-start-immediately="true"`)
  t.match(await page('proctored_exam/entrance'), `data-action="enter_proctored" data-ajax-url="${attempts}" data-exam-id="7" data-attempt-proctored="true" data-start-immediately="false"`)
  const setup = await page('proctored_exam/instructions')
  t.match(setup, `data-software-download-url="https://vendor.test/download/pa-1" data-exam-started-poll-url="${attempts}/41" data-change-state-url="${attempts}/41"`)
  t.match(setup, 'data-confirm-dialog="exam-decline-dialog"')
  t.match(setup, 'id="exam-decline-dialog"')
  const start = await page('proctored_exam/ready_to_start')
  t.match(start, 'data-worker-url="https://lms.test/static/bundles/test-worker.js" data-worker-integrity="sha384-abc" data-ping-interval="60" data-attempt-external-id="pa-1"')
  t.match(start, `class="exam-button proctored-enter-exam" data-action="start" data-change-state-url="${attempts}/41"`)
  t.match(await page('proctored_exam/submitted'), `visit-exam-button" data-action="view_exam_content" data-action-url="${attempts}/41/review_status"`)
  t.match(await page('onboarding_exam/submitted'), 'data-enables="exam-reset-button"')
  t.match(await page('proctored_exam/instructions', 'code'), 'data-copy-from="exam-code"')
})

t.test('the list of hooks names every control the pages have', async t => {
  const reference = readFileSync(new URL('../../templates/README.md', import.meta.url), 'utf8')
  for (const control of new Set(Object.values(CONTROLS).flat())) t.match(reference, `\`${control}\``)
})

t.test('Q80: vendors are named by the provider, never by the core', async t => {
  for (const { view, variables } of PAGE_SAMPLES) {
    t.notMatch(await renderer.render(null, view, variables, 'en'), /RPNow|Verificient|Proctortrack|Software Secure/i, view)
  }
  t.match(await renderer.render(null, 'proctored_exam/entrance', { provider_name: 'Unknown' }, 'en'), 'the proctoring service will supervise')
})

t.test('Q81: hostile names and addresses stay text on every page', async t => {
  const hostile = '"><img src=x onerror=alert(1)>\'{{ 7 | times: 7 }}'
  const poison = (value: unknown): unknown => {
    if (typeof value === 'string') return hostile
    if (Array.isArray(value)) return value.map(poison)
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poison(inner)]))
    return value
  }
  for (const { view, variables } of PAGE_SAMPLES) {
    const kept = { exam_family: 'proctored', onboarding_status: 'onboarding_missing' }
    const poisoned = { ...Object(poison(variables)), ...kept }
    const html = await renderer.renderPage({ provider: null, view, variables: poisoned, language: 'en', document: true })
    t.notMatch(html, /<img/, view)
    t.notMatch(html, /49/, `${view}: values are not templates`)
  }
})

t.test('addresses that are no pages are not printed', async t => {
  const html = await renderer.render(null, 'proctored_exam/instructions', {
    backend_instructions: ['<a href="javascript:x()">go</a><script>y()</script>'], software_download_url: 'javascript:alert(1)', link_urls: { faq: 'javascript:alert(2)' },
  }, 'en')
  t.notMatch(html, /javascript:|<script/)
  t.notOk(controlsIn(html).includes('click_download_software'), 'no button without an address')
})

t.test('a page says which language it is in, and falls back', async t => {
  const variables = PAGE_SAMPLES[0]?.variables ?? {}
  const page = (language: string) => renderer.renderPage({ provider: null, view: 'timed_exam/entrance', variables, language, document: true })
  t.match(await page('es-MX'), /<html lang="es" dir="ltr">[^]*Empezar el examen/)
  t.match(await page('en-GB'), /<html lang="en" dir="ltr">[^]*Start the exam/)
  t.match(await page('tlh'), /<html lang="en"/)
  t.equal(renderer.translator(null, 'es')('common.modal.ok'), 'Aceptar')
})

t.test('a fragment has no document around it and its heading is the second level', async t => {
  const request = { provider: null, view: 'timed_exam/entrance', variables: PAGE_SAMPLES[0]?.variables ?? {}, language: 'en' }
  const assets = { stylesheets: [{ url: '/static/invigil.css', integrity: 'sha384-x' }], scripts: [{ url: 'https://x.test/pages.js' }] }
  const fragment = await renderer.renderPage({ ...request, assets })
  t.notMatch(fragment, /<html|<body|<h1/)
  t.match(fragment, /<h2 class="exam-card__title"[^]*<h3/)
  t.match(fragment, '<link rel="stylesheet" href="/static/invigil.css" integrity="sha384-x" crossorigin="anonymous">')
  t.match(fragment, '<script defer src="https://x.test/pages.js"></script>')
  t.match(await renderer.renderPage({ ...request, assets, document: true }), /^<!doctype html>[^]*<title>Midterm is a timed exam \| Example U<\/title>[^]*<main/)
})

t.test('the page of a submission that ran out of time says so', async t => {
  const shown = (variables: object) => renderer.render(null, 'timed_exam/submitted', { exam_name: 'Midterm', ...variables }, 'en')
  t.match(await shown({ has_time_expired: true }), 'Time is up')
  t.notMatch(await shown({ has_time_expired: false }), 'Time is up')
  t.match(await shown({ will_be_revealed: true, wait_deadline: '2030-01-01T01:30:00+00:00' }), /<time class="exam-wait-deadline" datetime="2030-01-01T01:30:00\+00:00">Jan 1, 2030, 1:30\sAM UTC/)
  t.notMatch(await shown({ wait_deadline: '2030-01-01T01:30:00+00:00' }), 'exam-wait-deadline', 'only with what will be revealed')
})

t.test('an onboarding refusal is explained; there is no link while a review is pending', async t => {
  const shown = (status: string, link: string) => renderer.render(null, 'proctored_exam/onboarding_error', { onboarding_status: status, onboarding_link: link }, 'en')
  for (const status of ['onboarding_missing', 'onboarding_failed', 'onboarding_expired']) {
    t.match(await shown(status, '/jump'), new RegExp(`exam-page--warn ${status}"[^]*href="/jump"`))
    t.notMatch(await shown(status, ''), 'Go to onboarding')
  }
  t.notMatch(await shown('onboarding_pending', '/jump'), '/jump')
})

t.test('a vendor contact is shown only when there is both an address and a number', async t => {
  const shown = (email: string, phone: string) => renderer.render(null, 'proctored_exam/instructions', { provider_tech_support_email: email, provider_tech_support_phone: phone }, 'en')
  t.match(await shown('a@x.test', '+1'), 'mailto:a@x.test')
  t.notMatch(await shown('a@x.test', ''), 'mailto:a@x.test')
  t.notMatch(await shown('', '+1'), '+1')
})

// ---------------------------------------------------------------- a provider's own pages

const overlay = (templates: string | null, locales: string | null = null) => new Map<string, Overlay>([['acme', { templatesDir: templates, localesDir: locales }]])

t.test('a provider replaces a page, extends another, and changes texts, for its own exams only', async t => {
  const dir = t.testdir({
    templates: {
      proctored_exam: {
        'submitted.liquid': '<p>Acme has it, {{ exam_name }}.</p>',
        'instructions.liquid': "{% layout 'core/proctored_exam/instructions' %}{% block extra %}<p class=acme>{{ 'acme.card' | t }}</p>{% endblock %}",
        'footer.liquid': '<footer>Acme footer</footer>',
      },
    },
    locales: { 'en.yaml': 'acme: { card: Bring your card. }\nproctored_exam: { instructions: { title: Set up Acme } }\n' },
  })
  const withAcme = create({ overlays: overlay(`${dir}/templates`, `${dir}/locales`) })
  t.equal(await withAcme.render('acme', 'proctored_exam/submitted', { exam_name: '<i>' }, 'en'), '<p>Acme has it, &lt;i&gt;.</p>')
  const setup = await withAcme.render('acme', 'proctored_exam/instructions', {}, 'en')
  t.match(setup, /Set up Acme<\/h2>[^]*<p class=acme>Bring your card\.<\/p>/)
  t.match(await withAcme.render('acme', 'proctored_exam/entrance', {}, 'en'), 'Acme footer', 'a page of the core takes its parts')
  t.match(await withAcme.render('acme', 'proctored_exam/instructions', {}, 'es'), /Preparar la supervisión[^]*Bring your card/, 'what it did not translate is English')
  for (const other of [null, 'somebody-else']) t.notMatch(await withAcme.render(other, 'proctored_exam/instructions', {}, 'en'), /acme/i)
  t.equal(withAcme.has('acme', 'proctored_exam/submitted'), true)
  t.equal(withAcme.has('acme', 'constructor'), false)
})

t.test('a provider\'s page that fails is replaced by the core\'s, and reported', async t => {
  const dir = t.testdir({ timed_exam: { 'expired.liquid': "{% include 'no/such/page' %}" }, extra: { 'own.liquid': "{% include '../../package.json' %}" } })
  const faults: string[] = []
  const renderer = create({ overlays: overlay(dir), onFault: (fault, provider, template) => faults.push(`${provider} ${template}: ${fault instanceof Error ? fault.message : ''}`) })
  t.match(await renderer.render('acme', 'timed_exam/expired', { exam_name: 'Midterm' }, 'en'), 'Midterm can no longer be started')
  t.match(faults, [/^acme timed_exam\/expired: .*no\/such\/page/])
  await t.rejects(renderer.render('acme', 'extra/own', {}, 'en'), /package\.json/, 'and nothing outside can be reached')
})

t.test('a template that cannot be read is refused at start, with its name', async t => {
  const dir = t.testdir({ timed_exam: { 'expired.liquid': '{% if %}', 'entrance.liquid': '{{ x | no_such_filter }}' } })
  t.throws(() => create({ overlays: overlay(dir) }), /"timed_exam\/expired" cannot be read[^]*|"timed_exam\/entrance" cannot be read/)
})

t.test('links in a provider\'s folder are not followed', async t => {
  const dir = t.testdir({ secret: { 'x.liquid': 'secret' }, templates: { timed_exam: {} } })
  symlinkSync(`${dir}/secret/x.liquid`, `${dir}/templates/timed_exam/expired.liquid`)
  symlinkSync(`${dir}/secret`, `${dir}/templates/own`)
  const renderer = create({ overlays: overlay(`${dir}/templates`) })
  t.notMatch(await renderer.render('acme', 'timed_exam/expired', {}, 'en'), 'secret')
  t.equal(renderer.has('acme', 'own/x'), false)
})

t.test('a page that does not exist is an error that says so', async t => {
  await t.rejects(renderer.render(null, 'timed_exam/unknown', {}, 'en'), /There is no page template "timed_exam\/unknown"/)
  await t.rejects(renderer.render('acme', '__proto__', {}, 'en'), /There is no page template/)
})

t.test('without cache a changed file shows at once', async t => {
  const dir = t.testdir({ 'a.liquid': 'one', layout: {} })
  const cached = create({ overlays: overlay(dir) })
  const fresh = create({ overlays: overlay(dir), cache: false })
  t.equal(await fresh.render('acme', 'a', {}, 'en'), 'one')
  writeFileSync(`${dir}/a.liquid`, 'two')
  t.equal(await fresh.render('acme', 'a', {}, 'en'), 'two')
  t.equal(await cached.render('acme', 'a', {}, 'en'), 'one')
})

t.test('a renderer that is made after a file of the core has changed shows it, and an older one does not', async t => {
  const dir = t.testdir({ templates: { 'a.liquid': 'one {{ "word" | t }}' }, locales: { 'en.yaml': 'word: first\n' } })
  const show = (made = create({ templatesDir: `${dir}/templates`, localesDir: `${dir}/locales` })) => made.render(null, 'a', {}, 'en')
  const older = create({ templatesDir: `${dir}/templates`, localesDir: `${dir}/locales` })
  t.equal(await show(), 'one first')
  writeFileSync(`${dir}/templates/a.liquid`, 'two {{ "word" | t }}')
  t.equal(await show(), 'two first')
  writeFileSync(`${dir}/locales/en.yaml`, 'word: second\n')
  t.equal(await show(), 'two second')
  t.equal(await show(older), 'one first')
})

t.test('a language written from right to left is marked', async t => {
  const dir = t.testdir({ 'ar.yaml': 'timed_exam: { expired: { title: "انتهى" } }\n' })
  const renderer = create({ overlays: overlay(null, dir) })
  t.match(await renderer.renderPage({ provider: 'acme', view: 'timed_exam/expired', variables: {}, language: 'ar', document: true }), '<html lang="ar" dir="rtl">')
})
