import { roundHalfToEven } from '../round-half-to-even.ts'
import { TIME_ALLOWANCE } from './read.ts'

/** Granted in bulk only; what is stored is the minutes it makes of each exam's limit. */
export const TIME_MULTIPLIER = 'time_multiplier'

const MAX_LENGTH = 255
/** Far beyond any exam, and far below what a column of minutes can hold. */
const MAX_MINUTES = 1_000_000

/** What is wrong with the name of an allowance; null when nothing is. Any name may be stored, only two have an effect. */
export function checkKey (key: string): string | null {
  if (key.trim() === '') return 'Expected the key of the allowance to be text, found nothing.'
  return checkText('key', key)
}

/** What is wrong with the value of an allowance under this key; null when nothing is. */
export function checkValue (key: string, value: string): string | null {
  if (key === TIME_ALLOWANCE) return isMinutes(value) ? null : `Expected whole minutes in digits, at most ${MAX_MINUTES}; found "${value.slice(0, 40)}".`
  return checkText('value', value)
}

function checkText (what: string, text: string): string | null {
  if (text.length > MAX_LENGTH) return `Expected the ${what} of the allowance to have at most ${MAX_LENGTH} characters, found ${text.length}.`
  return text.includes('\0') ? `Null characters are not allowed in the ${what} of an allowance.` : null
}

const isMinutes = (text: string): boolean => /^[0-9]{1,9}$/.test(text) && Number(text) <= MAX_MINUTES

/** A sign and an exponent are part of a decimal number; what has no end is none. */
const DECIMAL = /^\s*\+?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?\s*$/i

/** How many times the limit a learner gets: a decimal number of at least 1; null for anything else. */
export function readMultiplier (text: string): number | null {
  const factor = DECIMAL.test(text) ? Number(text) : Number.NaN
  return factor >= 1 && Number.isFinite(factor) ? factor : null
}

/** The minutes on top that make a limit so many times as long, in digits; null when they are no number of minutes. */
export function multipliedMinutes (timeLimitMins: number, factor: number): string | null {
  const minutes = String(roundHalfToEven(timeLimitMins * (factor - 1)))
  return isMinutes(minutes) ? minutes : null
}
