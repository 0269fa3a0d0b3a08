import type { ErrorCode } from '../../../../core/http/refusals.ts'
import type { RouteCase } from '../../walk/route-cases.ts'
import type { Role, Scene } from '../../walk/scene.ts'
import type { HouseName } from '../houses.ts'
import { loseEveryRace } from './scenes.ts'

/** A request that is refused: a good one with something wrong about it. */
export interface Refusal extends Pick<RouteCase, 'params' | 'query' | 'body' | 'before'> {
  /** What is wrong. */
  title: string
  code: ErrorCode
  /** What is laid over the good body. */
  bodyWith?: (scene: Scene) => object
  /** Who asks, where it is not who may. */
  as?: Role
  house?: HouseName
  /** What the whole answer is; an object's fields are among its fields. */
  says?: RegExp | object
  /** Why something is written all the same. */
  leaves?: string
}

export type Refusals = Readonly<Record<string, readonly Refusal[]>>

/** As many refusals as there are values, each with one of them in a field of the body. */
export const withEach = (field: string, values: readonly unknown[], code: ErrorCode, more: Partial<Refusal> = {}): Refusal[] =>
  values.map(value => ({ title: `${field} is ${JSON.stringify(value) ?? 'not there'}`, code, bodyWith: () => ({ [field]: value }), ...more }))

export const UNKNOWN_ID = 2_000_000_000
/** The text that stands for a refusal that tells nothing. */
export const NOTHING = /^$/
/** A bare JSON string. */
export const BARE = /^".+"$/

export const LOST_RACE: Refusal = { title: 'somebody else changes the attempt at every try', code: 'INV_CONFLICT', house: 'where every race is lost', before: loseEveryRace }
