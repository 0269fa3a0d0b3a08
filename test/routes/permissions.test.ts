import t from 'tap'
import type { Permission } from '../../core/http/permissions.ts'
import { judge } from './walk/judge.ts'
import { goodRequest, makeGood, nextAddress } from './walk/knock.ts'
import { openLedger } from './walk/ledger.ts'
import { listRoutes, type Route } from './walk/paths.ts'
import { NEEDS_NO_CASE, ROUTE_CASES, type RouteCase } from './walk/route-cases.ts'
import { openHouse, ROLES, type Role } from './walk/scene.ts'
import { watchRoutes } from './walk/watch-routes.ts'

const LIMIT = { timeout: 115_000 }
t.setTimeout(LIMIT.timeout)

const PEOPLE: readonly Role[] = ['learner', 'other learner', 'course staff', 'staff of another course', 'staff', 'reviewer']

/** Whom each word lets in, where the object is Ada's attempt at an exam of the course, under the provider mock. Where it is more than a word, the route's case says whom. */
const LETS_IN: Readonly<Record<Permission, readonly Role[] | 'says its case'>> = {
  public: ROLES,
  authenticated: PEOPLE,
  staff: ['staff'],
  retire: ['staff'],
  owner: ['learner'],
  'course-staff': ['course staff', 'staff'],
  vendor: ['vendor', 'reviewer', 'staff'],
  'own-vendor': ['vendor'],
  'owner-or-course-staff': 'says its case',
  'self-or-staff': 'says its case',
  'self-or-course-staff': 'says its case',
}

/** Another vendor looks among its own attempts only, and is told that there is none. */
const NOT_EVEN_SEEN = { route: /\/attempt\/:external_id\/(?:ready|reviewed)$/, role: 'another vendor', statuses: [400, 404] }

t.test('every route lets in whom its permission names, keeps out all others, and does nothing for those', LIMIT, async t => {
  const house = await openHouse(t)
  const ledger = await openLedger(house.app)
  const reached = watchRoutes(t)
  for (const route of listRoutes(house.app)) {
    for (const one of route.cases) {
      let good = await makeGood(house, route, one)
      const outcomes: string[] = []
      for (const role of ROLES) {
        await ledger.hasChanged()
        const before = reached.length
        const response = await house.app.inject({ method: route.method, remoteAddress: nextAddress(), ...goodRequest(good), headers: house.headers[role] })
        const hasChanged = await ledger.hasChanged()
        const isIn = lets(route, one, role)
        const wrong = [
          isIn ? checkLetIn(route, one, response.statusCode, reached.slice(before)) : checkKeptOut(route, role, response.statusCode),
          judge(route, response),
          !isIn && hasChanged ? 'something was written' : null,
        ]
        outcomes.push(...wrong.filter(fault => fault !== null).map(fault => `${role}: ${fault}: ${response.body.slice(0, 120)}`))
        if (hasChanged) good = await makeGood(house, route, one)
      }
      t.same(outcomes, [], `${route.permission}: ${route.name} ${one.title ?? ''}`)
    }
  }
})

function lets ({ permission, name }: Route, { may }: RouteCase, role: Role): boolean {
  const named = may ?? LETS_IN[permission]
  if (named === 'says its case') throw new Error(`${name} states ${permission}: say in test/routes/walk/route-cases.ts who may send the request of each case.`)
  return named.includes(role)
}

function checkLetIn ({ url }: Route, { status: wanted }: RouteCase, status: number, reached: readonly string[]): string | null {
  if (wanted === undefined ? status >= 400 : status !== wanted) return `may, but was answered with ${status}`
  return reached.includes(url) ? null : `reached ${reached.join() || 'no route'} instead`
}

function checkKeptOut ({ url }: Route, role: Role, status: number): string | null {
  if (role === NOT_EVEN_SEEN.role && NOT_EVEN_SEEN.route.test(url) && NOT_EVEN_SEEN.statuses.includes(status)) return null
  const wanted = role === 'stranger' && !url.startsWith('/api/edx_proctoring/') ? 401 : 403
  return status === wanted ? null : `may not, but was answered with ${status} instead of ${wanted}`
}

t.test('every route is in the table of good requests, and nothing else is', async t => {
  const { app } = await openHouse(t)
  const routes = listRoutes(app).filter(({ method }) => method !== 'HEAD')
  const missing = routes.filter(({ name }) => !ROUTE_CASES[name] && !NEEDS_NO_CASE.some(pattern => pattern.test(name))).map(({ name }) => name)
  t.same(missing, [], 'new routes: add a good request for each to test/routes/walk/route-cases.ts')
  const names = routes.map(({ name }) => name)
  t.same(Object.keys(ROUTE_CASES).filter(name => !names.includes(name)), [], 'routes that are gone')
})
