/** Refusals that may end without anybody changing the request: credentials, locks, limits. */
const PASSING = new Set([401, 403, 407, 408, 409, 421, 423, 425, 429])

/** Whether an HTTP status says that the same request will never be taken. */
export const isFinalRefusal = (status: number): boolean => status >= 400 && status < 500 && !PASSING.has(status)

/** The `code` and `statusCode` that this house's errors carry. */
export function faultOf (error: unknown): { code: string | null, status: number | null } {
  if (!(error instanceof Error)) return { code: null, status: null }
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : null,
    status: 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null,
  }
}
