import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { judge } from './judge.ts'
import type { Ledger } from './ledger.ts'
import { fillPath, goodValues, queryText, type Route } from './paths.ts'
import type { RouteCase } from './route-cases.ts'
import { clearStage, setScene, type Headers, type House, type Role, type Scene } from './scene.ts'

/** What a good request to a route is made of; hostile ones change a part of it. */
export interface Good {
  scene: Scene
  headers: Headers
  /** The path, with some parameters replaced as they are given. */
  path (replaced?: Readonly<Record<string, string>>): string
  query: Readonly<Record<string, string | number>>
  body: object | undefined
}

export interface Walk { house: House, ledger: Ledger }
export type Request = Pick<InjectOptions, 'url' | 'headers' | 'payload'>
/** A request that no honest client would send. */
export interface Knock { title: string, request (good: Good): Request }

/** Who comes furthest with a route, so that a hostile input is not turned away at the door already. */
const WELCOME: Readonly<Partial<Record<Route['permission'], Role>>> = { owner: 'learner', vendor: 'vendor' }
export const welcomeAt = ({ permission }: Pick<Route, 'permission'>, { may }: RouteCase): Role => may?.[0] ?? WELCOME[permission] ?? 'staff'

/** The stage is cleared first, unless other scenes are still to be played on it. */
export async function makeGood (house: House, route: Route, one: RouteCase, { clear = true } = {}): Promise<Good> {
  if (clear) await clearStage(house)
  const scene = await setScene(house)
  await one.before?.(scene)
  return {
    scene,
    headers: house.headers[welcomeAt(route, one)],
    path: replaced => fillPath(route, { ...goodValues(route, scene, one.params), ...replaced }),
    query: one.query?.(scene) ?? {},
    body: one.body?.(scene),
  }
}

export const goodRequest = ({ path, query, headers, body }: Good): Request => ({ url: path() + queryText(query), headers, ...(body && { payload: body }) })

let calls = 0
/** Everybody comes from an address of his own, so that no rate limit hides what is behind it. */
export function nextAddress (): string {
  const number = calls++
  return [10, number >> 16 & 255, number >> 8 & 255, number & 255].join('.')
}

const AT_ONCE = 10

/** Sends them all, and tells which were answered wrongly or left something behind although they were refused. */
export async function knockAll (walk: Walk, route: Route, one: RouteCase, knocksOf: (good: Good) => readonly Knock[], mayBe = (_status: number) => true): Promise<string[]> {
  const faults: string[] = []
  let good = await begin(walk, route, one)
  const knocks = knocksOf(good)
  for (let at = 0; at < knocks.length; at += AT_ONCE) {
    const some = knocks.slice(at, at + AT_ONCE)
    const answers = await Promise.all(some.map(knock => send(walk, route, good, knock)))
    for (const [index, answer] of answers.entries()) {
      const fault = judge(route, answer) ?? (mayBe(answer.statusCode) ? null : `answered with ${answer.statusCode}`)
      if (fault) faults.push(`${some[index]?.title}: ${fault}`)
    }
    if (!await walk.ledger.hasChanged()) continue
    good = await begin(walk, route, one)
    for (const knock of some.filter((_, index) => (answers[index]?.statusCode ?? 0) >= 400)) {
      const { statusCode } = await send(walk, route, good, knock)
      if (!await walk.ledger.hasChanged()) continue
      if (statusCode >= 400) faults.push(`${knock.title}: refused with ${statusCode}, and yet something was written`)
      good = await begin(walk, route, one)
    }
  }
  return faults
}

async function begin ({ house, ledger }: Walk, route: Route, one: RouteCase): Promise<Good> {
  const good = await makeGood(house, route, one)
  await ledger.hasChanged()
  return good
}

const send = ({ house }: Walk, { method }: Route, good: Good, { request }: Knock): Promise<LightMyRequestResponse> =>
  house.app.inject({ method, remoteAddress: nextAddress(), ...request(good) })
