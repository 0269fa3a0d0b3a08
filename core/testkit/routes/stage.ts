import { obscureUserId } from '../../domain/obscure-user-id.ts'
import { rootOf } from '../../provider/routes/plugin.ts'
import type { RoutePermission } from '../../provider/contract.ts'
import { OBFUSCATION_KEY, openHouse, type House, type HouseOptions } from '../house/house.ts'
import { beginJourney } from '../house/journey.ts'
import { LEARNER, STAFF, createTokens, type Tokens } from '../house/people.ts'
import { CALLBACK, RIVAL, type Target } from '../target/target.ts'
import { addressOf, type Request, type Way } from './sample.ts'

/** Who asks. */
export type Asker = RoutePermission | 'rival' | 'classmate'

export interface RouteAnswer { readonly status: number, readonly code: string, readonly text: string, readonly json: unknown }

/** The whole service, with somebody in an exam, and everybody who may ask a route. */
export interface Stage {
  readonly target: Target
  readonly house: House
  readonly ways: readonly Way[]
  /** The vendor's id of the learner's attempt. */
  readonly externalId: string
  /** What tells who the learner is. */
  readonly marks: readonly string[]
  /** All answers so far, by the route's name. */
  readonly heard: [name: string, text: string][]
  ask (way: Way, request: Request, as?: Asker): Promise<RouteAnswer>
  send (way: Way, path: string, payload: string | undefined, as?: Asker): Promise<RouteAnswer>
}

const CLASSMATE = { id: 102, username: 'charles', name: 'Charles Babbage' }
/** For providers that give none. */
const NO_ID = 'attempt-nobody-knows'

export async function openStage (target: Target, databaseUrl: string, ways: readonly Way[], options: HouseOptions = {}): Promise<Stage> {
  const house = await openHouse(target, databaseUrl, options)
  const journey = beginJourney(house, 'routes')
  const enter = async () => { await journey.saveExam(); await journey.settle(); return journey.enter() }
  const externalId = (await enter().catch(() => null))?.externalId ?? NO_ID
  return describeStage(target, house, ways, externalId, createTokens(house.app))
}

function describeStage (target: Target, house: House, ways: readonly Way[], externalId: string, tokens: Tokens): Stage {
  const heard: Stage['heard'] = []
  let asked = 0
  const send: Stage['send'] = async (way, path, payload, as = way.route.permission) => {
    const authorization = await authorize(tokens, as)
    const response = await house.app.inject({
      method: way.method,
      url: rootOf(target.entry) + path,
      // each from an address of its own: strangers are slowed down by theirs
      remoteAddress: `10.1.${Math.floor(++asked / 250) % 250}.${asked % 250}`,
      headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...(authorization && { authorization }) },
      ...(payload !== undefined && { payload }),
    })
    heard.push([`${way.method} ${way.route.url}`, response.body])
    return { status: response.statusCode, code: String(response.headers['invigil-error'] ?? ''), text: response.body, json: readJson(response.body) }
  }
  return {
    target,
    house,
    ways,
    externalId,
    marks: ['ada@learner.example', LEARNER.name, obscureUserId(OBFUSCATION_KEY, LEARNER.id, target.entry)],
    heard,
    send,
    ask: (way, request, as) => send(way, addressOf(way, request), request.body === undefined ? undefined : JSON.stringify(request.body), as),
  }
}

function authorize (tokens: Tokens, as: Asker): Promise<string> | null {
  switch (as) {
    case 'public': return null
    case 'vendor': return tokens.ofVendor(CALLBACK)
    case 'rival': return tokens.ofVendor(RIVAL.callback)
    case 'staff': return tokens.ofPerson(STAFF)
    case 'authenticated': return tokens.ofPerson(LEARNER)
    case 'classmate': return tokens.ofPerson(CLASSMATE)
  }
}

function readJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
