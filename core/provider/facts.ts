import { Type, type Static } from 'typebox'
import { Nullable } from './answers.ts'

/** What the host tells providers about exams, attempts and learners. All of it is a frozen copy. */
export const ExamFactsSchema = Type.Object({
  id: Type.Integer(),
  courseId: Type.String(),
  contentId: Type.String(),
  externalId: Nullable(Type.String()),
  examName: Type.String(),
  timeLimitMins: Type.Integer({ description: 'minutes' }),
  isProctored: Type.Boolean(),
  isPracticeExam: Type.Boolean(),
  isActive: Type.Boolean(),
  dueDate: Nullable(Type.String({ description: 'ISO 8601, UTC' })),
  hideAfterDue: Type.Boolean(),
  backend: Nullable(Type.String({ description: 'provider name as stored with the exam' })),
})
/** The exam as the host knows it. Frozen. */
export type ExamFacts = Static<typeof ExamFactsSchema>

/** What `examSaved` is told: the exam and, when a review policy exists, its text. */
export type SavedExam = ExamFacts & { ruleSummary?: string }

/** What a provider learns about a learner and an attempt when the attempt is registered. */
export interface RegistrationContext {
  /** Upper-case UUID made by the host; the idempotency key of this registration. */
  attemptCode: string
  /** Minutes this learner may work, allowances and due date included. */
  timeLimitMins: number
  /** True for practice and onboarding exams. */
  isSampleAttempt: boolean
  /** Pseudonymous learner id: stable per provider, 40 hex characters. */
  userId: string
  fullName: string
  email: string | null
  /** Public root of the learning platform, e.g. `https://lms.example.org`. */
  lmsHost: string
  /** Where a secure browser opens the exam (`.../start_exam/{attemptCode}`). */
  launchUrl: string
  reviewPolicy?: string
  reviewPolicyException?: string
  /** What the platform wants reviewers told where an exam has no policy of its own. */
  defaultReviewPolicy?: string
}

/** The two ids by which a vendor knows an attempt. */
export interface AttemptIds { examExternalId: string | null, attemptExternalId: string | null }

/** The attempt as the host knows it. Frozen. */
export interface AttemptFacts {
  /** The host's id; stable, and the one in its log and API. */
  id: number
  /** Upper-case UUID made by the host, the one `registerAttempt` was given. */
  attemptCode: string
  /** The vendor's id; null until it has registered the attempt. */
  externalId: string | null
  /** One of the statuses of the wire, e.g. `created`, `started`, `submitted`. */
  status: string
  isSampleAttempt: boolean
  takingAsProctored: boolean
  /** ISO 8601, UTC; null before the start. */
  startedAt: string | null
  /** ISO 8601, UTC; null before the end. */
  completedAt: string | null
  /** Minutes; null before the start. */
  allowedTimeLimitMins: number | null
  exam: ExamFacts
  /** True when the attempt was removed and is only found in the archive. */
  isArchived: boolean
}
