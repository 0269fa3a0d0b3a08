import { wireTime } from '../../db/timestamps.ts'
import type { EventEffect, SignalEffect } from '../effect.ts'
import { examContext, examPayload, examTypeWord } from '../exam/exam-events.ts'
import type { Attempt, Exam } from './attempt.ts'

/** The analytics event about an attempt: `edx.special_exam.{type}.attempt.{verb}` (contract 01 §9.2). */
export function attemptEvent (attempt: Attempt, exam: Exam, now: Date, verb: string, extra: Record<string, unknown> = {}): EventEffect {
  return {
    kind: 'event',
    subject: `attempt:${attempt.id}`,
    name: `edx.special_exam.${examTypeWord(exam)}.attempt.${verb}`,
    context: examContext(exam),
    payload: { ...examPayload(exam), ...attemptPayload(attempt, now), ...extra },
  }
}

function attemptPayload (attempt: Attempt, now: Date): Record<string, unknown> {
  return {
    attempt_id: attempt.id,
    attempt_user_id: attempt.userId,
    attempt_started_at: wireTime(attempt.startedAt),
    attempt_completed_at: wireTime(attempt.completedAt),
    attempt_code: attempt.attemptCode,
    attempt_allowed_time_limit_mins: attempt.allowedTimeLimitMins,
    attempt_status: attempt.status,
    attempt_event_elapsed_time_secs: attempt.startedAt && (now.getTime() - attempt.startedAt.getTime()) / 1000,
  }
}

/** The status signal of contract 01 §9.3; the two names are known at creation only. */
export function statusSignal (attempt: Attempt, exam: Exam, supportsOnboarding: boolean | null, names: { fullName: string, profileName: string } | null = null): SignalEffect {
  return {
    kind: 'signal',
    subject: `attempt:${attempt.id}`,
    payload: {
      attempt_id: attempt.id,
      user_id: attempt.userId,
      status: attempt.status,
      full_name: names?.fullName ?? null,
      profile_name: names?.profileName ?? null,
      is_practice_exam: exam.isPracticeExam,
      is_proctored: attempt.takingAsProctored,
      backend_supports_onboarding: supportsOnboarding,
    },
  }
}
