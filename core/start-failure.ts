/** Faults that carry a text for the operator; all else is a defect of ours and keeps its stack. */
const FOR_OPERATORS: Readonly<Record<string, (error: NodeJS.ErrnoException) => string>> = {
  INV_CONFIG_FAULTS: ({ message }) => message,
  INV_PROVIDER_FAULTS: ({ message }) => message,
  INV_EMBEDDED_POSTGRES: ({ message }) => message,
  EADDRINUSE: ({ message }) => `The port is taken (${message}). Stop what uses it, or set PORT.`,
  EACCES: ({ message }) => `The address may not be opened (${message}). Set HOST and PORT.`,
  ECONNREFUSED: ({ message }) => `Nothing answers at the database's address (${message}). Start PostgreSQL, or correct DATABASE_URL.`,
  ENOTFOUND: ({ message }) => `The database's host is unknown (${message}). Correct DATABASE_URL.`,
  '28P01': ({ message }) => `The database refuses the password (${message}). Correct DATABASE_URL.`,
  '3D000': ({ message }) => `${message}. Create the database, or correct DATABASE_URL.`,
  42501: ({ message }) => `The database user lacks a right (${message}). It must own its database.`,
}

/** What is wrong and what to do about it; undefined for a defect of ours. */
export function explainForOperator (error: unknown): string | undefined {
  const known = error instanceof Error && 'code' in error ? FOR_OPERATORS[String(error.code)] : undefined
  return known?.(firstOf(error as NodeJS.ErrnoException)) // an Error with a code is one
}

/** A name with several addresses fails with a bundle that has no text of its own. */
function firstOf (error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  return error instanceof AggregateError && !error.message ? error.errors[0] : error
}

/** What an operator reads when the start failed. */
export function explainStartFailure (error: unknown): string {
  const known = explainForOperator(error)
  if (known !== undefined) return `Invigil cannot start.\n${known}`
  return `Invigil cannot start: this is a defect.\n${error instanceof Error ? error.stack : String(error)}`
}
