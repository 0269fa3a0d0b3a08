import t from 'tap'
import { createTestDatabase } from '../../helper/database.ts'
import type { RouteCase } from '../walk/route-cases.ts'
import { goodRequest, makeGood, nextAddress } from '../walk/knock.ts'
import { listRoutes, type Route } from '../walk/paths.ts'
import { moveTo, openHouse, PROVIDERS, type House } from '../walk/scene.ts'
import { answerOf, isOfApi, judgeFailure, type Answer } from './answers.ts'
import { nameOf, openFailingHouse, WAYS, type WayCode } from './failing-providers.ts'

const LIMIT = { timeout: 115_000 }
t.setTimeout(LIMIT.timeout)

const CODES = Object.keys(WAYS) as WayCode[] // the table's own keys
const VENDOR_CALLS = ['vendor', 'own-vendor']

interface Sending {
  provider: string | null
  /** Another house with the same database. */
  to?: House
  /** What is laid over the body. */
  more?: object
}

/** A good request, sent after the exam and its attempt were handed over to another provider. */
async function sendTo (house: House, route: Route, one: RouteCase, { provider, to = house, more = {} }: Sending): Promise<Answer> {
  const good = await makeGood(house, route, one)
  await moveTo(good.scene, provider)
  // a vendor sees its own attempts only; staff may speak for each
  const headers = VENDOR_CALLS.includes(route.permission) ? house.headers.staff : good.headers
  const body = good.body && !Array.isArray(good.body) ? { ...good.body, ...more } : good.body
  return answerOf(await to.app.inject({ method: route.method, remoteAddress: nextAddress(), ...goodRequest({ ...good, headers, body }) }))
}

t.test('however a provider fails, each route answers with what it states, or well', LIMIT, async t => {
  const house = await openFailingHouse(t)
  for (const route of listRoutes(house.app).filter(isOfApi)) {
    const wrong: string[] = []
    for (const code of CODES) {
      const answers: Answer[] = []
      for (const one of route.cases) answers.push(await sendTo(house, route, one, { provider: nameOf(code), more: { way: WAYS[code].way } }))
      const fault = judgeFailure(route, code, answers)
      if (fault) wrong.push(`${code}: ${fault}`)
    }
    t.same(wrong, [], route.name)
  }
})

t.test('so does it when an exam has no provider at all', LIMIT, async t => {
  const { url: databaseUrl } = await createTestDatabase(t)
  const { default: _none, ...without } = PROVIDERS
  const house = await openHouse(t, { databaseUrl })
  const bare = await openHouse(t, { databaseUrl, config: { providers: without } })
  for (const route of listRoutes(bare.app).filter(isOfApi)) {
    const answers: Answer[] = []
    for (const one of route.cases) answers.push(await sendTo(house, route, one, { to: bare, provider: null }))
    t.equal(judgeFailure(route, 'INV_PROVIDER_NOT_CONFIGURED', answers), null, route.name)
  }
})
