import { validUntil, type OnboardingRecord } from './attempts.ts'
import { NOT_STARTED, OTHER_COURSE_APPROVED, instructorWord } from './words.ts'

/** How a learner himself is told he stands: the raw status of an attempt, or that another course counts (contract 01 §6.9). */
export interface LearnerProfile { status: string | null, expiresAt: Date | null }

export function learnerProfile ({ here, approved }: OnboardingRecord): LearnerProfile {
  const verified = here.find(({ status }) => status === 'verified')
  if (verified) return { status: 'verified', expiresAt: validUntil(verified.modifiedAt) }
  const [elsewhere] = approved
  if (elsewhere) return { status: OTHER_COURSE_APPROVED, expiresAt: validUntil(elsewhere.modifiedAt) }
  return { status: here[0]?.status ?? null, expiresAt: null }
}

/** The same for instructors, in their words (contract 02 §7.2). */
export interface InstructorProfile { status: string | null, modifiedAt: Date | null }

export function instructorProfile ({ here, approved }: OnboardingRecord): InstructorProfile {
  const attempt = relevantAttempt(here)
  const [elsewhere] = approved
  if (elsewhere && attempt?.status !== 'verified') return { status: OTHER_COURSE_APPROVED, modifiedAt: elsewhere.modifiedAt }
  return attempt ? { status: instructorWord(attempt.status), modifiedAt: attempt.modifiedAt } : { status: NOT_STARTED, modifiedAt: null }
}

/** The latest, unless one is verified; a reset one gives way to the attempt that came after it. */
function relevantAttempt (attempts: OnboardingRecord['here']) {
  return attempts.reduce<OnboardingRecord['here'][number] | null>((chosen, attempt) => {
    if (chosen === null || attempt.status === 'verified') return attempt
    return chosen.status === 'onboarding_reset' && attempt.id > chosen.id ? attempt : chosen
  }, null)
}
