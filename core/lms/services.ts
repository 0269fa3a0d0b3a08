/**
 * The port to the learning platform: its services and methods as contract 01 §9.1 names them, camelCase here, snake_case on the wire.
 *
 * Queries are awaited. A service the platform does not have answers what the comment says under "absent", so that a feature degrades without
 * asking first; a platform that fails throws INV_LMS_UNAVAILABLE (503), INV_LMS_TIMEOUT (504), INV_LMS_FAILED or INV_LMS_BAD_ANSWER (502), or
 * INV_LMS_REFUSED (502) when it says why. Commands are sent by `core/effects/` only: queue an `lms` effect instead of calling them.
 */
export interface LmsServices {
  readonly credit: {
    /** Name, mail and credit requirements of a learner in a course; null without a credit state. Absent: null. */
    getCreditState (userId: number, courseId: string, options?: { returnCourseInfo?: boolean }): Promise<CreditState | null>
  }
  readonly grades: {
    /** Whether a rejected exam gets its grade overridden in this course. Absent: false. */
    shouldOverrideGradeOnRejectedExam (courseId: string): Promise<boolean>
  }
  readonly instructor: {
    /** Absent: false. */
    isCourseStaff (userId: number, courseId: string): Promise<boolean>
    /** Whom learners write to about proctoring in this course. Absent, unknown course and bad key: null. */
    getProctoringEscalationEmail (courseId: string): Promise<string | null>
  }
  readonly enrollments: {
    /** Learners who may take proctored exams, found by name or mail when a text is given. Absent: null. */
    getEnrollmentsCanTakeProctoredExams (courseId: string, textSearch: string | null): Promise<ProctoredEnrollment[] | null>
    /** Some of the same, in the same order, and how many there are in all. Absent: null; the whole list is asked for then. */
    getProctoredEnrollmentsPage (courseId: string, textSearch: string | null, slice: Slice): Promise<EnrollmentsPage | null>
  }
  readonly learningSequences: {
    /** What of the course a learner can open at a time, and when the rest opens and ends. Absent: null. */
    getUserCourseOutlineDetails (courseId: string, userId: number, at: Date): Promise<CourseOutlineDetails | null>
  }
  readonly nameAffirmation: {
    /** The name the learner has proved, denied proofs left out. Absent: null. */
    getVerifiedName (userId: number): Promise<string | null>
  }
  readonly dates: {
    /** The due date in force for a section, for one learner or (null) for all. Absent: null. */
    getDateForBlock (courseId: string, contentId: string, userId: number | null): Promise<Date | null>
    /** All dates of a course, e.g. its `end`; what is no date is left out. Absent: none. */
    getDatesForCourse (courseId: string): Promise<CourseDate[]>
  }
  readonly commands: LmsCommands
}

export interface LmsCommands {
  /** Sends a command with the named arguments of the wire. 'absent': the platform has no such service, which is no failure. */
  send (command: LmsCommand, options: LmsCommandOptions): Promise<'done' | 'absent'>
  /** `grades.should_override_grade_on_rejected_exam`, never from the cache: a grade depends on it. */
  shouldOverrideGrade (courseId: unknown, options: Pick<LmsCommandOptions, 'signal' | 'requestId'>): Promise<boolean>
}

export interface LmsCommand { service: string, method: string, args: Record<string, unknown> }
export interface LmsCommandOptions { idempotencyKey: string, requestId: string | null, signal?: AbortSignal }

/** One requirement on the way to credit; passed on to clients as the platform gave it. */
export interface CreditRequirement {
  namespace: string
  name?: string | null
  display_name?: string | null
  status?: string | null
  order: number
  [more: string]: unknown
}

export interface CreditState {
  enrollmentMode: string | null
  profileFullname: string | null
  studentEmail: string | null
  creditRequirementStatus: CreditRequirement[]
  /** Only with `returnCourseInfo`. */
  courseName: string | null
  courseEndDate: Date | null
}

export interface ProctoredEnrollment {
  user: { id: number, username: string, email: string, fullName: string }
  mode: string
}

export interface Slice { offset: number, limit: number }
export interface EnrollmentsPage { count: number, enrollments: ProctoredEnrollment[] }

export interface CourseOutlineDetails {
  accessibleSequences: string[]
  /** By content id. */
  sequences: Readonly<Record<string, { effectiveStart: Date | null, due: Date | null }>>
  courseEnd: Date | null
}

export interface CourseDate { contentId: string | null, field: string, date: Date }

/** Why a platform says no: the words an answer may carry under `error`. */
export const LMS_REFUSALS = ['bad_key', 'not_found', 'user_not_found'] as const
export type LmsRefusal = typeof LMS_REFUSALS[number]
