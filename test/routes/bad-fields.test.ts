import t from 'tap'
import { knockAll } from './walk/knock.ts'
import { fieldKnocks } from './walk/knocks.ts'
import { openLedger } from './walk/ledger.ts'
import { listRoutes } from './walk/paths.ts'
import { openHouse } from './walk/scene.ts'

const LIMIT = { timeout: 115_000 }
t.setTimeout(LIMIT.timeout)

t.test('whatever stands in a field of a body, or is missing there: no route fails, every refusal says why, and nothing is half written', LIMIT, async t => {
  const house = await openHouse(t)
  const walk = { house, ledger: await openLedger(house.app) }
  for (const route of listRoutes(house.app)) {
    const one = route.cases.find(({ body }) => body)
    if (one) t.same(await knockAll(walk, route, one, fieldKnocks), [], route.name)
  }
})
