import {
  CourseDatesSchema, CreditStateSchema, EnrollmentsPageSchema, EnrollmentsSchema, FlagSchema, OutlineSchema, parseDate, readAnswer, readDate, TextSchema, VerifiedNameSchema,
} from './answers.ts'
import { lmsRefusalOf } from './refusal.ts'
import { wireTime } from '../db/timestamps.ts'
import type { CourseOutlineDetails, CreditState, EnrollmentsPage, LmsServices, ProctoredEnrollment, Slice } from './services.ts'
import type { Static } from 'typebox'

export interface Query {
  service: string
  method: string
  /** Named arguments as on the wire. Where the original hands over a user object, this is the platform's user id. */
  args: Record<string, unknown>
  /** False when the arguments never come twice. */
  cached?: boolean
}

/** Puts a question to the platform; null when it has no such service. */
export type Ask = (query: Query) => Promise<unknown>

/** All queries of the port over one way to ask. */
export function createQueries (ask: Ask): Omit<LmsServices, 'commands'> {
  return {
    credit: { getCreditState: (userId, courseId, options) => getCreditState(ask, userId, courseId, options?.returnCourseInfo ?? false) },
    grades: { shouldOverrideGradeOnRejectedExam: courseId => askFlag(ask, shouldOverride(courseId)) },
    instructor: {
      isCourseStaff: (userId, courseId) => askFlag(ask, { service: 'instructor', method: 'is_course_staff', args: { user: userId, course_id: courseId } }),
      getProctoringEscalationEmail: courseId => getEscalationEmail(ask, courseId),
    },
    enrollments: {
      getEnrollmentsCanTakeProctoredExams: (courseId, textSearch) => getEnrollments(ask, courseId, textSearch),
      getProctoredEnrollmentsPage: (courseId, textSearch, slice) => getEnrollmentsPage(ask, courseId, textSearch, slice),
    },
    learningSequences: { getUserCourseOutlineDetails: (courseId, userId, at) => getOutline(ask, courseId, userId, at) },
    nameAffirmation: { getVerifiedName: userId => getVerifiedName(ask, userId) },
    dates: {
      getDateForBlock: (courseId, contentId, userId) => getDateForBlock(ask, courseId, contentId, userId),
      getDatesForCourse: courseId => getDatesForCourse(ask, courseId),
    },
  }
}

export const shouldOverride = (courseId: unknown): Query =>
  ({ service: 'grades', method: 'should_override_grade_on_rejected_exam', args: { course_id: courseId } })

export async function askFlag (ask: Ask, query: Query): Promise<boolean> {
  return readAnswer(FlagSchema, await ask(query), `${query.service}.${query.method}`) ?? false
}

async function getCreditState (ask: Ask, userId: number, courseId: string, returnCourseInfo: boolean): Promise<CreditState | null> {
  const args = { user_id: userId, course_id: courseId, ...(returnCourseInfo ? { return_course_info: true } : {}) }
  const state = readAnswer(CreditStateSchema, await ask({ service: 'credit', method: 'get_credit_state', args }), 'credit.get_credit_state')
  return state && {
    enrollmentMode: state.enrollment_mode ?? null,
    profileFullname: state.profile_fullname ?? null,
    studentEmail: state.student_email ?? null,
    creditRequirementStatus: state.credit_requirement_status ?? [],
    courseName: state.course_name ?? null,
    courseEndDate: readDate(state.course_end_date, 'credit.get_credit_state'),
  }
}

async function getEscalationEmail (ask: Ask, courseId: string): Promise<string | null> {
  const name = 'instructor.get_proctoring_escalation_email'
  try {
    return readAnswer(TextSchema, await ask({ service: 'instructor', method: 'get_proctoring_escalation_email', args: { course_id: courseId } }), name)
  } catch (error) {
    // a course the platform does not know has nobody to write to
    if (['bad_key', 'not_found'].includes(lmsRefusalOf(error) ?? '')) return null
    throw error
  }
}

async function getEnrollments (ask: Ask, courseId: string, textSearch: string | null): Promise<ProctoredEnrollment[] | null> {
  const method = 'get_enrollments_can_take_proctored_exams'
  const args = { course_id: courseId, text_search: textSearch }
  // not kept: the list of a large course is large
  const found = readAnswer(EnrollmentsSchema, await ask({ service: 'enrollments', method, args, cached: false }), `enrollments.${method}`)
  return found && readEnrollments(found)
}

async function getEnrollmentsPage (ask: Ask, courseId: string, textSearch: string | null, slice: Slice): Promise<EnrollmentsPage | null> {
  const method = 'get_proctored_enrollments_page'
  const args = { course_id: courseId, text_search: textSearch, ...slice }
  const found = readAnswer(EnrollmentsPageSchema, await ask({ service: 'enrollments', method, args, cached: false }), `enrollments.${method}`)
  return found && { count: found.count, enrollments: readEnrollments(found.results) }
}

const readEnrollments = (found: NonNullable<Static<typeof EnrollmentsSchema>>): ProctoredEnrollment[] =>
  found.map(({ user, mode }) => ({ mode, user: { id: user.id, username: user.username, email: user.email ?? '', fullName: user.full_name ?? '' } }))

async function getOutline (ask: Ask, courseId: string, userId: number, at: Date): Promise<CourseOutlineDetails | null> {
  const name = 'learning_sequences.get_user_course_outline_details'
  const args = { course_key: courseId, user: userId, at_time: wireTime(at) }
  const answer = await ask({ service: 'learning_sequences', method: 'get_user_course_outline_details', args, cached: false })
  const details = readAnswer(OutlineSchema, answer, name)
  if (!details) return null
  const sequences = Object.entries(details.schedule.sequences)
    .map(([contentId, dates]) => [contentId, { effectiveStart: readDate(dates.effective_start, name), due: readDate(dates.due, name) }] as const)
  return {
    accessibleSequences: details.outline.accessible_sequences,
    sequences: Object.fromEntries(sequences),
    courseEnd: readDate(details.schedule.course_end, name),
  }
}

async function getVerifiedName (ask: Ask, userId: number): Promise<string | null> {
  const args = { user: userId, is_verified: false, statuses_to_exclude: ['denied'] }
  const answer = await ask({ service: 'name_affirmation', method: 'get_verified_name', args })
  return readAnswer(VerifiedNameSchema, answer, 'name_affirmation.get_verified_name')?.verified_name ?? null
}

async function getDateForBlock (ask: Ask, courseId: string, contentId: string, userId: number | null): Promise<Date | null> {
  const args = { course_id: courseId, content_id: contentId, field: 'due', user: userId }
  const answer = await ask({ service: 'dates', method: 'get_date_for_block', args })
  return readDate(readAnswer(TextSchema, answer, 'dates.get_date_for_block'), 'dates.get_date_for_block')
}

async function getDatesForCourse (ask: Ask, courseId: string) {
  const answer = await ask({ service: 'dates', method: 'get_dates_for_course', args: { course_id: courseId } })
  return (readAnswer(CourseDatesSchema, answer, 'dates.get_dates_for_course') ?? []).flatMap(({ content_id: contentId, field, date: value }) => {
    const date = parseDate(value)
    return date ? [{ contentId: contentId ?? null, field, date }] : []
  })
}
