import t from 'tap'
import { isErrorCode, statusOf } from '../../../core/http/refusals.ts'
import { goodRequest, makeGood, nextAddress } from '../walk/knock.ts'
import { openLedger, type Ledger } from '../walk/ledger.ts'
import { parse } from '../walk/judge.ts'
import { listRoutes, type Route } from '../walk/paths.ts'
import type { House } from '../walk/scene.ts'
import { createStreet, type HouseName } from './houses.ts'
import { isShown, OWN_REFUSALS } from './own/index.ts'
import type { Refusal } from './own/case.ts'
import { WAYS } from './failing-providers.ts'

const LIMIT = { timeout: 115_000 }
t.setTimeout(LIMIT.timeout)

t.test('each route refuses what it should, says why, and writes nothing', LIMIT, async t => {
  const street = await createStreet(t)
  const ledgers = new Map<HouseName, Ledger>()
  const routes = listRoutes((await street('usual')).app)
  for (const [name, refusals] of Object.entries(OWN_REFUSALS)) {
    const route = routes.find(route => route.name === name)
    if (!route) {
      t.fail(`there is no route ${name}`)
      continue
    }
    for (const refusal of refusals) {
      const houseName = refusal.house ?? 'usual'
      const house = await street(houseName)
      const ledger = ledgers.get(houseName) ?? await openLedger(house.app)
      ledgers.set(houseName, ledger)
      t.equal(await refuse(house, ledger, route, refusal), null, `${name}: ${refusal.title}`)
    }
  }
})

/** What is wrong with the answer; null when nothing is. */
async function refuse (house: House, ledger: Ledger, route: Route, { as, bodyWith, code, says, leaves, ...parts }: Refusal): Promise<string | null> {
  const one = { ...route.cases[0], ...parts, ...(as && { may: [as] }) }
  const good = await makeGood(house, route, one)
  const body = bodyWith ? { ...good.body, ...bodyWith(good.scene) } : good.body
  await ledger.hasChanged()
  const response = await house.app.inject({ method: route.method, remoteAddress: nextAddress(), ...goodRequest({ ...good, body }) })
  const found = `${response.statusCode} ${response.headers['invigil-error']} ${response.body.slice(0, 300)}`
  if (response.headers['invigil-error'] !== code || response.statusCode !== wireStatus(route, code)) return `expected ${wireStatus(route, code)} ${code}, found ${found}`
  if (says !== undefined && !fits(says, response.body, parse(response))) return `says otherwise than expected: ${found}`
  return await ledger.hasChanged() === (leaves !== undefined) ? null : `something was ${leaves ? 'not ' : ''}written: ${found}`
}

/** Who is not signed in is told 403 on the old wire; a vendor's refusal keeps the vendor's status. */
function wireStatus ({ url }: Route, code: Refusal['code']): number {
  if (code === 'INV_PROVIDER_REFUSED') return 400
  return code === 'INV_UNAUTHENTICATED' && url.startsWith('/api/edx_proctoring/') ? 403 : statusOf(code)
}

function fits (says: unknown, text: string, value: unknown): boolean {
  if (says instanceof RegExp) return says.test(text)
  return holds(value, says)
}

/** Every part of the pattern is in the value: texts by expression, lists item by item, `{}` nothing else. */
function holds (value: unknown, pattern: unknown): boolean {
  if (pattern instanceof RegExp) return typeof value === 'string' && pattern.test(value)
  if (typeof pattern !== 'object' || pattern === null) return value === pattern
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(pattern)) return false
  const parts = Object.entries(pattern)
  if (parts.length === 0 || Array.isArray(pattern)) if (Object.keys(value).length !== parts.length) return false
  return parts.every(([key, part]) => holds(Reflect.get(value, key), part))
}

t.test('every error that a route states has a request that shows it', async t => {
  const { app } = await (await createStreet(t))('usual')
  const behind: readonly string[] = [...Object.keys(WAYS), 'INV_PROVIDER_NOT_CONFIGURED'] // shown by failing-providers.test.ts
  for (const { name, refuses, method } of listRoutes(app).filter(({ method }) => method !== 'HEAD')) {
    t.same(refuses.filter(code => !isErrorCode(code)), [], `${name}: codes of the table`)
    t.same(refuses.filter(code => !behind.includes(code) && !isShown(name, code)), [], `${name}: add a request for each to test/routes/refusals/own (${method})`)
  }
})
