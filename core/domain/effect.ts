/** Something a change asks for outside its own row. Written with the change, delivered after it, retried (DESIGN §6). */
export type Effect = ProviderEffect | LmsEffect | EmailEffect | EventEffect | SignalEffect | ExpiryEffect

interface EffectBase {
  /** The attempt, exam or course whose effects keep their order among themselves, e.g. `attempt:41`. */
  subject: string
}

/** Tell a vendor. */
export type ProviderEffect = EffectBase & { kind: 'provider', provider: string } & (
  | { method: 'startAttempt' | 'stopAttempt' | 'markAttemptError' | 'removeAttempt', examExternalId: string | null, attemptExternalId: string | null }
  | { method: 'examSaved', examId: number, overrides: { isActive?: boolean, isProctored?: boolean, backend?: string | null } }
)

/** Command the platform; `args` are the named arguments of contract 01 §9.1. */
export type LmsEffect = EffectBase & { kind: 'lms' } & (
  | { service: LmsCommandService, method: string, args: Record<string, unknown> }
  /** Asks grades.should_override_grade_on_rejected_exam first; then overrides and invalidates, or undoes. */
  | { service: 'grades', method: 'reject' | 'restore', args: Record<string, unknown> }
)
export type LmsCommandService = 'credit' | 'grades' | 'certificates' | 'instructor'

export type EmailEffect = EffectBase & { kind: 'email', status: 'submitted' | 'verified' | 'rejected', attemptId: number }

/** An analytics event of contract 01 §9.2. */
export type EventEffect = EffectBase & {
  kind: 'event'
  name: string
  context: Record<string, unknown>
  payload: Record<string, unknown>
}

/** The status signal of contract 01 §9.3 and, made from it, the lifecycle events of contract 07 §4.3. */
export type SignalEffect = EffectBase & { kind: 'signal', payload: Record<string, unknown> }

/** Ends the attempt when its time is up. Never a row of the outbox: only a job, and a later one for the same attempt replaces it. */
export type ExpiryEffect = EffectBase & { kind: 'expiry', attemptId: number, dueAt: Date }
