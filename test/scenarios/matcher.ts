import { isDeepStrictEqual } from 'node:util'
import type { Comparer, Difference, Scope } from './comparison.ts'
import { isObject, type JsonObject } from './json.ts'
import { MATCHERS } from './matchers/index.ts'
import { fill, fillText, UnresolvedName } from './placeholders.ts'

export type { Difference, Scope } from './comparison.ts'

/**
 * Compares by the rules of recorded/FORMAT.md §5; null means that it holds. Captures are stored in document order.
 * A name without a captured value is a difference, never an exception.
 */
export function match (expected: unknown, actual: unknown, scope: Scope, path = ''): Difference | null {
  try {
    if (Array.isArray(expected)) return matchArray(expected, actual, scope, path)
    if (!isObject(expected)) return matchValue(fill(expected, scope.captures), actual, path)
    return isMatcher(expected) ? matchByMatchers(expected, actual, scope, path) : matchObject(expected, actual, scope, path)
  } catch (error) {
    if (error instanceof UnresolvedName) return { path, expected, actual, reason: error.message }
    throw error
  }
}

export function isMatcher (expected: JsonObject): boolean {
  return Object.keys(expected).some(key => key.startsWith('$'))
}

export function tryMatch (expected: unknown, actual: unknown, scope: Scope, path: string): Difference | null {
  const trial: Scope = { ...scope, captures: new Map(scope.captures) }
  const difference = match(expected, actual, trial, path)
  if (difference === null) for (const [name, value] of trial.captures) scope.captures.set(name, value)
  return difference
}

function matchValue (expected: unknown, actual: unknown, path: string): Difference | null {
  return isDeepStrictEqual(expected, actual) ? null : { path, expected, actual }
}

function matchByMatchers (expected: JsonObject, actual: unknown, scope: Scope, path: string): Difference | null {
  for (const [key, operand] of Object.entries(expected)) {
    const matcher = MATCHERS[key]
    if (!matcher) throw new Error(`"${key}" is no matcher of the scenario format`)
    const difference = matcher(operand, actual, { scope, path, compare })
    if (difference) return difference
  }
  return null
}

function matchArray (expected: unknown[], actual: unknown, scope: Scope, path: string): Difference | null {
  if (!Array.isArray(actual)) return { path, expected, actual }
  const items: unknown[] = actual
  for (const [index, item] of expected.entries()) {
    if (index >= items.length) return { path: `${path}[${index}]`, expected: item, actual: undefined }
    const difference = match(item, items[index], scope, `${path}[${index}]`)
    if (difference) return difference
  }
  if (items.length === expected.length) return null
  return { path: `${path}[${expected.length}]`, expected: undefined, actual: items[expected.length], reason: 'one element too many' }
}

function matchObject (expected: JsonObject, actual: unknown, scope: Scope, path: string): Difference | null {
  const difference = matchKeys(expected, actual, scope, path)
  if (difference || !isObject(actual)) return difference
  const known = new Set(Object.keys(expected).map(key => fillText(key, scope.captures)))
  const extra = Object.keys(actual).find(key => !known.has(key))
  if (extra === undefined) return null
  return { path: `${path}.${extra}`, expected: undefined, actual: actual[extra], reason: 'one key too many' }
}

function matchKeys (expected: JsonObject, actual: unknown, scope: Scope, path: string): Difference | null {
  if (!isObject(actual)) return { path, expected, actual }
  for (const [key, value] of Object.entries(expected)) {
    const name = fillText(key, scope.captures)
    if (!Object.hasOwn(actual, name)) return { path: `${path}.${name}`, expected: value, actual: undefined }
    const difference = match(value, actual[name], scope, `${path}.${name}`)
    if (difference) return difference
  }
  return null
}

const compare: Comparer = { match, tryMatch, matchKeys }
