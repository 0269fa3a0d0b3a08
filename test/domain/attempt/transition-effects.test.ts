import t from 'tap'
import { ATTEMPT_STATUSES, type AttemptStatus } from '../../../core/domain/attempt/status.ts'
import { decideTransition, type Decision } from '../../../core/domain/attempt/transition.ts'
import type { TransitionFacts } from '../../../core/domain/attempt/transition-facts.ts'
import type { Actor, Attempt, Exam } from '../../../core/domain/attempt/attempt.ts'

// Every pair of statuses, for every kind of exam, everybody who asks and every other attempt that matters: what leaves the house, in its order.
// The rules are the contract's (01 §4, steps 5 to 12, and §4.3), written down again so that they judge the code and do not follow it.

const T0 = new Date('2030-01-01T00:00:00Z')
const now = new Date('2030-01-01T00:05:00Z')

interface Kind { isProctored: boolean, isPracticeExam: boolean, supportsOnboarding: boolean }
const KINDS: Record<string, Kind> = {
  timed: { isProctored: false, isPracticeExam: false, supportsOnboarding: false },
  proctored: { isProctored: true, isPracticeExam: false, supportsOnboarding: true },
  'proctored without onboarding': { isProctored: true, isPracticeExam: false, supportsOnboarding: false },
  practice: { isProctored: true, isPracticeExam: true, supportsOnboarding: false },
  onboarding: { isProctored: true, isPracticeExam: true, supportsOnboarding: true },
}
const WORDS: Record<string, string> = { timed: 'timed', proctored: 'proctored', 'proctored without onboarding': 'proctored', practice: 'practice', onboarding: 'practice' }
const SIBLINGS: readonly AttemptStatus[][] = [[], ['error'], ['submitted'], ['verified'], ['rejected'], ['declined'], ['rejected', 'rejected']]

const BEFORE_START = ['created', 'download_software_clicked', 'ready_to_start']
const INSIDE = ['started', 'ready_to_submit']
const COMPLETED = ['declined', 'timed_out', 'submitted', 'second_review_required', 'verified', 'rejected', 'error', 'onboarding_missing', 'onboarding_pending', 'onboarding_failed', 'onboarding_expired']

interface Case { name: string, kind: Kind, from: AttemptStatus, asked: AttemptStatus, by: Actor['kind'], siblings: readonly AttemptStatus[], attempt: Attempt }

function facts ({ kind, attempt, siblings }: Case): TransitionFacts {
  const { isProctored, isPracticeExam, supportsOnboarding } = kind
  const exam: Exam = {
    id: 7, courseId: 'course-v1:edX+Demo+2030', contentId: 'block', externalId: 'px-1', examName: 'Midterm', timeLimitMins: 90, dueDate: null,
    isProctored, isPracticeExam, isActive: true, hideAfterDue: false, backend: isProctored ? 'test' : null,
  }
  return {
    attempt,
    exam,
    user: { id: 101, username: 'ada', email: 'ada@example.com', fullName: 'Ada', isActive: true },
    siblings: [{ id: 41, status: attempt.status }, ...siblings.map((status, index) => ({ id: 100 + index, status }))],
    provider: isProctored ? { name: 'test', verboseName: 'Test Proctor', supportsOnboarding } : null,
    allowedMinutes: 90,
    now,
    allowTimedOutState: false,
  }
}

function makeAttempt (kind: Kind, status: AttemptStatus): Attempt {
  const wasStarted = !['eligible', ...BEFORE_START].includes(status)
  return {
    id: 41, version: 3, userId: 101, examId: 7, provider: kind.isProctored ? 'test' : null, status, attemptCode: 'CODE', externalId: kind.isProctored ? 'pa-1' : null,
    createdAt: T0, modifiedAt: T0, startedAt: wasStarted ? T0 : null, completedAt: status === 'submitted' ? T0 : null, allowedTimeLimitMins: wasStarted ? 90 : null,
    takingAsProctored: kind.isProctored, isSampleAttempt: kind.isPracticeExam, reviewPolicyId: null, isStatusAcknowledged: false, timeRemainingSeconds: null,
    isResumable: false, readyToResume: false, resumed: false, isCurrent: true, archivedAt: null,
  }
}

function * cases (): Generator<Case> {
  for (const [label, kind] of Object.entries(KINDS)) {
    for (const from of ATTEMPT_STATUSES) {
      for (const asked of ATTEMPT_STATUSES) {
        for (const by of ['learner', 'vendor', 'reviewer', 'system'] as const) {
          for (const siblings of by === 'system' ? SIBLINGS : [[]]) {
            yield { name: `${label}: ${from} -> ${asked} by ${by} beside ${siblings.join(', ') || 'nothing'}`, kind, from, asked, by, siblings, attempt: makeAttempt(kind, from) }
          }
        }
      }
    }
  }
}

/** Null: nothing happens, because it is refused or so already. */
function expected ({ name, kind, from, asked, by, siblings, attempt }: Case): string[] | null {
  const to = asked === 'timed_out' || (INSIDE.includes(from) && BEFORE_START.includes(asked)) ? 'submitted' : asked
  if ([from, to].some(status => status === 'expired' || status === 'onboarding_reset')) return null // Q3
  if (COMPLETED.includes(from) && !COMPLETED.includes(to)) return null
  if (by === 'learner' && ['second_review_required', 'verified', 'rejected'].includes(from)) return null // Q2
  if (from === to && ['learner', 'vendor'].includes(by)) return null // Q5
  const isOpen = mayTellAll(kind, to, [to, ...siblings])
  const mayDeclineOthers = to === 'declined' && kind.isProctored && !kind.isPracticeExam // Q10
  const hasMail = isOpen && attempt.takingAsProctored && !kind.isPracticeExam && ['submitted', 'verified', 'rejected'].includes(to)
  const creditWords: Record<string, string> = { verified: 'satisfied', submitted: 'submitted', declined: 'declined', rejected: 'failed', error: 'failed' }
  const vendorWords: Record<string, string> = { submitted: 'stopAttempt', error: 'markAttemptError', ...(attempt.startedAt === null && { started: 'startAttempt' }) }
  return [
    ...(to === 'submitted' && attempt.completedAt === null ? ['complete_student_attempt'] : []),
    ...(isOpen && creditWords[to] ? [`credit ${creditWords[to]}`] : []),
    ...(mayDeclineOthers ? ['decline the others'] : []),
    ...(isOpen && to === 'rejected' ? ['reject the grade'] : []),
    ...(isOpen && from === 'rejected' && to === 'verified' ? ['restore the grade'] : []),
    ...(hasMail ? [`mail ${to}`] : []),
    ...(kind.isPracticeExam && kind.supportsOnboarding && COMPLETED.includes(to) ? ['remove what was refused'] : []),
    ...(kind.isProctored && vendorWords[to] ? [`vendor ${vendorWords[to]}`] : []),
    `event edx.special_exam.${WORDS[name.split(':')[0] ?? '']}.attempt.${to}`,
    `signal ${to} ${attempt.takingAsProctored && to !== 'declined'} ${kind.supportsOnboarding}`,
  ]
}

function mayTellAll ({ isPracticeExam }: Kind, to: AttemptStatus, all: readonly AttemptStatus[]): boolean {
  if (isPracticeExam || all.length === 1) return true
  if (to === 'declined' || to === 'error') return true
  if (to === 'submitted') return !all.includes('rejected')
  if (to === 'verified') return all.every(status => status === 'verified')
  return to === 'rejected' && all.filter(status => status === 'rejected').length === 1 && !all.includes('declined')
}

function found (decision: Decision): string[] | null {
  if (decision.kind !== 'change') return null
  const { effects: { beforeCascade, afterCascade }, declineOthers, removeRefused } = decision
  const before = beforeCascade.flatMap(describe)
  const after = afterCascade.flatMap(describe)
  // the engine removes between the platform's part and the vendor's
  const split = after.findIndex(word => /^(?:vendor|event)/.test(word))
  return [...before, ...(declineOthers ? ['decline the others'] : []), ...after.slice(0, split), ...(removeRefused ? ['remove what was refused'] : []), ...after.slice(split)]
}

type Told = Extract<Decision, { kind: 'change' }>['effects']['afterCascade'][number]

function describe (effect: Told): string[] {
  switch (effect.kind) {
    case 'lms': return [effect.method === 'set_credit_requirement_status' ? `credit ${String(effect.args.status)}` : effect.service === 'grades' ? `${effect.method} the grade` : effect.method]
    case 'email': return [`mail ${effect.status}`]
    case 'provider': return [`vendor ${effect.method}`]
    case 'event': return effect.name.startsWith('edx.') ? [`event ${effect.name}`] : []
    case 'signal': return [`signal ${String(effect.payload.status)} ${String(effect.payload.is_proctored)} ${String(effect.payload.backend_supports_onboarding)}`]
    case 'expiry': return []
  }
}

t.test('every transition tells the platform, the vendor and the world what the contract says, in its order', async t => {
  let count = 0
  const wrong: object[] = []
  for (const each of cases()) {
    count++
    const decision = decideTransition(facts(each), { to: each.asked, actor: { kind: each.by, userId: 1, name: each.by } })
    const [wanted, came] = [expected(each), found(decision)]
    if (JSON.stringify(wanted) !== JSON.stringify(came)) wrong.push({ case: each.name, wanted, came })
  }
  t.same(wrong.slice(0, 5), [])
  t.equal(count, 5 * 19 * 19 * (3 + SIBLINGS.length), 'the whole grid was walked')
})
