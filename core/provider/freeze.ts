/** Freezes a tree of plain data in place and answers it. */
export function deepFreeze<T> (value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}

/** A frozen copy of a tree of plain data: the receiver can neither change ours nor its own. */
export function frozenCopy (value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy))
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value)
  const copy: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) setOwn(copy, key, frozenCopy(inner))
  return Object.freeze(copy)
}

// a body from outside may carry the key `__proto__`; a plain assignment would change the copy's prototype
function setOwn (target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true })
  else target[key] = value
}
