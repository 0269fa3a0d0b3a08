import { explainForOperator } from '../start-failure.ts'

/** The command was not written as it must be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The command was understood and cannot be done; the text says why. */
export class CommandFault extends Error {
  override readonly name = 'CommandFault'
}

/** A refusal of the house: it has a text for people, and other work may go on. */
export const isRefusal = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('INV_')

/** What the reader of a terminal is told. A defect of ours keeps its stack. */
export function explainFault (error: unknown): string {
  if (error instanceof CommandFault || error instanceof UsageError) return error.message
  return explainForOperator(error) ?? (isRefusal(error) ? error.message : `This is a defect of Invigil.\n${error instanceof Error ? error.stack : String(error)}`)
}
