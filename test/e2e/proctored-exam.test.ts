import { mkdir } from 'node:fs/promises'
import t from 'tap'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '../helper/chromium.ts'
import { startProduct } from '../helper/product.ts'

/** With a folder in SCREENSHOTS every page is photographed at both widths. */
const folder = process.env.SCREENSHOTS
let shots = 0
async function look (page: Page, name: string): Promise<void> {
  if (!folder) return
  await mkdir(folder, { recursive: true })
  shots++
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${folder}/${String(shots).padStart(2, '0')}-${name}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** Generous on a busy machine, and still well within the test's own limit, so that a failure says which step. */
const STEP_MS = 20_000
async function newContext (browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext()
  context.setDefaultTimeout(STEP_MS)
  return context
}

const viewOf = (page: Page) => page.locator('[data-view]').first().getAttribute('data-view')
const shows = (page: Page, view: string) => page.locator(`[data-view="${view}"]`).waitFor()

async function signIn (page: Page, url: string, person: string): Promise<void> {
  await page.goto(`${url}/demo`)
  await page.locator(`[data-person="${person}"]`).click()
  await page.getByRole('heading', { name: 'Oceans and Climate' }).waitFor()
}

t.test('a learner takes a proctored exam from the entrance to the verdict', async t => {
  const { url, vendorUrl } = await startProduct(t)
  const browser = await launchChromium(t)
  const context = await newContext(browser)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => { if (message.type() === 'error') faults.push(message.text()) })

  await page.goto(`${url}/demo`)
  await look(page, 'sign-in')
  await signIn(page, url, 'ada')
  await look(page, 'course')
  await page.getByRole('link', { name: 'Final: Ocean and atmosphere' }).click()

  await shows(page, 'proctored_exam/entrance')
  await look(page, 'entrance')
  await page.locator('[data-action="enter_proctored"]').click()

  await shows(page, 'proctored_exam/instructions')
  await look(page, 'instructions')
  const [application] = await Promise.all([context.waitForEvent('page'), page.locator('[data-action="click_download_software"]').click()])
  await application.getByRole('button', { name: 'I am ready' }).click()
  await application.getByText('The application is running').waitFor()
  await look(application, 'vendor-application')
  await page.locator('[data-action="start_proctored"]').click()

  await shows(page, 'proctored_exam/ready_to_start')
  await look(page, 'ready-to-start')
  await page.locator('[data-action="start"]').click()

  await page.getByRole('timer').or(page.locator('.exam-timer')).first().waitFor()
  await page.locator('form[data-answers]').waitFor()
  t.equal(await page.evaluate(() => window.scrollY), 0, 'the exam begins at its beginning')
  await look(page, 'exam-with-timer')
  t.match(await page.locator('#time_remaining_id').innerText(), /0:59:\d\d|1:00:00/)
  await page.locator('input[type=radio]').first().check()
  await page.locator('.exam-button-turn-in-exam').click()

  await shows(page, 'proctored_exam/ready_to_submit')
  await look(page, 'ready-to-submit')
  await page.locator('[data-action="submit"]').click()
  await shows(page, 'proctored_exam/submitted')
  await look(page, 'submitted')

  const vendor = await context.newPage()
  await vendor.goto(`${vendorUrl}/console`)
  await look(vendor, 'vendor-console')
  await vendor.getByRole('button', { name: /^Pass/ }).click()
  await vendor.waitForLoadState()
  await page.reload()
  await shows(page, 'proctored_exam/verified')
  await look(page, 'verified')
  t.equal(await viewOf(page), 'proctored_exam/verified')
  t.same(faults, [], 'no script failed and no policy was broken')
})

t.test('an exam ends when its time is over, with every tab closed', async t => {
  const { app, url } = await startProduct(t)
  const browser = await launchChromium(t)
  const page = await (await newContext(browser)).newPage()
  await signIn(page, url, 'ben')
  await page.getByRole('link', { name: 'Midterm: The moving sea' }).click()
  await shows(page, 'timed_exam/entrance')
  await look(page, 'timed-entrance')
  const exam = page.url()
  await page.locator('[data-action="enter"]').click()
  await page.locator('form[data-answers]').waitFor()
  await look(page, 'timed-exam')
  await page.goto('about:blank')

  await app.inject({ method: 'POST', url: '/demo/clock', payload: { advance_seconds: 30 * 60 + 1 } })
  const rows = await app.db.query({ name: 'ended', text: 'select status, extract(epoch from completed_at - started_at)::int as seconds from attempt' }, [])
  t.same(rows, [{ status: 'submitted', seconds: 1800 }], 'submitted at the very second, before anybody came back')

  await page.goto(exam)
  await shows(page, 'timed_exam/submitted')
  await look(page, 'timed-submitted')
  t.match(await page.locator('[data-view]').innerText(), /time/i)
})

t.test('a vendor that is down keeps nobody from starting and handing in, and hears of it later', async t => {
  const { app, url, vendorUrl } = await startProduct(t)
  const browser = await launchChromium(t)
  const context = await newContext(browser)
  const page = await context.newPage()
  await signIn(page, url, 'chloe')
  await page.getByRole('link', { name: 'Final: Ocean and atmosphere' }).click()
  await page.locator('[data-action="enter_proctored"]').click()
  const [application] = await Promise.all([context.waitForEvent('page'), page.locator('[data-action="click_download_software"]').click()])
  await application.getByRole('button', { name: 'I am ready' }).click()
  await application.getByText('The application is running').waitFor()

  const console = await context.newPage()
  await console.goto(`${vendorUrl}/console`)
  await console.getByLabel('Outage').selectOption('busy')
  await console.getByRole('button', { name: 'Set' }).click()
  await page.locator('[data-action="start_proctored"]').click()
  await page.locator('[data-action="start"]').click()
  await page.locator('.exam-button-turn-in-exam').click()
  await page.locator('[data-action="submit"]').click()
  await shows(page, 'proctored_exam/submitted')

  const undelivered = async () => (await app.effects.list()).filter(({ kind, state }) => kind === 'provider' && state === 'pending').length
  t.ok(await undelivered() > 0, 'the calls wait')
  await console.getByLabel('Outage').selectOption('none')
  await console.getByRole('button', { name: 'Set' }).click()
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { advance_seconds: 3600 } })
  t.equal(await undelivered(), 0, 'and arrive')
  await console.reload()
  t.match(await console.locator('main').innerText(), /submitted/)
})
