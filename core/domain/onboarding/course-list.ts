import { INV_NOT_FOUND } from '../../errors.ts'
import type { ProctoredEnrollment } from '../../lms/services.ts'
import type { DomainContext } from '../context.ts'
import { findOnboardingRecords, NO_RECORD } from './attempts.ts'
import { allEnrollments, batchesOfEnrollments, createCutter, cutPage, pageOfEnrollments } from './enrollments.ts'
import { findCourseOnboarding, type CourseOnboarding } from './exams.ts'
import type { CourseListRequest, ListInput } from './list-request.ts'
import { instructorProfile, type InstructorProfile } from './profile.ts'
import { askVendor } from './vendor-statuses.ts'

export interface ListedLearner extends InstructorProfile { username: string, mode: string }
export interface LearnerPage { learners: ListedLearner[], count: number, page: number, pages: number, fromVendor: boolean }

/** How the learners of a course stand with onboarding, for instructors (contract 02 §7.2), from our own attempts or from the vendor. */
export async function listLearners (ctx: DomainContext, request: CourseListRequest): Promise<LearnerPage> {
  const onboarding = await findCourseOnboarding(ctx, request.courseId)
  if (!onboarding) throw new INV_NOT_FOUND('There is no onboarding exam in this course.')
  const fromVendor = ctx.settings.onboarding_profile_dashboard_api
  const list = fromVendor ? listFromVendor : listFromAttempts
  return { ...await list(ctx, { ...request, onboarding }), fromVendor }
}

type Listed = Omit<LearnerPage, 'fromVendor'>

/** Without a filter only the learners of the page are looked up; with one, all of them, some at a time. */
async function listFromAttempts (ctx: DomainContext, input: ListInput): Promise<Listed> {
  const { statuses, onboarding } = input
  if (statuses === null) {
    const { items, ...numbers } = await pageOfEnrollments(ctx, input)
    return { ...numbers, learners: await withProfiles(ctx, onboarding, items) }
  }
  const found = createCutter<ListedLearner>(input.page)
  for await (const some of batchesOfEnrollments(ctx, input)) {
    for (const learner of await withProfiles(ctx, onboarding, some)) {
      if (learner.status !== null && statuses.includes(learner.status)) found.take(learner)
    }
  }
  const { items, ...numbers } = found.cut()
  return { ...numbers, learners: items }
}

/** The vendor's statuses; the dates are those of our own attempts. */
async function listFromVendor (ctx: DomainContext, input: ListInput): Promise<Listed> {
  const statuses = await askVendor(ctx, input, await allEnrollments(ctx, input))
  const { items, ...numbers } = cutPage([...statuses], input.page)
  const learners = await withProfiles(ctx, input.onboarding, items.map(([enrollment]) => enrollment))
  return { ...numbers, learners: learners.map((learner, index) => ({ ...learner, status: items[index]?.[1] ?? null })) }
}

async function withProfiles (ctx: DomainContext, { newest, provider }: CourseOnboarding, enrolled: readonly ProctoredEnrollment[]): Promise<ListedLearner[]> {
  const records = await findOnboardingRecords(ctx.db, {
    courseId: newest.courseId,
    userIds: enrolled.map(({ user }) => user.id),
    provider: provider.name,
    defaultProvider: ctx.providers.defaultName,
    now: ctx.clock.now(),
  })
  return enrolled.map(({ user, mode }) => ({ username: user.username, mode, ...instructorProfile(records.get(user.id) ?? NO_RECORD) }))
}
