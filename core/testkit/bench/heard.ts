/** What came out of the door: an answer in the contract's shape, or one of the host's errors. */
export type Heard = { readonly answer: unknown } | Failure
export interface Failure { readonly code: string, readonly status: number | null, readonly message: string }

export async function hear (asking: Promise<unknown>): Promise<Heard> {
  try {
    return { answer: await asking }
  } catch (error) {
    return readFailure(error)
  }
}

function readFailure (error: unknown): Failure {
  const facts: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {}
  const message = error instanceof Error ? error.message : String(error)
  return { code: typeof facts.code === 'string' ? facts.code : 'none', status: typeof facts.statusCode === 'number' ? facts.statusCode : null, message }
}

export const isFailure = (heard: Heard): heard is Failure => 'code' in heard

/** In a few words, for a report. */
export function describeHeard (heard: Heard): string {
  return isFailure(heard) ? `${heard.message.slice(0, 300)} (${heard.code}${heard.status === null ? '' : `, ${heard.status}`})` : `the answer ${clip(heard.answer)}`
}

export function clip (value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 160 ? `${text.slice(0, 157)}...` : text
}
