import t from 'tap'
import type { FastifyInstance } from 'fastify'
import type { Browser } from 'playwright-core'
import { ADA, asPerson } from '../helper/app.ts'
import { launchChromium } from '../helper/chromium.ts'
import { addDead, buildBadNight, cookiesOf, STAFF } from './scene.ts'

t.setTimeout(120_000)
const HOME = '/operate/providers'
const CSRF = 'a'.repeat(32)
const HTML = { accept: 'text/html' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

const stateOf = async (app: FastifyInstance, id: number) => (await app.effects.list({ limit: 200 })).find(effect => effect.id === id)?.state

t.test('a bad night', async t => {
  const app = await buildBadNight(t)
  const get = async (headers: Record<string, string> = {}, url = HOME) => app.inject({ url, headers: { ...HTML, ...headers } })
  const asStaff = { cookie: await cookiesOf(STAFF) }

  t.test('the page says first what is wrong and what to do', async t => {
    const { statusCode, body, headers } = await get(asStaff)
    t.equal(statusCode, 200)
    t.match(headers['content-security-policy'], /script-src 'self'/)
    t.notMatch(body, /<script|style=|onclick/, 'nothing inline')
    t.notMatch(body, /acme-secret/, 'no secrets')
    t.notMatch(body, /<b>out of order/, 'what a vendor says is text')
    const at = (text: string | RegExp) => body.search(text)
    t.ok(at('is not configured any more') > 0)
    t.ok(at('is left alone for now') > 0 && at('is left alone for now') < at('Each provider'))
    t.ok(at('has 2 deliveries that were given up') > 0)
    t.ok(at('id="provider-acme"') < at('id="provider-mock"'), 'the worst card first')
    t.match(body, /<title>\(4\) Proctoring providers/)
    t.match(body, /grades\.override/, 'what was given up elsewhere is shown too')
    t.notMatch(body, /http-equiv="refresh"/, 'it does not move under a reader\'s hands')
    t.match((await get(asStaff, `${HOME}?refresh=1`)).body, /<meta http-equiv="refresh" content="30;url=\/operate\/providers\?refresh=1">/)
    t.match((await get({ ...asStaff, 'accept-language': 'es' })).body, /<html lang="es".*Qué hay que mirar/s)
  })

  t.test('it is for global staff; everybody else is told how to go on', async t => {
    const stranger = await get()
    t.equal(stranger.statusCode, 401)
    t.match(stranger.body, /<h1>Please sign in<\/h1>/)
    const learner = await get({ cookie: await cookiesOf(ADA) })
    t.equal(learner.statusCode, 403)
    t.match(learner.body, /not for you/)
    t.match((await app.inject({ url: HOME })).json(), { code: 'INV_UNAUTHENTICATED' }, 'programs get JSON')
  })

  t.test('a button needs the token of the page', async t => {
    const id = await addDead(app, 'attempt:7|provider:acme', 'provider', { provider: 'acme', method: 'stopAttempt', examExternalId: 'x', attemptExternalId: 'y' })
    const press = async (payload: string, csrf: string | null = CSRF, url = `/operate/effects/${id}/retry`, headers: Record<string, string> = HTML) =>
      app.inject({ method: 'POST', url, payload, headers: { ...headers, ...FORM, cookie: await cookiesOf(STAFF, csrf ? { csrftoken: csrf } : {}) } })
    for (const [payload, csrf] of [['', CSRF], [`csrf_token=${'b'.repeat(32)}`, CSRF], [`csrf_token=${CSRF}`, null], ['csrf_token=', ''], [`csrf_token=${CSRF}&csrf_token=${CSRF}`, CSRF]] as const) {
      const refused = await press(payload, csrf)
      t.equal(refused.statusCode, 403, payload)
      t.match(refused.body, /The button was too old/)
    }
    t.equal(await stateOf(app, id), 'dead')
    t.equal((await app.inject({ method: 'POST', url: `/operate/effects/${id}/retry`, headers: { ...HTML, ...FORM, cookie: await cookiesOf(ADA, { csrftoken: CSRF }) }, payload: `csrf_token=${CSRF}` })).statusCode, 403, 'and global staff')
    t.equal((await app.inject({ method: 'POST', url: '/api/invigil/v1/providers/acme/retry_effects', headers: { ...FORM, 'use-jwt-cookie': '1', cookie: await cookiesOf(STAFF, { csrftoken: CSRF }) }, payload: `csrf_token=${CSRF}` })).statusCode, 403, 'elsewhere a field proves nothing')
    const done = await press(`csrf_token=${CSRF}&refresh=1`)
    t.equal(done.statusCode, 303)
    t.equal(done.headers.location, `${HOME}?again=1&refresh=1`)
    t.equal(await stateOf(app, id), 'pending')
    t.equal((await press(`csrf_token=${CSRF}`, CSRF, '/operate/effects/999999/retry')).statusCode, 404)
  })

  t.test('in a browser without scripts, by keyboard', async t => {
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const page = await openAsStaff(await launchChromium(t), url)
    await page.keyboard.press('Tab')
    t.equal(await page.locator(':focus').textContent(), 'Skip to what is wrong')
    await page.getByRole('link', { name: 'acme' }).first().focus()
    await page.keyboard.press('Enter')
    t.match(page.url(), /#provider-acme$/)
    const one = page.getByRole('button', { name: 'Retry now acme.startAttempt attempt:2' })
    await one.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('status').waitFor()
    t.match(await page.getByRole('status').textContent(), /^One delivery is sent again now/)
    t.equal(await page.locator(':focus').getAttribute('role'), 'status', 'a screen reader reads it and goes on from there')
    await page.getByRole('button', { name: 'Send all of acme again now' }).click()
    await page.waitForURL(/again=/)
    t.equal((await app.effects.list({ state: 'dead', provider: 'acme' })).length, 0)
    for (const width of [1280, 375]) {
      await page.setViewportSize({ width, height: 900 })
      const boxes = await Promise.all((await page.locator('main, main *:visible').all()).map(place => place.boundingBox()))
      t.same(boxes.filter(box => box && (box.x < 0 || box.x + box.width > width)), [], `nothing sticks out at ${width}`)
    }
  })
})

t.test('the same by the API', async t => {
  const app = await buildBadNight(t)
  const staff = asPerson(app, STAFF)
  const { body } = await staff<{ providers: Record<string, unknown>[], missing: unknown[] }>('GET', '/api/invigil/v1/providers')
  t.match(body.missing, [{ name: 'gone', exams: 1, live_attempts: 0 }])
  const of = (name: string) => body.providers.find(provider => provider.name === name)
  t.match(of('mock'), { exams: 1, live_attempts: 1, serves: { organizations: ['edX'], courses: null }, troubles: [] })
  t.match(of('acme'), { queue: { dead: 2 }, troubles: [{ code: 'circuit_open', severity: 'wrong', what: /left alone/, todo: /hand in/ }, { code: 'dead' }] })
  t.match(of('old'), { troubles: [{ code: 'retired_exams', severity: 'know' }] })
  t.match(await staff('GET', '/api/invigil/v1/providers/acme'), { status: 200, body: { name: 'acme', serves: { organizations: null, courses: null } } })
  t.match(await staff('GET', '/api/invigil/v1/providers/none'), { status: 404, body: { detail: /there are: mock, acme, broken, old/ } })
  t.match(await staff('GET', '/api/invigil/v1/effects?provider=acme&state=dead'), { body: { effects: [{ what: 'acme.startAttempt' }, { what: 'acme.startAttempt' }] } })
  t.match(await staff('POST', '/api/invigil/v1/providers/acme/retry_effects'), { status: 200, body: { retried: 2 } })
  t.match(await staff('GET', '/api/invigil/v1/effects?provider=acme&state=dead'), { body: { effects: [] } })
  t.match(await staff('GET', '/api/invigil/v1/effects?state=dead'), { body: { effects: [{ what: 'grades.override' }] } }, 'what is no business of theirs stays')
  t.equal((await staff('POST', '/api/invigil/v1/providers/none/retry_effects')).status, 404)
  t.match((await app.inject('/metrics')).body, /invigil_provider_circuit_open\{provider="acme"\} 1\n/)
})

async function openAsStaff (browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false, locale: 'en' })
  const pairs = (await cookiesOf(STAFF)).split('; ')
  await context.addCookies(pairs.map(pair => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url })))
  const page = await context.newPage()
  await page.goto(`${url}${HOME}`)
  return page
}
