import type { Matcher, Site } from '../comparison.ts'
import { isObject } from '../json.ts'

const asList = (operand: unknown): unknown[] => Array.isArray(operand) ? operand : []

export const matchIn: Matcher = (operand, actual, { scope, path, compare }) => {
  const held = asList(operand).some(item => compare.tryMatch(item, actual, scope, path) === null)
  return held ? null : { path, expected: { $in: operand }, actual }
}

export const matchSubset: Matcher = (operand, actual, { scope, path, compare }) =>
  isObject(operand) ? compare.matchKeys(operand, actual, scope, path) : { path, expected: { $subset: operand }, actual }

export const matchUnordered: Matcher = (operand, actual, site) => {
  const expected = asList(operand)
  const difference = { path: site.path, expected: { $unordered: operand }, actual }
  if (!Array.isArray(actual) || actual.length !== expected.length) return difference
  return pairUp(expected, actual, site) ? null : difference
}

/** Depth first: which element is taken first decides what is captured, so a choice that leads nowhere is undone. */
function pairUp (expected: unknown[], actual: unknown[], { scope, path, compare }: Site): boolean {
  const [first, ...others] = expected
  if (expected.length === 0) return true
  return actual.some((item, index) => {
    const trial = { ...scope, captures: new Map(scope.captures) }
    if (compare.tryMatch(first, item, trial, path) !== null) return false
    if (!pairUp(others, actual.toSpliced(index, 1), { scope: trial, path, compare })) return false
    for (const [name, value] of trial.captures) scope.captures.set(name, value)
    return true
  })
}
