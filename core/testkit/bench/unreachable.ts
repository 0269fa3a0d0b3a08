/** What Node's fetch rejects with when there is no connection. */
export function unreachable (code: string, message: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })
}
