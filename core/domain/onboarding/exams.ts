import type { LoadedProvider } from '../../provider/registry.ts'
import type { Exam } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { listOnboardingExams } from '../exam/read.ts'

/** The onboarding of a course: its exams, newest first, and the provider of the newest. */
export interface CourseOnboarding { exams: readonly Exam[], newest: Exam, provider: LoadedProvider }

/** Null when the course has no such exam, or the newest one's provider is unknown or knows no onboarding. */
export async function findCourseOnboarding (ctx: DomainContext, courseId: string): Promise<CourseOnboarding | null> {
  const exams = await listOnboardingExams(ctx.db, courseId)
  const [newest] = exams
  const name = newest && (newest.backend ?? ctx.providers.defaultName)
  const provider = name ? ctx.providers.find(name) : undefined
  return newest && provider?.attributes.supportsOnboarding ? { exams, newest, provider } : null
}
