import { mkdir } from 'node:fs/promises'
import t from 'tap'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../helper/chromium.ts'
import { CLIENT, EXAM, LEARNER, PRACTICE, startDemoVendor, startInvigil } from './helper.ts'

const WIDTHS = [1280, 375]
/** With a folder in SCREENSHOTS every page is photographed at both widths. */
const folder = process.env.SCREENSHOTS
async function look (page: Page, name: string): Promise<void> {
  if (!folder) return
  await mkdir(folder, { recursive: true })
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${folder}/vendor-${name}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

t.setTimeout(120_000)
t.test('the console is worked with the keyboard alone, and fits a phone', async t => {
  const invigil = await startInvigil(t)
  const vendor = await startDemoVendor(t, { invigilUrl: invigil.url })
  const browser = await launchChromium(t)
  const page = await browser.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => { if (message.type() === 'error') faults.push(message.text()) })

  await page.goto(`${vendor.url}/console`)
  await look(page, 'empty')
  const exam = await vendor.create('/api/v1/exam/', EXAM)
  const practice = await vendor.create('/api/v1/exam/', PRACTICE)
  const id = await vendor.create(`/api/v1/exam/${exam}/attempt/`, LEARNER)
  await vendor.create(`/api/v1/exam/${practice}/attempt/`, { ...LEARNER, user_id: 'u2', full_name: 'Grace Hopper', is_sample_attempt: true })
  await page.reload()

  const tabTo = async (name: RegExp) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      const here = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.closest('label')?.innerText ?? document.activeElement?.textContent ?? '')
      if (name.test(here)) return
    }
    throw new Error(`no way to ${name} with the keyboard`)
  }
  await tabTo(/^Ready: Ada/)
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'is ready' }).waitFor()
  await tabTo(/^Violation: Ada/)
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'violation' }).waitFor()
  t.same(invigil.callbacks.map(({ path }) => path.split('/').at(-1)), ['ready', 'reviewed'])

  await page.getByLabel('Outage').selectOption('busy')
  await page.getByLabel('Strikes').selectOption('register')
  await page.getByLabel('For how many calls').fill('1')
  await page.getByRole('button', { name: 'Set' }).click()
  await page.getByText('The switches are set.').waitFor()
  await page.getByText('At present: Answer 503, Registration only, 1 more.').waitFor()
  await vendor.call('POST', `/api/v1/exam/${exam}/attempt/`, LEARNER)
  await page.getByText('At present: everything works.').waitFor()
  await page.getByRole('combobox', { name: 'Standing of Grace Hopper' }).selectOption('rejected')
  await page.getByRole('button', { name: 'Change the standing of Grace Hopper' }).click()
  await page.getByText('The profile is set to rejected.').waitFor()
  await page.getByLabel('Registrations').selectOption('by_profile')
  await page.getByRole('button', { name: 'Set' }).click()
  await look(page, 'console')
  t.match(await page.locator('main').innerText(), /registrations: As the onboarding profile says/)
  await page.getByRole('button', { name: 'End all tokens now' }).click()
  await page.getByText('Tokens that have ended: 1.').waitFor()
  t.equal((await vendor.call('GET', '/api/v1/config/')).status, 401)

  for (const path of ['/console', `/app/${id}`, `/recordings/${id}`, `/api/v1/instructor/${CLIENT.clientId}/?jwt=x`]) {
    await page.goto(vendor.url + path)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${path} fits ${width} pixels`)
    }
    await look(page, path.split('/').at(1) ?? '')
  }
  t.same(faults.filter(fault => !/403/.test(fault)), [], 'no script failed and no policy was broken')
})
