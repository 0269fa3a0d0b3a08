import type { Refusals } from './case.ts'
import { ATTEMPT_REFUSALS } from './attempts.ts'
import { CALLBACK_REFUSALS } from './callbacks.ts'
import { COURSE_REFUSALS } from './courses.ts'
import { EXAM_REFUSALS } from './exams.ts'
import { NATIVE_REFUSALS } from './native.ts'

/** What each route refuses for reasons of its own, by method and path. */
export const OWN_REFUSALS: Refusals = { ...EXAM_REFUSALS, ...ATTEMPT_REFUSALS, ...COURSE_REFUSALS, ...CALLBACK_REFUSALS, ...NATIVE_REFUSALS }

/** Is there a request that shows it? */
export const isShown = (route: string, code: string): boolean => OWN_REFUSALS[route]?.some(refusal => refusal.code === code) ?? false
