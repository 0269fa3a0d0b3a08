/** What is far beyond any honest answer, and still harmless. */
const MAX_CHARACTERS = 5_000_000
const MAX_VALUES = 100_000
const MAX_DEPTH = 40

/** Why something is no plain data; `found` completes "answered ...". */
export class NotPlain extends Error {
  readonly found: string

  constructor (found: string) {
    super(`not plain data: ${found}`)
    this.found = found
  }
}

interface Budget { characters: number, values: number }

/**
 * A copy of foreign data that is data and nothing else: every accessor and every trap of a proxy has been asked once, here, and nothing of the
 * original is kept. What JSON leaves out is left out, and so is the key `__proto__`.
 * @throws NotPlain
 */
export function plainCopy (value: unknown): unknown {
  try {
    return copy(value, { characters: MAX_CHARACTERS, values: MAX_VALUES }, 0)
  } catch (error) {
    if (error instanceof NotPlain) throw error
    throw new NotPlain('something that throws when it is read')
  }
}

function copy (value: unknown, budget: Budget, depth: number): unknown {
  if (--budget.values < 0) throw new NotPlain(`more than ${MAX_VALUES} values`)
  if (typeof value === 'string') {
    spend(value, budget)
    return value
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) throw new NotPlain(`something nested more than ${MAX_DEPTH} levels deep`)
  if (Array.isArray(value)) return copyList(value, budget, depth)
  return value instanceof Date ? value.toISOString() : copyObject(value, budget, depth)
}

function copyList (list: readonly unknown[], budget: Budget, depth: number): unknown[] {
  const { length } = list
  if (length > budget.values) throw new NotPlain(`a list of ${length}`)
  const result: unknown[] = []
  for (let at = 0; at < length; at++) {
    const inner = list[at]
    result.push(isLeftOut(inner) ? null : copy(inner, budget, depth + 1))
  }
  return result
}

function copyObject (source: object, budget: Budget, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(source)) {
    if (key === '__proto__') continue
    const inner: unknown = Reflect.get(source, key)
    if (isLeftOut(inner)) continue
    spend(key, budget)
    result[key] = copy(inner, budget, depth + 1)
  }
  return result
}

function isLeftOut (value: unknown): boolean {
  return value === undefined || typeof value === 'function' || typeof value === 'symbol'
}

function spend (text: string, budget: Budget): void {
  budget.characters -= text.length
  if (budget.characters < 0) throw new NotPlain(`more than ${MAX_CHARACTERS} characters of text`)
}
