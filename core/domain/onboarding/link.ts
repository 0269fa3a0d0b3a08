import type { Exam } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { availabilityOf } from './availability.ts'
import { findCourseOnboarding } from './exams.ts'

/** Where a learner opens an exam: on the classic pages or in the learning front end. */
export function examAddress ({ urls, platform }: DomainContext, { courseId, contentId }: Pick<Exam, 'courseId' | 'contentId'>, mfe: boolean): string {
  return mfe ? `${platform.learning_mfe_url}/course/${courseId}/${contentId}` : urls.jumpTo(courseId, contentId)
}

/** The onboarding exam of the course this learner may know of, '' without one (contract 01 §10). Never in the way of the page that shows it. */
export async function onboardingLink (ctx: DomainContext, { courseId, userId, mfe }: { courseId: string, userId: number, mfe: boolean }): Promise<string> {
  const onboarding = await findCourseOnboarding(ctx, courseId)
  if (!onboarding) return ''
  try {
    const now = ctx.clock.now()
    const details = await ctx.lms.learningSequences.getUserCourseOutlineDetails(courseId, userId, now)
    const exam = onboarding.exams.find(exam => availabilityOf(exam, details, now) !== 'hidden')
    return exam ? examAddress(ctx, exam, mfe) : ''
  } catch (err) {
    ctx.log.warn({ err, courseId }, 'The platform does not say which exams are open; no onboarding link is shown.')
    return ''
  }
}
