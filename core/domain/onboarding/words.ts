import type { AttemptStatus } from '../attempt/status.ts'

/** What instructors are told of an attempt at onboarding (contract 01 §3); other statuses tell them nothing. */
const INSTRUCTOR_WORDS: Partial<Record<AttemptStatus, string>> = {
  created: 'setup_started',
  download_software_clicked: 'setup_started',
  ready_to_start: 'setup_started',
  started: 'onboarding_started',
  ready_to_submit: 'onboarding_started',
  submitted: 'submitted',
  rejected: 'rejected',
  verified: 'verified',
  error: 'error',
  expired: 'expired',
  onboarding_reset: 'onboarding_reset_past_due',
}

export const NOT_STARTED = 'not_started'
export const OTHER_COURSE_APPROVED = 'other_course_approved'

export const instructorWord = (status: AttemptStatus): string | null => INSTRUCTOR_WORDS[status] ?? null

/** The vendor's word -> ours. */
const PROFILE_WORDS: ReadonlyMap<string, string> = new Map([
  ['no-profile', NOT_STARTED],
  ['approved-in-course', 'verified'],
  ['approved-in-different-course', OTHER_COURSE_APPROVED],
  ['rejected', 'rejected'],
  ['expired', 'expired'],
  ['pending', 'submitted'],
])

/** As instructors see a vendor's profile; null for a word nobody knows. */
export const wordOfProfile = (status: string): string | null => PROFILE_WORDS.get(status) ?? null

/** The vendor's words for ours; ours that it has no word for are left out. */
export function profileWords (words: readonly string[]): string[] {
  const pairs = [...PROFILE_WORDS]
  return words.flatMap(word => pairs.find(([, ours]) => ours === word)?.[0] ?? [])
}
