import type { Profile, Session, State } from './state.ts'
import type { Registration } from './switches.ts'

/** A learner's standing -> how a registration without onboarding ends. Standings that are not here let in. */
const REFUSALS: Readonly<Record<string, Registration>> = {
  'no-profile': 'onboarding_missing', pending: 'onboarding_pending', rejected: 'onboarding_failed', expired: 'onboarding_expired',
}
export const PROFILE_WORDS = ['no-profile', 'pending', 'approved-in-course', 'approved-in-different-course', 'rejected', 'expired'] as const

const APPROVAL_DAYS = 365
const DAY_MS = 86_400_000

/** Learners of a course with their standing: as set by hand, else as their last practice exam ended. */
export function listProfiles ({ exams, sessions, profiles }: State, course: string): Profile[] {
  const found = new Map<string, Profile>()
  for (const session of sessions.values()) {
    if (session.userId === '' || exams.get(session.examId)?.courseId !== course) continue
    const profile = session.practice ? readProfile(session) : found.get(session.userId)
    found.set(session.userId, profile ?? { user_id: session.userId, status: 'no-profile', expiration_date: null })
  }
  for (const profile of profiles.get(course)?.values() ?? []) found.set(profile.user_id, profile)
  return [...found.values()]
}

export function setProfile ({ profiles }: State, course: string, profile: Profile): void {
  const ofCourse = profiles.get(course) ?? new Map<string, Profile>()
  profiles.set(course, ofCourse.set(profile.user_id, profile))
}

export function forgetUser ({ sessions, profiles }: State, userId: string): void {
  for (const session of sessions.values()) {
    if (session.userId === userId) Object.assign(session, { userId: '', fullName: '(retired learner)' })
  }
  for (const ofCourse of profiles.values()) ofCourse.delete(userId)
}

/** How the registration of a learner for a real exam ends. Who is approved gets in whatever the switch says, or the demo would never go on. */
export function decideRegistration (state: State, examId: string, userId: string): Registration {
  const { registration } = state.switches
  if (registration === 'accept' || registration === 'refuse') return registration
  const course = state.exams.get(examId)?.courseId ?? ''
  const { status = 'no-profile' } = listProfiles(state, course).find(profile => profile.user_id === userId) ?? {}
  const refusal = REFUSALS[status]
  return refusal === undefined ? 'accept' : registration === 'by_profile' ? refusal : registration
}

function readProfile ({ userId, outcome, outcomeAt }: Session): Profile {
  if (outcome === 'passed' && outcomeAt) {
    return { user_id: userId, status: 'approved-in-course', expiration_date: new Date(outcomeAt.getTime() + APPROVAL_DAYS * DAY_MS).toISOString() }
  }
  return { user_id: userId, status: outcome === 'violation' || outcome === 'suspicious' ? 'rejected' : 'pending', expiration_date: null }
}
