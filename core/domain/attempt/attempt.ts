import type { AttemptStatus } from './status.ts'

/** An exam as rules see it. */
export interface Exam {
  id: number
  courseId: string
  contentId: string
  externalId: string | null
  examName: string
  timeLimitMins: number
  dueDate: Date | null
  isProctored: boolean
  isPracticeExam: boolean
  isActive: boolean
  hideAfterDue: boolean
  backend: string | null
}

/** A person as rules see them; the id is the platform's. */
export interface User {
  id: number
  username: string
  email: string
  fullName: string
  isActive: boolean
}

/** An attempt as rules see it. `version` rises with every write; a write names the version it was decided on. */
export interface Attempt {
  id: number
  version: number
  userId: number
  examId: number
  /** Name of the provider it was registered with; null when taken without proctoring. */
  provider: string | null
  status: AttemptStatus
  attemptCode: string
  externalId: string | null
  createdAt: Date
  modifiedAt: Date
  startedAt: Date | null
  completedAt: Date | null
  allowedTimeLimitMins: number | null
  takingAsProctored: boolean
  isSampleAttempt: boolean
  reviewPolicyId: number | null
  isStatusAcknowledged: boolean
  timeRemainingSeconds: number | null
  isResumable: boolean
  readyToResume: boolean
  resumed: boolean
  /** The one attempt of this learner at this exam that counts now. */
  isCurrent: boolean
  /** Set when the attempt was removed; it stays readable. */
  archivedAt: Date | null
}

/** An attempt with all that a decision about it needs. */
export interface AttemptRecord {
  attempt: Attempt
  exam: Exam
  user: User
  /** All live attempts of this learner at this exam, this one included. */
  siblings: readonly { id: number, status: AttemptStatus }[]
}

/** The fields a decision may write. */
export type AttemptChange = Partial<Omit<Attempt, 'id' | 'version' | 'userId' | 'examId' | 'createdAt' | 'modifiedAt'>>

/** Who asks for a change: decides what is allowed and is written into the history. */
export interface Actor {
  kind: 'learner' | 'staff' | 'vendor' | 'reviewer' | 'system'
  userId: number | null
  /** Text for the history: user name, provider name, command or job. */
  name: string
  requestId?: string | null
}
