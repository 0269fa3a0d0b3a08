import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import type { ErrorCode } from '../../../core/http/refusals.ts'
import { tokenFor } from '../../helper/app.ts'
import { startReceiver, type Answer as PlatformAnswer, type Receiver } from '../../helper/receiver.ts'
import { goodRequest, makeGood, nextAddress } from '../walk/knock.ts'
import { listRoutes, type Route } from '../walk/paths.ts'
import type { RouteCase } from '../walk/route-cases.ts'
import { openHouse, type House, type Role } from '../walk/scene.ts'
import { answerOf, isOfApi, judgeFailure, type Answer } from './answers.ts'

const LIMIT = { timeout: 115_000 }
t.setTimeout(LIMIT.timeout)

/** Longer than a query waits. */
const SLOW_MS = 3_500
const WELL: PlatformAnswer = { json: { result: null } }
/** Staff of the course, as the platform alone knows. */
const TESS = { id: 205, username: 'tess' }

const STAFF: readonly Role[] = ['course staff']

const FAILURES = {
  INV_LMS_FAILED: { status: 500 },
  INV_LMS_BAD_ANSWER: { json: { result: { what: 'is this?' } } },
  INV_LMS_REFUSED: { status: 400, json: { error: 'not_found' } },
} as const satisfies Partial<Record<ErrorCode, PlatformAnswer>>
const AT_ONCE = ['INV_LMS_FAILED', 'INV_LMS_BAD_ANSWER', 'INV_LMS_REFUSED', 'INV_LMS_UNAVAILABLE'] as const

interface Scenery { platform: Receiver, house: House, tess: { authorization: string } }

async function openHouseAtPlatform (t: Test): Promise<Scenery> {
  const platform = await startReceiver(t)
  const house = await openHouse(t, { config: { lms: { adapter: 'http', services_url: platform.url, learning_mfe_url: 'https://learning.test' } } })
  const tess = { authorization: `JWT ${await tokenFor(TESS)}` }
  return { platform, house, tess }
}

/** A good request; where staff of the course may send it, by somebody of whom the platform must be asked. */
async function makeRequest ({ house, tess }: Scenery, route: Route, one: RouteCase, options?: { clear: boolean }): Promise<InjectOptions> {
  const good = await makeGood(house, route, one, options)
  const asksPlatform = route.permission.includes('course-staff') && (one.may ?? STAFF).includes('course staff')
  return { method: route.method, remoteAddress: nextAddress(), ...goodRequest(asksPlatform ? { ...good, headers: tess } : good) }
}

t.test('however the platform fails, each route answers with what it states, or well', LIMIT, async t => {
  const scenery = await openHouseAtPlatform(t)
  const { platform, house } = scenery
  for (const route of listRoutes(house.app).filter(isOfApi)) {
    const wrong: string[] = []
    for (const code of AT_ONCE) {
      const answers: Answer[] = []
      for (const one of route.cases) {
        platform.answer(() => WELL)
        const request = await makeRequest(scenery, route, one)
        const isDown = code === 'INV_LMS_UNAVAILABLE'
        if (isDown) await platform.down()
        else platform.answer(() => FAILURES[code])
        answers.push(answerOf(await house.app.inject(request)))
        if (isDown) await platform.up()
      }
      const fault = judgeFailure(route, code, answers)
      if (fault) wrong.push(`${code}: ${fault}`)
    }
    t.same(wrong, [], route.name)
  }
})

t.test('so does it when the platform is slow', LIMIT, async t => {
  const scenery = await openHouseAtPlatform(t)
  const { platform, house } = scenery
  const routes = listRoutes(house.app).filter(isOfApi)
  const requests: { route: Route, request: InjectOptions }[] = []
  for (const route of routes) for (const one of route.cases) requests.push({ route, request: await makeRequest(scenery, route, one, { clear: false }) })
  platform.answer(() => ({ ...WELL, delayMs: SLOW_MS }))
  // all at once: each waits longer than the others need
  const answers = await Promise.all(requests.map(async ({ route, request }) => ({ route, answer: answerOf(await house.app.inject(request)) })))
  for (const route of routes) t.equal(judgeFailure(route, 'INV_LMS_TIMEOUT', answers.filter(each => each.route === route).map(({ answer }) => answer)), null, route.name)
})
