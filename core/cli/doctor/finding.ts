/** What one look found. `wrong` must be mended, `note` should be known. */
export interface Finding {
  /** What was looked at. */
  what: string
  state: 'ok' | 'note' | 'wrong'
  found: string
  /** What to do, as a sentence; empty when nothing. */
  todo: string
}

export const ok = (what: string, found: string): Finding => ({ what, state: 'ok', found, todo: '' })
export const note = (what: string, found: string, todo: string): Finding => ({ what, state: 'note', found, todo })
export const wrong = (what: string, found: string, todo: string): Finding => ({ what, state: 'wrong', found, todo })

export const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0 && !error.message) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
