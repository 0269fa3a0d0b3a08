/** `h:mm:ss`; less than nothing is shown as nothing. */
export function clockText (seconds: number): string {
  const left = Math.max(seconds, 0)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`
}

/** For example "1 hour and 29 minutes", in any language. Null when it is less than a minute. */
export function spokenTime (seconds: number, language: string): string | null {
  // The clock is read a moment after a mark was passed: 49:58 is meant as fifty minutes.
  const minutes = Math.floor((seconds + 5) / 60)
  if (minutes < 1) return null
  const parts = [[Math.floor(minutes / 60), 'hour'], [minutes % 60, 'minute']] as const
  const words = parts.filter(([value]) => value > 0).map(([value, unit]) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value))
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words)
}
