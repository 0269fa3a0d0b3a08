import type { Exam } from './attempt.ts'
import type { AttemptStatus } from './status.ts'

/** How an exam stands for a learner, in the few words of a course outline (contract 01 §10). */
export interface AttemptSummary {
  /** Absent for exams without proctoring. */
  status?: AttemptStatus
  /** Key of the text under `summary.` in locales/. */
  text: SummaryText
  icon: string
  isCompleted: boolean
}

export type SummaryText =
  | 'timed' | 'available' | 'no_longer_available' | 'declined' | 'taking' | 'pending' | 'passed' | 'failed'
  | 'practice' | 'practice_completed' | 'practice_failed'

type Row = readonly [text: SummaryText, icon: string, isCompleted: boolean]
type Rows = Partial<Record<AttemptStatus, Row>>

const PENCIL = 'fa-pencil-square-o'
const PROCTORED: Rows = {
  eligible: ['available', PENCIL, false],
  expired: ['no_longer_available', 'fa-times-circle', false],
  declined: ['declined', PENCIL, false],
  submitted: ['pending', 'fa-spinner fa-spin', true],
  second_review_required: ['pending', 'fa-spinner fa-spin', true],
  verified: ['passed', 'fa-check', true],
  rejected: ['failed', 'fa-exclamation-triangle', true],
  error: ['failed', 'fa-exclamation-triangle', true],
}
const PRACTICE: Rows = {
  submitted: ['practice_completed', 'fa-check', true],
  error: ['practice_failed', 'fa-exclamation-triangle', true],
}

/** The summary of an exam and the status of the learner's attempt; `eligible` or `expired` stand for no attempt. Pure. */
export function summarise ({ isProctored, isPracticeExam }: Pick<Exam, 'isProctored' | 'isPracticeExam'>, status: AttemptStatus): AttemptSummary {
  if (!isProctored) return { text: 'timed', icon: 'fa-clock-o', isCompleted: false }
  const [text, icon, isCompleted] = isPracticeExam ? PRACTICE[status] ?? ['practice', '', false] : PROCTORED[status] ?? ['taking', PENCIL, false]
  return { status, text, icon, isCompleted }
}

/** The same as clients know it; `translate` gives the words. */
export function summaryOnWire ({ status, text, icon, isCompleted }: AttemptSummary, translate: (key: string) => string) {
  return { ...(status && { status }), short_description: translate(`summary.${text}`), suggested_icon: icon, in_completed_state: isCompleted }
}
