import { isObject, type JsonObject } from './json.ts'
import { MATCHERS } from './matchers/index.ts'
import { TYPES } from './matchers/values.ts'

/** Says what in an expectation the matcher would not understand. */
export function checkExpectation (value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => checkExpectation(item, `${path}[${index}]`))
  if (!isObject(value)) return []
  return [
    ...checkMatcherKeys(value, path),
    ...Object.entries(value).flatMap(([key, item]) => checkExpectation(item, `${path}.${key}`)),
  ]
}

function checkMatcherKeys (value: JsonObject, path: string): string[] {
  const keys = Object.keys(value)
  if (!keys.some(key => key.startsWith('$'))) return []
  const strange = keys.filter(key => !Object.hasOwn(MATCHERS, key)).map(key => `${path}: "${key}" is no matcher`)
  if ('$type' in value && !Object.hasOwn(TYPES, String(value.$type))) strange.push(`${path}: "${String(value.$type)}" is no type`)
  return strange
}
