import type { Attempt, Exam } from './attempt.ts'
import { isCompleted, isIncomplete } from './status.ts'

const MINUTE_MS = 60_000
/** 68 years: as many as still fit when they are counted in seconds. Exams may have any limit, negative ones too. */
const MOST_MINUTES = 35_791_394

export interface AllowedTimeFacts {
  timeLimitMins: number
  /** Seconds a former attempt had left when it broke off; null when nothing was saved. */
  savedSeconds: number | null
  /** Minutes granted on top, 0 when none. */
  extraMins: number
  /** The due date in force for this learner. */
  due: Date | null
  now: Date
}

/** Whole minutes a learner may work: the limit and the allowance, or what was left; never past the due date. */
export function allowedMinutes ({ timeLimitMins, savedSeconds, extraMins, due, now }: AllowedTimeFacts): number {
  // saved seconds are rounded up: a learner who lost the connection must not lose the begun minute too
  const wanted = savedSeconds === null ? timeLimitMins + extraMins : Math.ceil(savedSeconds / 60)
  const base = Math.max(-MOST_MINUTES, Math.min(wanted, MOST_MINUTES))
  if (due === null || now.getTime() + base * MINUTE_MS <= due.getTime()) return base
  return Math.max(Math.trunc((due.getTime() - now.getTime()) / MINUTE_MS), 0)
}

type Timed = Pick<Attempt, 'startedAt' | 'allowedTimeLimitMins' | 'status'>

/** The instant at which the learner's time is over; null before the start. */
export function endOf ({ startedAt, allowedTimeLimitMins }: Pick<Timed, 'startedAt' | 'allowedTimeLimitMins'>): Date | null {
  return startedAt && new Date(startedAt.getTime() + (allowedTimeLimitMins ?? 0) * MINUTE_MS)
}

export function isTimeOver (attempt: Timed, now: Date): boolean {
  const end = endOf(attempt)
  return end !== null && isIncomplete(attempt.status) && now.getTime() > end.getTime()
}

/** Seconds left, with fractions; 0 before the start and once the attempt is completed. */
export function remainingSeconds (attempt: Timed, now: Date): number {
  const end = endOf(attempt)
  if (end === null || isCompleted(attempt.status)) return 0
  return Math.max(0, (end.getTime() - now.getTime()) / 1000)
}

/** The date counts as passed at the very instant. */
export const hasPassed = (date: Date | null, now: Date): boolean => date !== null && date.getTime() <= now.getTime()

/** A due date decides; without one, only plain timed exams end with the course. */
export function isPastDue (exam: Pick<Exam, 'isProctored' | 'isPracticeExam'>, due: Date | null, courseEnd: Date | null, now: Date): boolean {
  if (due !== null) return hasPassed(due, now)
  return !exam.isProctored && !exam.isPracticeExam && hasPassed(courseEnd, now)
}
