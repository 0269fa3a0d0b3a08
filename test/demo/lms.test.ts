import { once } from 'node:events'
import { createServer } from 'node:net'
import t from 'tap'
import type { Page } from 'playwright-core'
import { buildApp } from '../../core/app.ts'
import { systemClock } from '../../core/clock.ts'
import { buildConfig } from '../../core/config/load.ts'
import demoLms from '../../demo/lms/index.ts'
import { COURSE, EXAMS } from '../../demo/lms/course.ts'
import { launchChromium } from '../helper/chromium.ts'
import { createTestDatabase } from '../helper/database.ts'

/** The real service with the demo platform on it, listening on loopback. */
async function startHouse () {
  const port = await findPort()
  const { url: databaseUrl } = await createTestDatabase(t)
  const built = buildConfig({
    // Addresses of provider scripts begin with it.
    server: { log_level: 'silent', public_url: `http://127.0.0.1:${port}` },
    data_dir: '.data/test',
    auth: { jwt: { secret: 'test-secret-0123456789-0123456789' } },
    providers: { default: 'mock', enabled: { mock: { package: '@invigil/mock', options: { ready_after_ms: 300 } } } },
    settings: { user_obfuscation_key: 'SHHHHHH' },
    demo: { enabled: true, clock: true },
  }, {})
  if (!built.config) throw new Error(JSON.stringify(built.faults))
  const app = await buildApp({ config: built.config, databaseUrl, deliver: true })
  t.teardown(() => app.close())
  await app.register(demoLms, { config: built.config, clock: systemClock })
  const url = await app.listen({ host: '127.0.0.1', port })
  return { app, url }
}

/** A port nobody uses; it must be known before the app is built. */
async function findPort (): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('expected a port')
  return address.port
}

// Real browsers on a busy machine need more than the usual half minute.
t.setTimeout(120_000)
const { app, url } = await startHouse()
const browser = await launchChromium(t)
const [timed, , practice] = EXAMS
const examUrl = (exam = timed) => `${url}/demo/courses/${COURSE.id}/jump_to/${exam?.contentId}`

/** A person with a browser of their own; whatever the page complains about fails the test. */
async function signIn (key: string): Promise<{ page: Page, complaints: string[] }> {
  const page = await (await browser.newContext()).newPage()
  const complaints: string[] = []
  page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()) })
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`${url}/demo/sign-in`)
  await page.locator(`[data-person="${key}"]`).click()
  await page.locator('h1', { hasText: COURSE.name }).waitFor()
  return { page, complaints }
}
const view = (page: Page) => page.locator('.lms-embed').getAttribute('data-invigil-view')
const clickAction = (page: Page, action: string) => page.locator(`[data-action="${action}"]`).click()

t.test('the course is published through the API, as often as one likes', async t => {
  await app.registerDemoCourse()
  await app.registerDemoCourse()
  const { page } = await signIn('ada')
  t.equal(await page.locator('.lms-exam-row').count(), EXAMS.length)
})

t.test('who is not signed in is asked to, and comes back to the page', async t => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(examUrl())
  t.match(page.url(), /\/demo\/sign-in\?next=/)
  await page.locator('[data-person="ben"]').click()
  await page.waitForURL(examUrl())
  t.equal(await view(page), 'timed_exam/entrance')
})

t.test('a link cannot lead out of the demo after signing in', async t => {
  for (const next of ['https://evil.example/', '//evil.example/', '/demo/\\evil.example', '/other']) {
    const answer = await app.inject({ method: 'POST', url: '/demo/sign-in', payload: { person: 'ada', next } })
    t.equal(answer.headers.location, '/demo/')
  }
})

t.test('a learner takes the timed exam from the entrance to the end', async t => {
  const { page, complaints } = await signIn('ada')
  await page.goto(examUrl())
  t.equal(await view(page), 'timed_exam/entrance')
  await clickAction(page, 'enter')
  await page.locator('.lms-questions').waitFor()
  await page.locator('.exam-timer').waitFor()
  t.match(await page.locator('#time_remaining_id b').innerText(), /^0:(30:00|29:[45]\d)$/)

  await page.getByLabel('Clockwise', { exact: true }).check()
  await page.locator('#answer-wave').fill('15.6')
  await page.reload()
  t.ok(await page.getByLabel('Clockwise', { exact: true }).isChecked())
  t.equal(await page.locator('#answer-wave').inputValue(), '15.6')

  await page.goto(`${url}/demo/`)
  await page.locator('.exam-timer').waitFor()
  t.match(await page.locator(`[data-content-id="${timed?.contentId}"] [data-attempt-status]`).innerText(), /In progress/)
  await page.locator('.exam-button-turn-in-exam').click()
  await page.waitForURL(examUrl())
  t.equal(await view(page), 'timed_exam/ready_to_submit')
  await clickAction(page, 'start')
  await page.locator('.lms-questions').waitFor()
  await page.locator('.exam-button-turn-in-exam').click()
  await page.locator('[data-invigil-view="timed_exam/ready_to_submit"]').waitFor()
  await clickAction(page, 'submit')
  await page.locator('[data-invigil-view="timed_exam/submitted"]').waitFor()
  t.equal(await page.locator('.exam-timer').count(), 0)
  t.same(complaints, [])
})

t.test('a practice exam runs through its set-up with a provider and its script', async t => {
  const { page, complaints } = await signIn('chloe')
  await page.goto(examUrl(practice))
  t.equal(await view(page), 'practice_exam/entrance')
  await clickAction(page, 'enter_proctored')
  await page.locator('[data-invigil-view="proctored_exam/instructions"], [data-invigil-view="proctored_exam/ready_to_start"]').waitFor()
  for (let visit = 0; visit < 40 && await view(page) !== 'proctored_exam/ready_to_start'; visit++) {
    await page.waitForTimeout(250)
    await page.reload()
  }
  await clickAction(page, 'start')
  await page.locator('.lms-questions').waitFor()
  await page.locator('.exam-button-turn-in-exam').click()
  await page.locator('[data-invigil-view="proctored_exam/ready_to_submit"]').waitFor()
  await clickAction(page, 'submit')
  await page.locator('[data-invigil-view="practice_exam/submitted"]').waitFor()
  t.same(complaints, [])
})

t.test('an instructor sees the content and the page of attempts; a learner sees neither', async t => {
  const { page } = await signIn('ines')
  await page.goto(examUrl())
  await page.locator('.lms-questions').waitFor()
  await page.goto(`${url}/demo/instructor`)
  t.equal(await page.locator('tr[data-username="ada"]').getAttribute('data-status'), 'submitted')
  t.match(await page.locator('tr[data-username="chloe"]').innerText(), /Practice: Try the set-up/)
  const { page: other } = await signIn('ben')
  t.equal((await other.goto(`${url}/demo/instructor`))?.status(), 403)
})

t.test('every link of the configuration and of the pages leads somewhere', async t => {
  const { page } = await signIn('ada')
  for (const path of ['faq', 'rules', 'contact', 'requirements', 'password_assistance', 'mail', `courses/${COURSE.id}/progress`, `course/${COURSE.id}/home`, `course/${COURSE.id}/${timed?.contentId}`]) {
    t.equal((await page.goto(`${url}/demo/${path}`))?.status(), 200, path)
  }
  for (const path of [`courses/${COURSE.id}/jump_to/nothing`, `course/${COURSE.id}/nothing`, 'courses/course-v1:Other+X+Y']) {
    t.equal((await page.goto(`${url}/demo/${path}`))?.status(), 404, path)
  }
})
