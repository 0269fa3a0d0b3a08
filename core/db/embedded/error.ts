/** Everything that keeps the embedded PostgreSQL from running; the text says what was expected, what was found and what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code = 'INV_EMBEDDED_POSTGRES'
  override readonly name = 'EmbeddedPostgresError'
}

/** The way out that always exists, said the same way in every text. */
export const USE_DATABASE_URL = 'set DATABASE_URL to a PostgreSQL server of your own'

/** The `code` of a system error, or undefined for anything else. */
export function codeOf (error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
