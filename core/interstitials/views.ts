import type { Exam } from '../domain/attempt/attempt.ts'

/** Every page a learner can be shown instead of exam content (contract 03 §3), by template name. */
export const VIEW_NAMES = [
  'timed_exam/entrance', 'timed_exam/expired', 'timed_exam/ready_to_submit', 'timed_exam/submitted',
  'proctored_exam/entrance', 'proctored_exam/failed-prerequisites', 'proctored_exam/pending-prerequisites', 'proctored_exam/instructions',
  'proctored_exam/ready_to_start', 'proctored_exam/ready_to_submit', 'proctored_exam/ready_to_resume', 'proctored_exam/submitted',
  'proctored_exam/verified', 'proctored_exam/rejected', 'proctored_exam/error', 'proctored_exam/error_wrong_browser',
  'proctored_exam/expired', 'proctored_exam/inactive_account', 'proctored_exam/onboarding_error',
  'practice_exam/entrance', 'practice_exam/error', 'practice_exam/submitted',
  'onboarding_exam/entrance', 'onboarding_exam/error', 'onboarding_exam/ready_to_submit', 'onboarding_exam/submitted',
  'onboarding_exam/verified', 'onboarding_exam/rejected',
] as const
export type ViewName = typeof VIEW_NAMES[number]

/** Which set of pages an exam uses. */
export type ExamFamily = 'timed' | 'proctored' | 'practice' | 'onboarding'

/** Null: practice without proctoring has no pages, its content is shown (Q53). */
export function examFamily (exam: Pick<Exam, 'isProctored' | 'isPracticeExam'>, supportsOnboarding: boolean): ExamFamily | null {
  if (!exam.isProctored) return exam.isPracticeExam ? null : 'timed'
  if (!exam.isPracticeExam) return 'proctored'
  return supportsOnboarding ? 'onboarding' : 'practice'
}
