/** PostgreSQL writes `2030-01-01 00:00:00.5+00` (the session is in UTC). */
export function dateFromText (text: string): Date {
  return new Date(`${text.slice(0, 10)}T${text.slice(11).replace('+00', 'Z')}`)
}

/** The same instant as clients know it: `Z`, microseconds only when there are any. */
export function wireTime (date: Date): string
export function wireTime (date: Date | null): string | null
export function wireTime (date: Date | null): string | null {
  if (date === null) return null
  const text = date.toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : `${text.slice(0, -1)}000Z`
}
