import type { CourseOutlineDetails } from '../../lms/services.ts'
import { hasPassed } from '../attempt/time.ts'
import type { Exam } from '../attempt/attempt.ts'

/** Why a learner can or cannot open an exam now (contract 01 §10.1). */
export type Availability = 'available' | 'future' | 'past-due' | 'hidden'

type Schedule = Pick<Exam, 'contentId' | 'dueDate'>

/** What the platform says decides; without a platform that knows, an exam is open until it is due. */
export function availabilityOf ({ contentId, dueDate }: Schedule, details: CourseOutlineDetails | null, now: Date): Availability {
  if (details === null) return hasPassed(dueDate, now) ? 'past-due' : 'available'
  if (details.accessibleSequences.includes(contentId)) return 'available'
  const schedule = scheduleOf(details, contentId)
  if (schedule === null) return 'hidden'
  if (schedule.effectiveStart !== null && schedule.effectiveStart > now) return 'future'
  return hasPassed(schedule.due ?? details.courseEnd, now) ? 'past-due' : 'hidden'
}

/** When the exam opens; null when nobody says. */
export const releaseDateOf = ({ contentId }: Schedule, details: CourseOutlineDetails | null): Date | null =>
  details && (scheduleOf(details, contentId)?.effectiveStart ?? null)

const scheduleOf = ({ sequences }: CourseOutlineDetails, contentId: string) => Object.hasOwn(sequences, contentId) ? sequences[contentId] ?? null : null

const PREFERENCE: readonly Availability[] = ['available', 'future', 'past-due']

/** The exam a learner is led to: the first that is open, else the first that will be, else the first that was; null when none can be seen. */
export function chooseExam<E extends Schedule> (exams: readonly E[], details: CourseOutlineDetails | null, now: Date): { exam: E, availability: Availability } | null {
  const judged = exams.map(exam => ({ exam, availability: availabilityOf(exam, details, now) }))
  return PREFERENCE.map(wanted => judged.find(({ availability }) => availability === wanted)).find(found => found !== undefined) ?? null
}
