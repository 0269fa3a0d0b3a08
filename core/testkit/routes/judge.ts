import { Check as fits, Default } from 'typebox/value'
import { problem, type Problem } from '../check.ts'
import { fieldsOf, parametersOf, takesBody, type Request, type Way } from './sample.ts'
import type { RouteAnswer } from './stage.ts'

/** What the host says when a route did not answer in time, or too much. */
export const TOO_LATE = 'INV_PROVIDER_TIMEOUT'
export const TOO_MUCH = 'INV_PROVIDER_BAD_ANSWER'

export const describeAnswer = ({ status, text }: RouteAnswer): string => `${status} ${text.slice(0, 200) || '(nothing)'}`

/** A refusal tells why, in the one shape clients know. */
export function explainsItself ({ status, json }: RouteAnswer): boolean {
  return status < 400 || (typeof fieldsOf(json).detail === 'string' && fieldsOf(json).detail !== '')
}

/** What a route does not say of what it takes. */
export function findMissingSchemas (way: Way): Problem[] {
  const { schema } = way.route
  const name = `${way.method} ${way.route.url}`
  const params = fieldsOf(fieldsOf(schema.params).properties)
  return [
    ...parametersOf(way.route).filter(parameter => params[parameter] === undefined)
      .map(parameter => problem(`${name} to describe ":${parameter}"`, 'no schema for it', `Add schema: { params: Type.Object({ ${parameter}: Type.String() }) }; what does not fit is then refused before the handler.`)),
    ...takesBody(way) && schema.body === undefined
      ? [problem(`${name} to describe the body it takes`, 'no schema for it', 'Add schema: { body: Type.Object({ ... }) }, an empty one where none is read; what does not fit is then refused before the handler.')]
      : [],
  ]
}

/** Where the schemas do not suggest a good request, one must be given. */
export function isGood (way: Way, { params, body }: Request): boolean {
  const { schema } = way.route
  const parts = [[schema.body, body], [schema.params, params]] as const
  return parts.every(([part, value]) => part === undefined || value === undefined || fits({ ...fieldsOf(part) }, Default({ ...fieldsOf(part) }, structuredClone(value))))
}

const STACK = /\n\s*at .+[:(]\d+|\bat (?:async )?\S+ \(?(?:file:|node:|\/)\S+:\d+:\d+|\bnode_modules[/\\]/

export const holdsStack = (text: string): boolean => STACK.test(text) || STACK.test(text.replaceAll('\\n', '\n'))
