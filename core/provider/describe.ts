import type { TSchema } from 'typebox'
import { Errors, Pointer } from 'typebox/value'

export const HIDDEN = 'a value that is not shown (secret)'

const quote = (word: string) => `'${word}'`
const clip = (text: string) => text.length > 80 ? `${text.slice(0, 77)}...` : text

/** Says what a value is, for a person; the insides of objects and lists are not shown, only the names. */
export function describeValue (value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return clip(JSON.stringify(value))
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'object') return `a ${typeof value}`
  const keys = Object.keys(value)
  return keys.length === 0 ? 'an empty object' : clip(`an object with ${keys.map(quote).join(', ')}`)
}

/** Says what a schema asks for, for a person. Reads plain JSON schema, whichever library made it. */
export function describeSchema (schema: TSchema): string {
  const facts: Record<string, unknown> = { ...schema }
  if (Array.isArray(facts.anyOf)) return facts.anyOf.map(describeSchema).join(' or ')
  if (Array.isArray(facts.enum)) return facts.enum.map(word => JSON.stringify(word)).join(' or ')
  if ('const' in facts) return JSON.stringify(facts.const)
  switch (facts.type) {
    case 'string': return describeText(facts)
    case 'integer': return `a whole number${describeRange(facts)}`
    case 'number': return `a number${describeRange(facts)}`
    case 'boolean': return 'true or false'
    case 'null': return 'null'
    case 'array': return `a list${isSchema(facts.items) ? ` of ${describeSchema(facts.items)}` : ''}`
    case 'object': return describeObject(facts)
    default: return 'another value'
  }
}

function describeText ({ minLength, maxLength, format, pattern }: Record<string, unknown>): string {
  const limits = [
    minLength === undefined ? '' : ` of at least ${minLength} character(s)`,
    maxLength === undefined ? '' : ` of at most ${maxLength} characters`,
    format === undefined ? '' : ` in the format '${format}'`,
    pattern === undefined ? '' : ` that matches ${pattern}`,
  ]
  return `text${limits.join('')}`
}

function describeRange ({ minimum, maximum }: Record<string, unknown>): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  return `${minimum === undefined ? '' : ` of at least ${minimum}`}${maximum === undefined ? '' : ` of at most ${maximum}`}`
}

function describeObject ({ required }: Record<string, unknown>): string {
  return Array.isArray(required) && required.length > 0 ? `an object with ${required.map(quote).join(', ')}` : 'an object'
}

function isSchema (value: unknown): value is TSchema {
  return typeof value === 'object' && value !== null
}

export interface Mismatch { where: string, expected: string, found: string }

/** Explains the innermost place where a value does not fit; a schema that holds a secret shows no values. Undefined when it fits. */
export function explainMismatch (schema: TSchema, value: unknown): Mismatch | undefined {
  const depth = (path: string) => path.split('/').length
  const errors = Errors(schema, value)
  const deepest = errors.toSorted((a, b) => depth(b.instancePath) - depth(a.instancePath) || depth(a.schemaPath) - depth(b.schemaPath))[0]
  if (!deepest) return undefined
  const inner: unknown = Pointer.Get(schema, deepest.schemaPath.replace(/^#/, ''))
  return {
    where: deepest.instancePath.slice(1).replaceAll('/', '.'),
    expected: isSchema(inner) ? describeSchema(inner) : deepest.message,
    found: holdsSecret(schema) && value !== undefined ? HIDDEN : describeValue(Pointer.Get(value, deepest.instancePath)),
  }
}

/** True when the schema, or anything in it, is marked secret. */
export function holdsSecret (schema: TSchema): boolean {
  return JSON.stringify(schema).includes('"secret":true')
}
