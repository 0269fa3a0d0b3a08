import type { CallOptions, LoadedProvider } from '../../provider/registry.ts'
import type { Exam, User } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { providerOf } from '../exam/exam-provider.ts'
import { findExam, listActiveExams } from '../exam/read.ts'
import { obscureUserId } from '../obscure-user-id.ts'
import { videoUrlOf } from './video-url-of.ts'

export interface DashboardRequest {
  courseId: string
  /** Null = the dashboard of the whole course. */
  examId: number | null
  /** The vendor's id of one attempt. */
  attemptExternalId: string | null
  /** The vendor's settings of the exam instead of its reviews. */
  configuration: boolean
  instructor: Pick<User, 'id' | 'fullName' | 'email'>
  call: CallOptions
}

/** Where to, or why nowhere. */
export type Dashboard = { url: string } | { none: keyof typeof NO_DASHBOARD | 'several-providers' }

export const NO_DASHBOARD = {
  'no-exam': 'There is no such exam in this course.',
  'no-exams': 'This course has no exams.',
  'not-proctored': 'None of these exams is proctored.',
  'no-dashboard': 'The proctoring provider has no dashboard for this.',
} as const

/** The vendor's page for an instructor, signed for him by the vendor's plugin (contract 02 §8). */
export async function findDashboard (ctx: DomainContext, request: DashboardRequest): Promise<Dashboard> {
  const found = request.examId === null ? await examOfCourse(ctx, request.courseId) : await namedExam(ctx, request.courseId, request.examId)
  if ('none' in found) return found
  const { exam, provider } = found
  const url = await provider.call('getInstructorUrl', [await query(ctx, request, exam, provider)], request.call)
  return url ? { url } : { none: 'no-dashboard' }
}

type Found = { exam: Exam, provider: LoadedProvider } | Extract<Dashboard, { none: unknown }>

/** An exam of another course is not there: the caller was checked for this one (Q36). */
async function namedExam (ctx: DomainContext, courseId: string, examId: number): Promise<Found> {
  const exam = await findExam(ctx.db, examId)
  if (!exam || exam.courseId !== courseId) return { none: 'no-exam' }
  const provider = providerOf(ctx.providers, exam)
  return provider ? { exam, provider } : { none: 'not-proctored' }
}

/** All proctored exams of a course are under one provider, or nobody can say whose dashboard is meant. */
async function examOfCourse (ctx: DomainContext, courseId: string): Promise<Found> {
  const exams = await listActiveExams(ctx.db, courseId)
  if (exams.length === 0) return { none: 'no-exams' }
  const proctored = exams.filter(({ isProctored }) => isProctored)
  if (new Set(proctored.map(({ backend }) => backend ?? ctx.providers.defaultName)).size > 1) return { none: 'several-providers' }
  const exam = proctored.at(-1)
  const provider = exam && providerOf(ctx.providers, exam)
  return provider ? { exam, provider } : { none: 'not-proctored' }
}

async function query (ctx: DomainContext, { courseId, examId, attemptExternalId, configuration, instructor }: DashboardRequest, exam: Exam, provider: LoadedProvider) {
  const videoReviewUrl = attemptExternalId !== null && ctx.settings.review_video_redirect ? await videoUrlOf(ctx, { provider, courseId, examId, attemptExternalId }) : null
  return {
    courseId,
    user: { id: obscureUserId(ctx.settings.user_obfuscation_key, instructor.id, exam.backend), fullName: instructor.fullName, email: instructor.email },
    ...(examId !== null && exam.externalId !== null && { examExternalId: exam.externalId }),
    ...(attemptExternalId !== null && { attemptExternalId }),
    ...(examId !== null && { configuration }),
    ...(videoReviewUrl !== null && { videoReviewUrl }),
  }
}
