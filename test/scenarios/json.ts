/** A JSON object whose values are not known yet. */
export type JsonObject = Record<string, unknown>

export function isObject (value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is said about a value in a report; `undefined` means that there was none. */
export function show (value: unknown, longest = 400): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
}

/** Lays `change` over `base`, object by object; every other value replaces the former one. */
export function layOver (base: JsonObject, change: JsonObject): JsonObject {
  const result: JsonObject = { ...base }
  for (const [key, value] of Object.entries(change)) {
    const former = result[key]
    result[key] = isObject(former) && isObject(value) ? layOver(former, value) : value
  }
  return result
}

/** Null instead of an exception: the caller decides what a text that is no JSON means. */
export function parseJson (text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}
