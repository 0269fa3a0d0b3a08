import { isCompleted, isIncomplete, inGroup, type AttemptStatus } from './status.ts'
import { transitionEffects, type EffectsInOrder } from './transition-effects.ts'
import type { Actor, AttemptChange } from './attempt.ts'
import type { TransitionFacts } from './transition-facts.ts'

export interface TransitionRequest {
  to: AttemptStatus
  actor: Actor
  /** The instant the time ran out, when that is why; it becomes the completion time. */
  timedOutAt?: Date
  /** User name of the reviewer behind it, for the grade book. */
  attributedTo?: string | null
  /** False when this is itself part of a cascade. */
  cascade?: boolean
}

export type Refusal = 'illegal' | 'unknown-status' | 'reviewed' | 'final'

export type Decision =
  | { kind: 'refused', why: Refusal, to: AttemptStatus }
  /** The request asks for what is already so, and whoever asks may repeat himself without effect. */
  | { kind: 'unchanged' }
  | {
    kind: 'change'
    to: AttemptStatus
    change: AttemptChange
    effects: EffectsInOrder
    /** Decline the learner's other proctored exams of the course, between the two halves of the effects. */
    declineOthers: boolean
    /** Remove the learner's attempts the provider refused: onboarding is done. */
    removeRefused: boolean
  }

/** Statuses nothing may be given by a transition: `expired` is only shown, `onboarding_reset` is written by a reset alone. */
const NEVER_A_TARGET: readonly AttemptStatus[] = ['expired', 'onboarding_reset']

/** Who may ask again for the status an attempt has, to run its effects once more. */
const REPEATS_EFFECTS: readonly Actor['kind'][] = ['staff', 'reviewer', 'system']

/** What a request makes of an attempt, or why not (contract 01 §4). Pure. */
export function decideTransition (facts: TransitionFacts, request: TransitionRequest): Decision {
  const { attempt } = facts
  const { to, asSubmitted } = rewriteTarget(attempt.status, request.to, facts.allowTimedOutState)
  const refusal = findRefusal(attempt.status, to, request.actor)
  if (refusal) return { kind: 'refused', why: refusal, to }
  if (to === attempt.status && !REPEATS_EFFECTS.includes(request.actor.kind)) return { kind: 'unchanged' }

  const change = changedFields(facts, to, asSubmitted ? request.timedOutAt : undefined)
  const cascade = request.cascade ?? true
  const effects = transitionEffects({ facts, to, change, attributedTo: request.attributedTo ?? null, cascade })
  return {
    kind: 'change',
    to,
    change: effects.leavesProctoring ? { ...change, takingAsProctored: false, externalId: null } : change,
    effects: effects.inOrder,
    declineOthers: effects.declineOthers,
    removeRefused: facts.provider !== null && facts.provider.supportsOnboarding && facts.exam.isPracticeExam && isCompleted(to),
  }
}

/** A time-out is a submission unless the operator wants the word; going back before the start from inside the exam is one too. */
export function rewriteTarget (from: AttemptStatus, to: AttemptStatus, allowTimedOutState: boolean): { to: AttemptStatus, asSubmitted: boolean } {
  if (to === 'timed_out' && !allowTimedOutState) return { to: 'submitted', asSubmitted: true }
  if (inGroup(from, 'in-progress') && inGroup(to, 'pre-started')) return { to: 'submitted', asSubmitted: false }
  return { to, asSubmitted: false }
}

function findRefusal (from: AttemptStatus, to: AttemptStatus, actor: Actor): Refusal | null {
  if (NEVER_A_TARGET.includes(to)) return 'unknown-status'
  if (NEVER_A_TARGET.includes(from)) return 'final'
  if (isCompleted(from) && isIncomplete(to)) return 'illegal'
  if (actor.kind === 'learner' && inGroup(from, 'reviewed')) return 'reviewed'
  return null
}

function changedFields ({ attempt, allowedMinutes, now }: TransitionFacts, to: AttemptStatus, timedOutAt: Date | undefined): AttemptChange {
  const change: AttemptChange = { status: to }
  if (to === 'started' && attempt.startedAt === null) {
    change.startedAt = now
    change.allowedTimeLimitMins = allowedMinutes
  }
  if (to === 'submitted') change.completedAt = timedOutAt ?? now
  const inResume = attempt.readyToResume || attempt.resumed
  if (to === 'submitted' || inResume) change.isResumable = false
  else if (to === 'error') change.isResumable = true
  return change
}
