import { LMS_REFUSALS, type LmsRefusal } from './services.ts'

export function isLmsRefusal (word: unknown): word is LmsRefusal {
  return LMS_REFUSALS.some(known => known === word)
}

/** The platform's reason when an INV_LMS_REFUSED carries one, else null. */
export function lmsRefusalOf (error: unknown): LmsRefusal | null {
  return error instanceof Error && 'reason' in error && isLmsRefusal(error.reason) ? error.reason : null
}
