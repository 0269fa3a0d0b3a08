import t from 'tap'
import { knockAll } from './walk/knock.ts'
import { bodyKnocks, fieldKnocks, urlKnocks } from './walk/knocks.ts'
import { openLedger } from './walk/ledger.ts'
import { listRoutes } from './walk/paths.ts'
import { openHouse } from './walk/scene.ts'

const TAKES_BODY = ['POST', 'PUT', 'PATCH', 'DELETE']

t.test('whatever stands in paths, queries and bodies: no route fails, every refusal says why, and nothing is half written', { timeout: 0 }, async t => {
  const house = await openHouse(t)
  const walk = { house, ledger: await openLedger(house.app) }
  for (const route of listRoutes(house.app)) {
    const takesBody = TAKES_BODY.includes(route.method)
    for (const one of route.cases) {
      const began = Date.now()
      const faults = await knockAll(walk, route, one, good => [...urlKnocks(route, good), ...(takesBody && one === route.cases[0] ? bodyKnocks(good) : []), ...(process.env.FIELDS && one === route.cases[0] ? fieldKnocks(good) : [])])
      t.same(faults, [], `${route.name} ${one.title ?? ''}`)
      if (process.env['TIMES']) console.error(Date.now() - began, route.name)
    }
  }
})
