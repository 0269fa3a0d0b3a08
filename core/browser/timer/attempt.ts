import { isRecord } from '../messages.ts'
import type { WorkerFacts } from '../ask-worker.ts'

/** What the bar needs of the attempt data object (contract 02 §2.4). */
export interface TimedAttempt {
  attemptId: number
  status: string
  remainingSeconds: number
  low: number
  critical: number
  isProctored: boolean
  courseId: string
  examName: string
  /** A phrase such as "a timed exam", in the learner's language. */
  examKind: string
  examUrl: string
  pollPath: string
  /** Null without a provider's script. */
  worker: WorkerFacts | null
  pingSeconds: number | null
}

/** The attempt whose clock should be shown, or null when there is none. */
export function readAttempt (body: unknown): TimedAttempt | null {
  if (!isRecord(body) || body.in_timed_exam !== true) return null
  const attempt = toAttempt(body)
  return attempt.remainingSeconds > 0 && isRunning(attempt.status) ? attempt : null
}

export const isRunning = (status: string): boolean => status === 'started' || status === 'ready_to_submit'

/** Leaving loses nothing while working, but a proctored learner about to hand in may take the page for done. */
export function needsLeaveWarning (attempt: TimedAttempt, address: string): boolean {
  const isCourseware = [attempt.courseId, encodeURIComponent(attempt.courseId)].some(id => address.includes(`/courses/${id}/courseware/`))
  return attempt.isProctored && attempt.status !== 'started' && isCourseware
}

function toAttempt (body: Record<string, unknown>): TimedAttempt {
  const attemptId = numberIn(body, 'attempt_id')
  const url = textIn(body, 'desktop_application_js_url')
  const externalId = textIn(body, 'external_id')
  return {
    attemptId,
    status: textIn(body, 'attempt_status'),
    remainingSeconds: numberIn(body, 'time_remaining_seconds'),
    low: numberIn(body, 'low_threshold_sec'),
    critical: numberIn(body, 'critically_low_threshold_sec'),
    isProctored: body.taking_as_proctored === true,
    courseId: textIn(body, 'course_id'),
    examName: textIn(body, 'exam_display_name'),
    examKind: textIn(body, 'exam_type'),
    examUrl: textIn(body, 'exam_url_path'),
    pollPath: textIn(body, 'exam_started_poll_url') || `/api/edx_proctoring/v1/proctored_exam/attempt/${attemptId}`,
    worker: url ? { url, attemptExternalId: externalId || undefined } : null,
    pingSeconds: numberIn(body, 'ping_interval') || null,
  }
}

function numberIn (body: Record<string, unknown>, name: string): number {
  const value = body[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

function textIn (body: Record<string, unknown>, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}
