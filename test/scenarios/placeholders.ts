import { isObject, type JsonObject } from './json.ts'

/** Values captured so far in this scenario, by name. */
export type Captures = Map<string, unknown>

export class UnresolvedName extends Error {
  constructor (name: string) {
    super(`nothing has been captured under the name "${name}"`)
  }
}

const ONLY_A_PLACEHOLDER = /^\{\{(\w+)\}\}$/
const PLACEHOLDER = /\{\{(\w+)\}\}/g

function lookUp (name: string, captures: Captures): unknown {
  if (!captures.has(name)) throw new UnresolvedName(name)
  return captures.get(name)
}

/** In a longer text a captured value is inserted as text, passed through `escape`. */
export function fillText (text: string, captures: Captures, escape: (inserted: string) => string = inserted => inserted): string {
  return text.replace(PLACEHOLDER, (_, name: string) => escape(String(lookUp(name, captures))))
}

/** Replaces placeholders in all texts and keys; a text that is only a placeholder takes the type of the captured value. */
export function fill (value: unknown, captures: Captures): unknown {
  if (typeof value === 'string') {
    const name = ONLY_A_PLACEHOLDER.exec(value)?.[1]
    return name === undefined ? fillText(value, captures) : lookUp(name, captures)
  }
  if (Array.isArray(value)) return value.map(item => fill(item, captures))
  return isObject(value) ? fillObject(value, captures) : value
}

export function fillObject (object: JsonObject, captures: Captures): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [fillText(key, captures), fill(value, captures)]))
}
