import type { JsonObject } from './json.ts'
import type { Captures } from './placeholders.ts'

/** The first place where what came is not what was expected. */
export interface Difference {
  path: string
  expected: unknown
  actual: unknown
  reason?: string
}

export interface Scope {
  captures: Captures
  /** The recorded request an expectation is about; some matchers compute from it. */
  request?: JsonObject
}

export type Compare<Expected = unknown> = (expected: Expected, actual: unknown, scope: Scope, path: string) => Difference | null

/** What a matcher may use of the machinery; handed in, so that matchers and machinery do not import each other. */
export interface Comparer {
  match: Compare
  /** Leaves no captures behind when it does not hold. */
  tryMatch: Compare
  /** Every expected key is there and fits; other keys are not looked at. */
  matchKeys: Compare<JsonObject>
}

export interface Site { scope: Scope, path: string, compare: Comparer }

export type Matcher = (operand: unknown, actual: unknown, site: Site) => Difference | null
