import type { Matcher } from '../comparison.ts'
import { isObject } from '../json.ts'
import { fillText } from '../placeholders.ts'

const UUID = /^[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}$/
const DATETIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/

export const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  int: value => Number.isInteger(value),
  number: value => typeof value === 'number',
  string: value => typeof value === 'string',
  bool: value => typeof value === 'boolean',
  null: value => value === null,
  array: value => Array.isArray(value),
  object: value => isObject(value),
  uuid: value => typeof value === 'string' && UUID.test(value),
  datetime: value => typeof value === 'string' && DATETIME.test(value) && !Number.isNaN(Date.parse(value)),
}

export const matchType: Matcher = (operand, actual, { path }) => {
  const test = TYPES[String(operand)]
  if (!test) throw new Error(`"${String(operand)}" is no type of the scenario format`)
  return test(actual) ? null : { path, expected: { $type: operand }, actual }
}

export const matchCapture: Matcher = (operand, actual, { scope, path }) => {
  if (actual === undefined) return { path, expected: { $capture: operand }, actual }
  scope.captures.set(String(operand), actual)
  return null
}

export const matchAny: Matcher = (_operand, actual, { path }) =>
  actual === undefined ? { path, expected: { $any: true }, actual } : null

export const matchContains: Matcher = (operand, actual, { scope, path }) => {
  const parts = (Array.isArray(operand) ? operand : [operand]).map(part => fillText(String(part), scope.captures))
  const missing = parts.find(part => typeof actual !== 'string' || !actual.includes(part))
  return missing === undefined ? null : { path, expected: { $contains: missing }, actual }
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

export const matchMatches: Matcher = (operand, actual, { scope, path }) => {
  const pattern = fillText(String(operand), scope.captures, escapePattern)
  const found = typeof actual === 'string' && new RegExp(pattern).test(actual)
  return found ? null : { path, expected: { $matches: pattern }, actual }
}
