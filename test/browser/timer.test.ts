import type { Page } from 'playwright-core'
import t from 'tap'
import { launchChromium } from '../helper/chromium.ts'
import { ATTEMPT, COLLECTION, serveExamSite, type Answers } from '../helper/exam-site.ts'

// Real browsers on a busy machine need more than the usual half minute.
t.setTimeout(120_000)
const site = await serveExamSite(t)
const browser = await launchChromium(t)

const PLACE = '<div class="proctored_exam_status" data-invigil-timer></div>'
const attempt = (changes: object = {}) => ({
  in_timed_exam: true,
  taking_as_proctored: false,
  exam_type: 'a timed exam',
  exam_display_name: 'Midterm',
  exam_url_path: '/page?view=timed_exam%2Fready_to_submit',
  time_remaining_seconds: 1800,
  low_threshold_sec: 360,
  critically_low_threshold_sec: 90,
  course_id: 'course-v1:A+B+C',
  attempt_id: 41,
  external_id: 'pa-1',
  attempt_status: 'started',
  exam_started_poll_url: ATTEMPT,
  desktop_application_js_url: '',
  ...changes,
})
const polled = (seconds: number, status = 'started') => ({ json: { status, time_remaining_seconds: seconds } })
const first = (changes: object = {}): Answers => ({ [`GET ${COLLECTION}`]: { json: attempt(changes) } })
const POLL = `GET ${ATTEMPT}?sourceid=in_exam&proctored=`

/** A page whose clock stands still until the test moves it. The place can say more than the usual. */
async function openTimer (answers: Answers, query: Record<string, string> = {}): Promise<Page> {
  const page = await site.open(browser, { scripts: 'timer', place: PLACE, ...query }, answers, page => page.clock.install({ time: 0 }))
  await page.clock.pauseAt(1000)
  return page
}
async function shown (page: Page): Promise<string> {
  await page.locator('.exam-timer').waitFor()
  return page.locator('#time_remaining_id b').innerText()
}
/** An answer is taken when it arrives, and shown at the next tick. */
async function showsSoon (page: Page, pattern: RegExp): Promise<boolean> {
  for (let tick = 0; tick < 50; tick++) {
    if (pattern.test(await shown(page))) return true
    await page.clock.runFor(100)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  return false
}
/** Moves the clock until the request was made: real answers take real time, which the page's clock knows nothing of. */
async function advanceUntil (page: Page, text: string, count = 1): Promise<void> {
  for (let step = 0; step < 200; step++) {
    if (site.calls.filter(call => `${call.method} ${call.path}`.includes(text)).length >= count) return
    await page.clock.runFor(1000)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error(`no ${count} × "${text}" in ${JSON.stringify(site.calls)}`)
}
const says = (page: Page, text: string) => page.waitForFunction(text => document.querySelector('.timer-announce')?.textContent === text, text, { polling: 50, timeout: 10_000 })
const calls = (method: string) => site.calls.filter(call => call.method === method)

t.test('without a running exam the place stays empty', async t => {
  const page = await openTimer({ [`GET ${COLLECTION}`]: { json: { in_timed_exam: false, is_proctored: false } } })
  await site.waitFor(`GET ${COLLECTION}`)
  await page.clock.runFor(3000)
  t.equal(await page.locator('.exam-timer').count(), 0)
})

t.test('the clock runs, is coloured at the thresholds, and speaks at the start and at the marks only', async t => {
  const page = await openTimer({ ...first({ time_remaining_seconds: 1560 }), [`GET ${ATTEMPT}`]: { status: 500 } })
  t.match(await shown(page), /0:2[56]:\d\d/)
  await page.clock.runFor(500)
  await says(page, '26 minutes remaining')
  await page.evaluate('globalThis.said = []; new MutationObserver(() => { const text = document.querySelector(".timer-announce").textContent; if (text) said.push(text) }).observe(document.querySelector(".timer-announce"), { childList: true })')
  await page.clock.runFor(1_200_000)
  t.match(await shown(page), /0:0[56]:/)
  t.match(await page.locator('.exam-timer').getAttribute('class'), /low-time warning/)
  await page.clock.runFor(280_000)
  t.match(await page.locator('.exam-timer').getAttribute('class'), /low-time critical/)
  await page.clock.runFor(30_000)
  t.same(await page.evaluate('said'), ['25 minutes remaining', '10 minutes remaining', '5 minutes remaining', '1 minute remaining'])
})

t.test('Q61: each poll moves the deadline to what the server says', async t => {
  const page = await openTimer({ ...first(), [`GET ${ATTEMPT}`]: polled(3000) })
  t.match(await shown(page), /0:(30:00|29:5\d)/)
  await page.clock.runFor(61_000)
  await site.waitFor(POLL + 'false')
  t.ok(await showsSoon(page, /0:(50:00|49:5\d)/))
})

t.test('the time is said on demand, by key and by button, again and again', async t => {
  const page = await openTimer(first({ time_remaining_seconds: 4205 }), { lang: 'es' })
  await shown(page)
  await page.clock.runFor(400)
  await says(page, 'Tiempo restante: 1 hora y 10 minutos')
  await page.evaluate('document.querySelector(".timer-announce").textContent = ""')
  await page.keyboard.press('Alt+t')
  await page.clock.runFor(200)
  await says(page, 'Tiempo restante: 1 hora y 10 minutos')
  await page.evaluate('document.querySelector(".timer-announce").textContent = ""')
  await page.locator('.exam-timer__say').click()
  await page.clock.runFor(200)
  await says(page, 'Tiempo restante: 1 hora y 10 minutos')
  t.equal(await page.locator('.timer-announce').getAttribute('aria-live'), 'polite')
})

t.test('a host may word the texts itself', async t => {
  const page = await openTimer(first(), { place: '<div data-text-end-exam="Stop now"><div data-invigil-timer></div></div>' })
  await shown(page)
  t.equal(await page.locator('.exam-button-turn-in-exam').innerText(), 'Stop now')
})

t.test('the clock can be hidden and the long text folded', async t => {
  const page = await openTimer(first())
  await shown(page)
  await page.locator('#toggle_timer').click()
  t.match(await page.locator('.exam-timer').getAttribute('class'), /timer-hidden/)
  t.equal(await page.locator('#toggle_timer').getAttribute('aria-pressed'), 'true')
  await page.locator('#toggle_timer').click()
  t.equal(await page.locator('#toggle_timer').getAttribute('aria-pressed'), 'false')
  t.ok(await page.locator('.js-exam-additional-text').isVisible())
  await page.locator('.js-toggle-show-more').click()
  t.notOk(await page.locator('.js-exam-additional-text').isVisible())
  t.equal(await page.locator('.js-toggle-show-more').getAttribute('aria-expanded'), 'false')
})

t.test('"end my exam" stops the attempt and goes to the exam', async t => {
  const page = await openTimer(first())
  await shown(page)
  await page.locator('.exam-button-turn-in-exam').click()
  await site.waitFor('PAGE timed_exam/ready_to_submit')
  t.same(calls('PUT'), [{ method: 'PUT', path: ATTEMPT, body: { action: 'stop' } }])
})

t.test('an end that fails is said in a dialog, and can be tried again', async t => {
  const page = await openTimer({ ...first(), [`PUT ${ATTEMPT}`]: { status: 500, json: { detail: 'no' } } })
  await shown(page)
  await page.locator('.exam-button-turn-in-exam').click()
  await page.locator('dialog[open]').waitFor()
  t.match(await page.locator('dialog[open]').innerText(), /could not be ended/)
  await page.locator('dialog[open] button').click()
  t.ok(await page.locator('.exam-button-turn-in-exam').isEnabled())
})

t.test('five seconds after zero the server is asked, the provider told, and the page reloaded', async t => {
  const page = await openTimer({
    ...first({ time_remaining_seconds: 3, desktop_application_js_url: '/workers/telling.js', ping_interval: 60 }),
    [`GET ${ATTEMPT}`]: polled(0, 'submitted'),
  })
  await shown(page)
  await page.clock.runFor(4000)
  t.equal(await shown(page), '0:00:00')
  await says(page, 'Time is up. Your exam is being submitted.')
  t.equal(calls('GET').length, 1, 'nothing is asked within the grace')
  await page.clock.runFor(5000)
  await site.waitFor('PAGE timer', 2)
  const after = site.calls.map(call => `${call.method} ${call.path}`)
  t.same(after.slice(2, 5), [`${POLL}false`, 'WORKER end pa-1', 'PAGE timer'])
})

t.test('a server that does not know yet, or does not answer, is asked again; more time starts the clock anew', async t => {
  const page = await openTimer({ ...first({ time_remaining_seconds: 2 }), [`GET ${ATTEMPT}`]: [polled(0), { status: 503 }, polled(600)] })
  await shown(page)
  await advanceUntil(page, POLL, 3)
  t.ok(await showsSoon(page, /0:(09:[45]\d|10:00)/))
  t.equal(calls('PAGE').length, 1, 'no reload')
})

t.test('an attempt that ended elsewhere, or a refusal, reloads the page; a bad moment does not', async t => {
  for (const answer of [polled(0, 'error'), polled(0, 'rejected'), { status: 403, json: { detail: 'no' } }]) {
    const page = await openTimer({ ...first(), [`GET ${ATTEMPT}`]: answer })
    await shown(page)
    await advanceUntil(page, POLL)
    await site.waitFor('PAGE timer', 2)
  }
  const page = await openTimer({ ...first(), [`GET ${ATTEMPT}`]: { status: 502 } })
  await shown(page)
  await advanceUntil(page, POLL, 2)
  t.match(await shown(page), /0:2[78]:/)
  t.equal(calls('PAGE').length, 1)
})

t.test('the provider is pinged with the attempt\'s vendor id, also at odd intervals', async t => {
  const page = await openTimer({ ...first({ desktop_application_js_url: '/workers/telling.js', ping_interval: 15 }), [`GET ${ATTEMPT}`]: polled(1700) })
  await shown(page)
  await advanceUntil(page, 'WORKER ping 7500 pa-1', 2)
  t.equal(calls('PUT').length, 0)
})

t.test('no ping while the learner is about to hand in, and no button to end what is ended', async t => {
  const page = await openTimer({ ...first({ desktop_application_js_url: '/workers/telling.js', ping_interval: 10, attempt_status: 'ready_to_submit' }), [`GET ${ATTEMPT}`]: polled(1700, 'ready_to_submit') })
  await shown(page)
  await advanceUntil(page, POLL)
  t.equal(calls('WORKER').length, 0)
  t.equal(await page.locator('.exam-button-turn-in-exam').count(), 0)
})

t.test('a failed ping is reported; the server decides whether the exam goes on', async t => {
  const facts = { desktop_application_js_url: '/workers/refusing.js', ping_interval: 10 }
  const tolerant = await openTimer({ ...first(facts), [`PUT ${ATTEMPT}`]: { json: { exam_attempt_id: false } } })
  await shown(tolerant)
  await advanceUntil(tolerant, 'PUT')
  t.same(calls('PUT')[0]?.body, { action: 'error', detail: 'application is gone' })
  await advanceUntil(tolerant, 'PUT', 2)
  t.equal(calls('PAGE').length, 1)

  const strict = await openTimer(first(facts))
  await shown(strict)
  await advanceUntil(strict, 'PUT')
  await site.waitFor('PAGE timer', 2)
  t.equal(calls('PUT').length, 1)
})

t.test('a page that comes back to sight asks the server at once', async t => {
  const page = await openTimer({ ...first(), [`GET ${ATTEMPT}`]: polled(100) })
  await shown(page)
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
  await site.waitFor(POLL)
  t.ok(await showsSoon(page, /0:01:[34]\d/))
})

t.test('a service that is away when the page loads is asked until there is a clock', async t => {
  const page = await openTimer({ [`GET ${COLLECTION}`]: [{ status: 503 }, { json: attempt() }] })
  await advanceUntil(page, `GET ${COLLECTION}`, 2)
  t.match(await shown(page), /0:/)
})
