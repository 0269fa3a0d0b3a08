import type { AttemptRecord } from './attempt.ts'

/** All that a decision about a status depends on. */
export interface TransitionFacts extends AttemptRecord {
  /** The provider that serves the exam; null when the exam is not proctored. */
  provider: { name: string, verboseName: string, supportsOnboarding: boolean } | null
  /** Minutes the learner gets if this is the first start (time.ts). */
  allowedMinutes: number
  now: Date
  allowTimedOutState: boolean
}
