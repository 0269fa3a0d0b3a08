import type { Effect, ProviderEffect } from '../effect.ts'
import { examType } from '../exam/exam-provider.ts'
import { attemptEvent, statusSignal } from './attempt-events.ts'
import { lifecycleEvent } from './lifecycle-event.ts'
import { endOf } from './time.ts'
import type { AttemptChange, Attempt } from './attempt.ts'
import type { AttemptStatus } from './status.ts'
import type { TransitionFacts } from './transition-facts.ts'

/** A cascade's effects stand between the two. */
export interface EffectsInOrder { beforeCascade: Effect[], afterCascade: Effect[] }

interface Input { facts: TransitionFacts, to: AttemptStatus, change: AttemptChange, attributedTo: string | null, cascade: boolean }

/** What the credit service is told per status. */
const CREDIT_STATUS: Partial<Record<AttemptStatus, string>> = {
  verified: 'satisfied',
  submitted: 'submitted',
  declined: 'declined',
  rejected: 'failed',
  error: 'failed',
}

const EMAIL_STATUSES = { submitted: 'submitted', verified: 'verified', rejected: 'rejected' } as const

/** Everything a transition asks for outside its own row, in the contract's order (01 §4, steps 7 to 12). */
export function transitionEffects ({ facts, to, change, attributedTo, cascade }: Input): { inOrder: EffectsInOrder, leavesProctoring: boolean, declineOthers: boolean } {
  const after: Attempt = { ...facts.attempt, ...change }
  const open = isGateOpen(facts, to)
  const leavesProctoring = open && cascade && to === 'declined'
  const declineOthers = leavesProctoring && facts.exam.isProctored && !facts.exam.isPracticeExam
  const declined = leavesProctoring ? { ...after, takingAsProctored: false, externalId: null } : after
  const context = { ...facts, after: declined, subject: `attempt:${after.id}` }
  return {
    leavesProctoring,
    declineOthers,
    inOrder: {
      beforeCascade: [...completion(context), ...(open ? credit(context, to) : [])],
      afterCascade: [
        ...(open ? [...grades(context, to, attributedTo), ...email(context, to)] : []),
        ...providerCall(context, to, change),
        ...expiry(context, change),
        attemptEvent(declined, facts.exam, facts.now, to),
        statusSignal(declined, facts.exam, facts.provider?.supportsOnboarding ?? false),
        ...lifecycle(context, to),
      ],
    },
  }
}

type Context = TransitionFacts & { after: Attempt, subject: string }

/** May credit, grades, certificates and e-mail follow? Decided over all live attempts as they are after the change (01 §4.3). */
export function isGateOpen ({ attempt, exam, siblings }: Pick<TransitionFacts, 'attempt' | 'exam' | 'siblings'>, to: AttemptStatus): boolean {
  const statuses = siblings.map(sibling => sibling.id === attempt.id ? to : sibling.status)
  if (exam.isPracticeExam || statuses.length <= 1) return true
  const rejected = statuses.filter(status => status === 'rejected').length
  switch (to) {
    case 'declined':
    case 'error': return true
    case 'submitted': return rejected === 0
    case 'verified': return statuses.every(status => status === 'verified')
    case 'rejected': return rejected <= 1 && !statuses.includes('declined')
    default: return false
  }
}

const LIFECYCLE_VERBS = { submitted: 'submitted', verified: 'verified', rejected: 'rejected', error: 'errored' } as const

function lifecycle ({ after, exam, user, provider }: Context, to: AttemptStatus): Effect[] {
  const verb = LIFECYCLE_VERBS[to as keyof typeof LIFECYCLE_VERBS]
  return verb ? [lifecycleEvent(verb, { attempt: after, exam, user, examType: examType(exam, provider?.supportsOnboarding ?? false) })] : []
}

function completion ({ attempt, after, user, exam, subject }: Context): Effect[] {
  if (attempt.completedAt !== null || after.completedAt === null) return []
  return [{ kind: 'lms', subject, service: 'instructor', method: 'complete_student_attempt', args: { username: user.username, content_id: exam.contentId } }]
}

function credit ({ user, exam, subject }: Context, to: AttemptStatus): Effect[] {
  const status = CREDIT_STATUS[to]
  if (!status) return []
  const args = { user_id: user.id, course_key_or_id: exam.courseId, req_namespace: 'proctored_exam', req_name: exam.contentId, status }
  return [{ kind: 'lms', subject, service: 'credit', method: 'set_credit_requirement_status', args }]
}

function grades ({ attempt, user, exam, provider, subject }: Context, to: AttemptStatus, attributedTo: string | null): Effect[] {
  const args = { user_id: user.id, course_key_or_id: exam.courseId, usage_key_or_id: exam.contentId }
  if (to === 'rejected') {
    const comment = provider ? `Failed ${provider.verboseName} proctoring` : 'Failed proctoring'
    return [{ kind: 'lms', subject, service: 'grades', method: 'reject', args: { ...args, earned_all: 0, earned_graded: 0, overrider: attributedTo, comment } }]
  }
  if (attempt.status === 'rejected' && to === 'verified') return [{ kind: 'lms', subject, service: 'grades', method: 'restore', args }]
  return []
}

function email ({ after, subject }: Context, to: AttemptStatus): Effect[] {
  const status = EMAIL_STATUSES[to as keyof typeof EMAIL_STATUSES]
  if (!status || !after.takingAsProctored || after.isSampleAttempt) return []
  return [{ kind: 'email', subject, status, attemptId: after.id }]
}

function providerCall ({ exam, provider, after, subject }: Context, to: AttemptStatus, change: AttemptChange): Effect[] {
  const method = providerMethod(to, change)
  if (!provider || !method) return []
  const effect: ProviderEffect = { kind: 'provider', subject, provider: provider.name, method, examExternalId: exam.externalId, attemptExternalId: after.externalId }
  return [effect]
}

function providerMethod (to: AttemptStatus, change: AttemptChange) {
  if (to === 'started') return change.startedAt ? 'startAttempt' as const : null
  if (to === 'submitted') return 'stopAttempt' as const
  if (to === 'error') return 'markAttemptError' as const
  return null
}

/** The clock is wound when the attempt starts, so that its end comes whether or not anyone looks. */
function expiry ({ after, subject }: Context, change: AttemptChange): Effect[] {
  const dueAt = change.startedAt ? endOf(after) : null
  return dueAt ? [{ kind: 'expiry', subject, attemptId: after.id, dueAt }] : []
}
