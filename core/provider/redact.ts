/** Keeps a provider's secret values out of everything that is written down. */
export interface Redactor {
  text (text: string): string
  /** A copy fit for a log: plain data, errors copied, secrets replaced. */
  value (value: unknown): unknown
  /** A copy of whatever was thrown, as an error. */
  error (thrown: unknown): Error
  /** Adds secrets found later. */
  learn (secrets: readonly string[]): void
}

const MARK = '[secret]'
const MAX_DEPTH = 8
// a shorter secret would turn every text into marks; it is only hidden where it is the whole text
const MIN_PART = 4

export function createRedactor (secrets: readonly string[]): Redactor {
  const known = new Set<string>()
  let parts: RegExp | null = null

  const redactor: Redactor = {
    text (text) {
      if (known.has(text)) return MARK
      return parts === null ? text : text.replace(parts, MARK)
    },
    value: value => copyValue(redactor, value, []),
    error: thrown => thrown instanceof Error ? copyError(redactor, thrown, []) : new Error(redactor.text(`threw ${String(thrown)}`)),
    learn (more) {
      for (const secret of more) for (const form of formsOf(secret)) known.add(form)
      const long = [...known].filter(form => form.length >= MIN_PART).sort((a, b) => b.length - a.length)
      parts = long.length === 0 ? null : new RegExp(long.map(escapePattern).join('|'), 'g')
    },
  }
  redactor.learn(secrets)
  return redactor
}

/** A secret as it is, in an address, in a header and inside quoted JSON. */
function formsOf (secret: string): string[] {
  if (secret === '') return []
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), JSON.stringify(secret).slice(1, -1)]
}

function escapePattern (text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function copyValue (redactor: Redactor, value: unknown, above: readonly object[]): unknown {
  if (typeof value === 'string') return redactor.text(value)
  if (typeof value === 'number' || typeof value === 'bigint') return redactor.text(String(value)) === MARK ? MARK : value
  if (typeof value !== 'object' || value === null) return value
  if (above.includes(value)) return '[circular]'
  if (above.length >= MAX_DEPTH) return '[too deep]'
  if (value instanceof Error) return copyError(redactor, value, above)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  return copyObject(redactor, value, [...above, value])
}

function copyObject (redactor: Redactor, value: object, above: readonly object[]): unknown {
  if (Array.isArray(value)) return value.map(inner => copyValue(redactor, inner, above))
  if ('toJSON' in value && typeof value.toJSON === 'function') return copyValue(redactor, value.toJSON(), above)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redactor.text(key), copyValue(redactor, inner, above)]))
}

/** Errors of HTTP libraries carry requests with their headers, so everything on them is gone through. */
function copyError (redactor: Redactor, error: Error, above: readonly object[]): Error {
  const inside = [...above, error]
  const copy = new Error(redactor.text(error.message))
  const facts = Object.entries(error).map(([key, inner]) => [redactor.text(key), copyValue(redactor, inner, inside)])
  Object.assign(copy, Object.fromEntries(facts), { name: error.name })
  copy.stack = redactor.text(error.stack ?? '')
  if (error.cause !== undefined) copy.cause = copyValue(redactor, error.cause, inside)
  return copy
}
