import { isObject } from '../json.ts'
import { match } from '../matcher.ts'
import type { CompareRow } from './compare.ts'

/** Payload keys that are not listed are not looked at, unless the row says `exact`. */
export const compareEvent: CompareRow = (expected, actual, captures, path) => {
  const { exact, payload, ...others } = expected
  const wanted = { ...others, payload: exact === true ? payload : { $subset: payload } }
  const { name, context, payload: sent } = isObject(actual) ? actual : {}
  return match(wanted, { name, ...('context' in expected && { context }), payload: sent }, { captures }, path)
}
