import type { CallOptions } from '../../provider/registry.ts'
import type { CourseOnboarding } from './exams.ts'

export interface CourseListRequest {
  courseId: string
  /** Learners whose name or mail address holds this; null = all. */
  search: string | null
  /** Only these words; null = all. */
  statuses: readonly string[] | null
  /** From 1; one that is not there means the last. */
  page: number
  call: CallOptions
}

/** What is in hand when a list is made. */
export interface ListInput extends CourseListRequest { onboarding: CourseOnboarding }
