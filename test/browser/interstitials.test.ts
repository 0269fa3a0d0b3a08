import type { Page, Route } from 'playwright-core'
import t from 'tap'
import { launchChromium } from '../helper/chromium.ts'
import { ATTEMPT, COLLECTION, serveExamSite } from '../helper/exam-site.ts'

// Real browsers on a busy machine need more than the usual half minute.
t.setTimeout(120_000)
const site = await serveExamSite(t)
const browser = await launchChromium(t)

const PAGE = (view: string) => ({ method: 'PAGE', path: view })
const put = (action: string) => ({ method: 'PUT', path: ATTEMPT, body: { action } })
const post = (body: object) => ({ method: 'POST', path: COLLECTION, body: { exam_id: '7', ...body } })

/** The page is loaded again: its record shows the view twice. */
/** What the dialog says, and what it should. */
const message = async (page: Page, name: string) =>
  [await page.locator('#exam-modal-message').innerText(), await page.locator('dialog.exam-modal').getAttribute(`data-text-${name}`)] as const
const reloaded = (view: string) => site.waitFor(`PAGE ${view}`, 2)

t.test('starting a timed exam posts once, however often it is clicked, and reloads', async t => {
  const page = await site.open(browser, { view: 'timed_exam/entrance' })
  await page.locator('.start-timed-exam').dblclick()
  await reloaded('timed_exam/entrance')
  t.same(site.calls, [PAGE('timed_exam/entrance'), post({ start_clock: 'true' }), PAGE('timed_exam/entrance')])
})

t.test('a refused entry shows the causes, gives the button back, and can be tried again', async t => {
  const page = await site.open(browser, { view: 'timed_exam/entrance' }, { [`POST ${COLLECTION}`]: [{ status: 403, json: { detail: 'no' } }, {}] })
  const label = await page.locator('.start-timed-exam').innerText()
  await page.locator('.start-timed-exam').click()
  await page.locator('.exam-entry-failed').waitFor()
  t.ok(await page.locator('.start-timed-exam').isEnabled())
  t.equal(await page.locator('.start-timed-exam').innerText(), label)
  await page.locator('.start-timed-exam').click()
  await reloaded('timed_exam/entrance')
})

t.test('Q55: the button is off and says so while the request runs', async t => {
  const page = await site.open(browser, { view: 'timed_exam/entrance' })
  const held = Promise.withResolvers<Route>()
  await page.route(`**${COLLECTION}`, route => held.resolve(route))
  const button = page.locator('.start-timed-exam')
  await button.click()
  await page.locator('.start-timed-exam[aria-busy="true"]').waitFor()
  t.ok(await button.isDisabled())
  t.equal(await button.innerText(), await button.getAttribute('data-loading-text'))
  await (await held.promise).continue()
  await reloaded('timed_exam/entrance')
})

t.test('proctored and practice entrances ask for a proctored attempt without starting the clock', async t => {
  for (const view of ['proctored_exam/entrance', 'practice_exam/entrance', 'onboarding_exam/entrance']) {
    const page = await site.open(browser, { view })
    await page.locator('[data-action="enter_proctored"]').click()
    await reloaded(view)
    t.same(site.calls[1], post({ attempt_proctored: 'true', start_clock: 'false' }), view)
    t.equal(site.calls.length, 3, 'one request, one reload (Q50)')
  }
})

t.test('opting out shows what it means, can be taken back, and then enters without proctoring', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/entrance', variant: 'opt-out' })
  const optOut = page.locator('[data-action="opt_out"]')
  await optOut.click()
  t.ok(await page.locator('.proctored-decline-exam').isVisible())
  t.notOk(await page.locator('.exam-entry').isVisible())
  t.match(await page.evaluate('document.activeElement.tagName'), /^H[1-4]$/, 'focus is on the heading of what appeared')
  await page.locator('[data-action="cancel_opt_out"]').click()
  t.ok(await page.locator('.exam-entry').isVisible())
  t.equal(await optOut.getAttribute('aria-expanded'), 'false')
  t.equal(await page.evaluate('document.activeElement.dataset.action'), 'opt_out')
  await optOut.click()
  await page.locator('[data-action="confirm_opt_out"]').click()
  await reloaded('proctored_exam/entrance')
  t.same(site.calls[1], post({ attempt_proctored: 'false', start_clock: 'true' }))
})

t.test('Q62: the exam starts at the provider first, then at the server, with the attempt\'s vendor id', async t => {
  await (await site.open(browser, { view: 'proctored_exam/ready_to_start', worker: 'telling' })).locator('[data-action="start"]').click()
  await reloaded('proctored_exam/ready_to_start')
  t.same(site.calls.slice(1, 3), [{ method: 'WORKER', path: 'start 60000 pa-1' }, put('start')])
})

t.test('without a provider\'s script the server alone is asked', async t => {
  await (await site.open(browser, { view: 'proctored_exam/ready_to_start' })).locator('[data-action="start"]').click()
  await reloaded('proctored_exam/ready_to_start')
  t.same(site.calls.slice(1, 2), [put('start')])
})

t.test('a provider that refuses keeps the exam unstarted and sends the learner to the application', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/ready_to_start', worker: 'refusing' })
  await page.locator('[data-action="start"]').click()
  await page.locator('dialog.exam-modal[open]').waitFor()
  t.equal(...await message(page, 'start-failed-worker'))
  t.same(site.calls, [PAGE('proctored_exam/ready_to_start')])
  await page.keyboard.press('Escape')
  t.equal(await page.evaluate('document.activeElement.dataset.action'), 'start', 'focus is back on the button')
  t.ok(await page.locator('[data-action="start"]').isEnabled())
})

t.test('Q51: handing in tells the server first, then the provider, with the attempt\'s id and no time-out', async t => {
  await (await site.open(browser, { view: 'proctored_exam/ready_to_submit', worker: 'telling' })).locator('[data-action="submit"]').click()
  await reloaded('proctored_exam/ready_to_submit')
  t.same(site.calls.slice(1, 3), [put('submit'), { method: 'WORKER', path: 'end pa-1' }])
})

t.test('a provider that fails after the hand-in is reported, and the page goes on when it was read', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/ready_to_submit', worker: 'refusing' })
  await page.locator('[data-action="submit"]').click()
  await page.locator('dialog.exam-modal[open] button[value="ok"]').click()
  await reloaded('proctored_exam/ready_to_submit')
  t.same(site.calls[1], put('submit'))
})

t.test('a refused hand-in is explained and the provider hears nothing', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/ready_to_submit', worker: 'telling' }, { [`PUT ${ATTEMPT}`]: { status: 400, json: { detail: 'no' } } })
  await page.locator('[data-action="submit"]').click()
  await page.locator('dialog.exam-modal[open]').waitFor()
  t.equal(...await message(page, 'end-failed'))
  t.same(site.calls.filter(call => call.method === 'WORKER'), [])
})

t.test('continue, stop and retry are one request each and never involve the provider', async t => {
  const cases = [['timed_exam/ready_to_submit', 'start'], ['proctored_exam/ready_to_submit', 'start'], ['proctored_exam/error_wrong_browser', 'stop'], ['practice_exam/error', 'reset_attempt'], ['practice_exam/submitted', 'reset_attempt'], ['onboarding_exam/rejected', 'reset_attempt']] as const
  for (const [view, action] of cases) {
    const page = await site.open(browser, { view, worker: 'telling' })
    await page.locator(`[data-action="${action}"]`).click()
    await reloaded(view)
    t.same(site.calls, [PAGE(view), put(action), PAGE(view)], view)
  }
})

t.test('a retry that needs consent stays off until it was confirmed', async t => {
  const page = await site.open(browser, { view: 'onboarding_exam/submitted' })
  t.ok(await page.locator('[data-action="reset_attempt"]').isDisabled())
  await page.locator('[data-action="confirm_reset"]').click()
  t.equal(await page.evaluate('document.activeElement.dataset.action'), 'reset_attempt')
  await page.locator('[data-action="reset_attempt"]').click()
  await reloaded('onboarding_exam/submitted')
  t.same(site.calls[1], put('reset_attempt'))
})

t.test('declining happens only after the dialog was agreed to', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/instructions' })
  await page.locator('[data-action="decline"]').click()
  await page.locator('dialog.exam-confirm-modal[open]').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('[data-action="decline"]:enabled').waitFor()
  t.same(site.calls, [PAGE('proctored_exam/instructions')])
  await page.locator('[data-action="decline"]').click()
  await page.locator('dialog.exam-confirm-modal[open] button[value="confirm"]').click()
  await reloaded('proctored_exam/instructions')
  t.same(site.calls[1], put('decline'))
})

t.test('the system check asks how things stand, then opens the provider and notes the click', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/instructions' }, { [`GET ${ATTEMPT}`]: { json: { status: 'created' } } })
  await page.context().route('https://vendor.test/**', route => route.fulfill({ body: 'vendor' }))
  const popup = page.waitForEvent('popup')
  await page.locator('[data-action="click_download_software"]').click()
  t.match((await popup).url(), /vendor\.test|about:blank/)
  await site.waitFor('PUT')
  t.same(site.calls.slice(1), [{ method: 'GET', path: `${ATTEMPT}?sourceid=instructions` }, put('click_download_software')])
})

t.test('a finished system check is said, and nothing opens', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/instructions' }, { [`GET ${ATTEMPT}`]: { json: { status: 'ready_to_start' } } })
  await page.locator('[data-action="click_download_software"]').click()
  await page.locator('dialog.exam-modal[open]').waitFor()
  t.equal(...await message(page, 'check-done'))
  t.same(site.calls.map(call => call.method), ['PAGE', 'GET'])
})

t.test('a blocked tab is explained and not noted as opened', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/instructions' }, { [`GET ${ATTEMPT}`]: { json: { status: 'created' } } })
  await page.evaluate('window.open = () => null')
  await page.locator('[data-action="click_download_software"]').click()
  await page.locator('dialog.exam-modal[open]').waitFor()
  t.equal(...await message(page, 'popup-blocked'))
  t.same(site.calls.map(call => call.method), ['PAGE', 'GET'])
})

t.test('the start button of the set-up page goes on only when the check is done', async t => {
  const statuses = ['created', 'ready_to_start'].map(status => ({ json: { status } }))
  const page = await site.open(browser, { view: 'proctored_exam/instructions' }, { [`GET ${ATTEMPT}`]: statuses })
  await page.locator('[data-action="start_proctored"]').click()
  await page.locator('dialog.exam-modal[open]').waitFor()
  t.equal(...await message(page, 'setup-unfinished'))
  await page.keyboard.press('Escape')
  await page.locator('[data-action="start_proctored"]').click()
  await reloaded('proctored_exam/instructions')
})

t.test('the exam code is copied and the copy is said', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/instructions', variant: 'code' })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.locator('.exam-code-copy').click()
  await page.locator('.exam-code-status:not(:empty)').waitFor()
  t.equal(await page.evaluate('navigator.clipboard.readText()'), 'D5A1B3F0-0000-4000-8000-000000000001')
})

t.test('viewing the content acknowledges the result', async t => {
  const page = await site.open(browser, { view: 'proctored_exam/rejected' })
  await page.locator('[data-action="view_exam_content"]').click()
  await reloaded('proctored_exam/rejected')
  t.equal(site.calls[1]?.path, `${ATTEMPT}/review_status`)
  t.equal(site.calls[1]?.method, 'PUT')
})

t.test('a host may take over the reload; the button works again then', async t => {
  const page = await site.open(browser, { view: 'timed_exam/entrance' })
  await page.evaluate("document.addEventListener('invigil:reload', event => { event.preventDefault(); document.title = 'mine: ' + event.detail.reason })")
  await page.locator('.start-timed-exam').click()
  await page.waitForFunction(() => document.title === 'mine: enter')
  t.ok(await page.locator('.start-timed-exam').isEnabled())
  t.equal(site.calls.filter(call => call.method === 'PAGE').length, 1)
})

t.test('a page brought in later, and a script brought twice, work once each', async t => {
  const page = await site.open(browser, { place: '<main></main>', scripts: 'interstitials,interstitials' })
  const html = await (await fetch(`${site.url}/page?view=timed_exam%2Fentrance`)).text()
  await page.evaluate(`document.querySelector('main').innerHTML = new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html').querySelector('section.exam-page').outerHTML`)
  await page.locator('.start-timed-exam').click()
  await site.waitFor('PAGE timer', 2)
  t.equal(site.calls.filter(call => call.method === 'POST').length, 1)
})

t.test('the end of a waiting time is shown in the reader\'s zone', async t => {
  const context = await browser.newContext({ timezoneId: 'Asia/Tokyo' })
  const page = await context.newPage()
  await page.goto(`${site.url}/page?view=timed_exam%2Fsubmitted&variant=expired-waiting`)
  t.match(await page.locator('time.exam-wait-deadline').innerText(), /Jan 1, 2030, 10:30/)
})
