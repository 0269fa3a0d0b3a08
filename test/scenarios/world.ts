import type { Ledger } from './channels/ledger.ts'
import type { CookieJar } from './cookies.ts'
import type { Difference } from './comparison.ts'
import { cookieHeader, keepCookies, type Cookie } from './cookies.ts'
import { send, type Answer } from './http-client.ts'
import { claimsOf, signToken } from './invigil/identity.ts'
import type { RunningInvigil } from './invigil/start.ts'
import { fromInvigil } from './invigil/translate.ts'
import type { JsonObject } from './json.ts'
import type { Captures } from './placeholders.ts'
import type { Actor } from './schema.ts'
import type { Stubs } from './stubs/index.ts'

/** Everything one scenario is played in. */
export interface World {
  readonly stubs: Stubs
  readonly ledger: Ledger
  readonly captures: Captures
  readonly actors: Map<string, Actor>
  /** One per actor; callers without a name share the one under ''. */
  readonly jars: Map<string, CookieJar>
  /** What was named in the file but could not be checked. */
  readonly unchecked: Set<string>
  settings: JsonObject
  /** Where the scenario's clock stands, as Invigil said last. */
  now: string
  invigil: RunningInvigil
}

/** What went wrong in a step: the first difference and, where it helps, what Invigil answered. */
export interface Problem { difference: Difference, came?: string }
export type StepRunner<S> = (step: S, world: World) => Promise<Problem | null>

export interface Call { as: string | null, method: string, path: string, headers?: Record<string, string>, body?: string | Buffer }
export interface Reply extends Answer { cookies: ReadonlyMap<string, Cookie> }

/** Calls Invigil as an actor, through the proxy the platform stands behind, with that actor's cookies. */
export async function callAs (world: World, { as, method, path, headers = {}, body }: Call): Promise<Reply> {
  const jar = jarOf(world, as)
  const answer = await send({
    port: world.invigil.port,
    method,
    path,
    headers: { host: 'lms.test', 'x-forwarded-proto': 'https', ...authorization(world, as), ...cookieHeader(jar), ...headers },
    ...(body !== undefined && { body }),
  })
  const names = { origins: world.stubs.vendors.origins, settings: world.settings }
  const location = answer.headers.location
  return {
    status: answer.status,
    headers: { ...answer.headers, ...(location !== undefined && { location: fromInvigil(location, names) }) },
    text: fromInvigil(answer.text, names),
    cookies: keepCookies(jar, answer.headers['set-cookie']),
  }
}

export function actorOf (world: World, name: string): Actor {
  const actor = world.actors.get(name)
  if (!actor) throw new Error(`the scenario has no actor "${name}"`)
  return actor
}

function authorization (world: World, as: string | null): Record<string, string> {
  return as === null ? {} : { authorization: `JWT ${signToken(claimsOf(actorOf(world, as)))}` }
}

function jarOf (world: World, as: string | null): CookieJar {
  const jar = world.jars.get(as ?? '') ?? new Map()
  world.jars.set(as ?? '', jar)
  return jar
}
