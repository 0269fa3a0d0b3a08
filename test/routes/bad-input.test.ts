import t from 'tap'
import { judge } from './walk/judge.ts'
import { knockAll, nextAddress } from './walk/knock.ts'
import { badCredentials, badSignatures, cookiesWithoutProof, oddPeople, UNASKED_COOKIES } from './walk/credentials.ts'
import { bodyKnocks, credentialKnock, urlKnocks } from './walk/knocks.ts'
import { openLedger } from './walk/ledger.ts'
import { listRoutes, type Method } from './walk/paths.ts'
import { API } from '../helper/app.ts'
import { openHouse } from './walk/scene.ts'

const LIMIT = { timeout: 115_000 }
t.setTimeout(LIMIT.timeout)

const WRITES: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE']
const METHODS: readonly Method[] = ['GET', 'HEAD', ...WRITES]

/** Links, frames and pages, where no header can ask for cookies. */
const OPENED_BY_BROWSERS = /\/v1\/instructor\/|^\/operate\/providers$/

t.test('whatever stands in paths, queries and bodies: no route fails, every refusal says why, and nothing is half written', LIMIT, async t => {
  const house = await openHouse(t)
  const walk = { house, ledger: await openLedger(house.app) }
  for (const route of listRoutes(house.app)) {
    for (const one of route.cases) {
      const withBodies = WRITES.includes(route.method) && one === route.cases[0]
      const faults = await knockAll(walk, route, one, good => [...urlKnocks(route, good), ...(withBodies ? bodyKnocks(good) : [])])
      t.same(faults, [], `${route.name} ${one.title ?? ''}`)
    }
  }
})

t.test('who proves to be nobody is kept out of every route that is not open to all', LIMIT, async t => {
  const house = await openHouse(t)
  const walk = { house, ledger: await openLedger(house.app) }
  const nobody = await badCredentials()
  const foreignPage = await cookiesWithoutProof()
  for (const route of listRoutes(house.app).filter(({ permission }) => permission !== 'public')) {
    const strangers = nobody.filter(({ title }) => title !== UNASKED_COOKIES || !OPENED_BY_BROWSERS.test(route.url))
    const entries = [...strangers, ...(WRITES.includes(route.method) ? [foreignPage] : []), ...(route.permission === 'vendor' ? badSignatures() : [])]
    const faults = await knockAll(walk, route, route.cases[0] ?? {}, () => entries.map(({ title, headers }) => credentialKnock(title, headers)), status => status === 401 || status === 403)
    t.same(faults, [], route.name)
  }
})

t.test('who is odd is let in as who he is', async t => {
  const { app } = await openHouse(t)
  for (const { title, headers } of await oddPeople()) {
    t.equal((await app.inject({ url: `${API}/exam?exam_id=0`, headers })).statusCode, 400, `${title}: asks for an exam that is not there`)
    t.equal((await app.inject({ url: '/api/invigil/v1/effects', headers })).statusCode, 403, `${title}: is no staff`)
  }
})

t.test('a method that a path does not have is refused with those it has', async t => {
  const house = await openHouse(t)
  const ledger = await openLedger(house.app)
  const routes = listRoutes(house.app)
  for (const [url, there] of Map.groupBy(routes.filter(({ params, url }) => params.length === 0 && !url.startsWith('/docs')), ({ url }) => url)) {
    for (const method of METHODS.filter(method => there.every(route => route.method !== method))) {
      const response = await house.app.inject({ method, url, headers: house.headers.staff, remoteAddress: nextAddress() })
      // one path's word may be another's parameter
      t.ok([404, 405].includes(response.statusCode) && judge({ name: `${method} ${url}`, method }, response) === null, `${method} ${url}: ${response.statusCode} ${response.body}`)
    }
  }
  t.notOk(await ledger.hasChanged())
})
