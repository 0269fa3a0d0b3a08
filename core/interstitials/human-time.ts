import type { Translate } from './texts.ts'

/** How a language says a duration. */
export interface DurationWords {
  hours (count: number): string
  minutes (count: number): string
  join (hours: string, minutes: string): string
  /** Said for a duration that cannot be. */
  error: string
}

const ENGLISH: DurationWords = {
  hours: count => count === 1 ? '1 hour' : `${count} hours`,
  minutes: count => count === 1 ? '1 minute' : `${count} minutes`,
  join: (hours, minutes) => `${hours} and ${minutes}`,
  error: 'error',
}

/** The words of a language from its text file. */
export const durationWords = (translate: Translate): DurationWords => ({
  hours: count => translate('time.hours', { count }),
  minutes: count => translate('time.minutes', { count }),
  join: (hours, minutes) => translate('time.join', { hours, minutes }),
  error: translate('time.error'),
})

/** Whole minutes as people say them (contract 01 §5.5). Clients show this text as it is, so its oddities below zero stay. */
export function humanTime (totalMinutes: number, words: DurationWords = ENGLISH): string {
  const hours = Math.trunc(totalMinutes / 60)
  if (hours < 0) return words.error
  const minutes = ((totalMinutes % 60) + 60) % 60
  if (hours === 0) return words.minutes(minutes)
  return minutes === 0 ? words.hours(hours) : words.join(words.hours(hours), words.minutes(minutes))
}
