import { INV_NO_ONBOARDING_PROFILES, INV_NOT_FOUND } from '../../errors.ts'
import type { CallOptions } from '../../provider/registry.ts'
import type { DomainContext } from '../context.ts'
import { obscureUserId } from '../obscure-user-id.ts'
import { findOnboardingRecords, NO_RECORD } from './attempts.ts'
import { chooseExam, releaseDateOf } from './availability.ts'
import { findCourseOnboarding, type CourseOnboarding } from './exams.ts'
import { examAddress } from './link.ts'
import { learnerProfile } from './profile.ts'
import { NOT_STARTED, wordOfProfile } from './words.ts'

export interface LearnerStatus {
  status: string | null
  link: string | null
  /** A date of ours, or the vendor's own text. */
  expiresAt: Date | string | null
  pastDue: boolean
  releasedAt: Date | null
  requirementsUrl: string
}

export interface LearnerStatusRequest { courseId: string, userId: number, mfe: boolean, call: CallOptions }

/** How a learner stands with the onboarding of a course, and where to do it (contract 02 §7.1). */
export async function learnerStatus (ctx: DomainContext, request: LearnerStatusRequest): Promise<LearnerStatus> {
  const { courseId, userId, mfe } = request
  const onboarding = await findCourseOnboarding(ctx, courseId)
  if (!onboarding) throw new INV_NOT_FOUND('There is no onboarding exam in this course.')
  const now = ctx.clock.now()
  const details = await ctx.lms.learningSequences.getUserCourseOutlineDetails(courseId, userId, now)
  const chosen = chooseExam(onboarding.exams, details, now)
  if (!chosen) throw new INV_NOT_FOUND('No onboarding exam of this course can be opened by this learner.')
  return {
    ...await readProfile(ctx, onboarding, request, now),
    link: chosen.availability === 'available' ? examAddress(ctx, chosen.exam, mfe) : null,
    pastDue: chosen.availability === 'past-due',
    releasedAt: releaseDateOf(chosen.exam, details),
    requirementsUrl: onboarding.provider.attributes.helpCenterArticleUrl,
  }
}

type Profile = Pick<LearnerStatus, 'status' | 'expiresAt'>

async function readProfile (ctx: DomainContext, onboarding: CourseOnboarding, request: LearnerStatusRequest, now: Date): Promise<Profile> {
  const { settings, providers, db } = ctx
  const { provider } = onboarding
  if (settings.use_onboarding_profile_api) {
    if (provider.state === 'ready' && !provider.has('getOnboardingProfiles')) throw new INV_NO_ONBOARDING_PROFILES(provider.name)
    const profile = await askVendor(ctx, onboarding, request)
    if (profile) return profile
  }
  const { courseId, userId } = request
  const records = await findOnboardingRecords(db, { courseId, userIds: [userId], provider: provider.name, defaultProvider: providers.defaultName, now })
  return learnerProfile(records.get(userId) ?? NO_RECORD)
}

/** A vendor that fails, or knows nothing of the learner, leaves us to our own records. */
async function askVendor (ctx: DomainContext, { newest, provider }: CourseOnboarding, { courseId, userId: id, call }: LearnerStatusRequest): Promise<Profile | null> {
  const userId = obscureUserId(ctx.settings.user_obfuscation_key, id, newest.backend)
  try {
    const answer = await provider.call('getOnboardingProfiles', [{ courseId, userId }], call)
    const profile = answer?.profiles.find(each => each.userId === userId)
    if (!profile) return null
    const word = wordOfProfile(profile.status)
    return { status: word === NOT_STARTED ? null : word, expiresAt: profile.expirationDate }
  } catch (err) {
    ctx.log.warn({ err, courseId, provider: provider.name }, 'The vendor did not say how a learner stands with onboarding; our own records are shown.')
    return null
  }
}
