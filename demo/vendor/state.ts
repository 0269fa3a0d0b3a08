export const REVIEW_WORDS = ['passed', 'suspicious', 'violation', 'not_reviewed'] as const
export type ReviewWord = typeof REVIEW_WORDS[number]

export const OUTAGES = ['none', 'busy', 'cut'] as const
export const REGISTRATIONS = ['accept', 'refuse', 'onboarding_missing', 'onboarding_pending', 'onboarding_failed', 'onboarding_expired'] as const

export interface VendorExam {
  id: string
  courseId: string
  name: string
  practice: boolean
  timeLimitMins: number
  rules: Record<string, unknown>
}

export interface Session {
  id: string
  examId: string
  userId: string
  fullName: string
  practice: boolean
  timeLimitMins: number
  /** What Invigil last said of the attempt. */
  status: string
  /** Whether the simulated desktop application is running. */
  appRunning: boolean
  ready: boolean
  outcome: ReviewWord | null
  outcomeAt: Date | null
}

export interface Call {
  at: Date
  direction: 'in' | 'out'
  what: string
  result: string
  ms: number
}

/** How badly the vendor behaves at present. */
export interface Switches {
  delayMs: number
  outage: typeof OUTAGES[number]
  registration: typeof REGISTRATIONS[number]
}

export interface State {
  exams: Map<string, VendorExam>
  sessions: Map<string, Session>
  removed: Set<string>
  /** Answers already given, by idempotency key. */
  answers: Map<string, object>
  calls: Call[]
  switches: Switches
  /** Said to the person at the console, once. */
  notice: string | null
}

const CALLS_KEPT = 200

/** All in memory: the demo starts afresh each time. */
export function createState (): State {
  return {
    exams: new Map(),
    sessions: new Map(),
    removed: new Set(),
    answers: new Map(),
    calls: [],
    switches: { delayMs: 0, outage: 'none', registration: 'accept' },
    notice: null,
  }
}

export function recordCall ({ calls }: State, call: Call): void {
  calls.unshift(call)
  calls.length = Math.min(calls.length, CALLS_KEPT)
}

/** Gives the first answer again to a repeated request. */
export function answerOnce<T extends object> ({ answers }: State, key: unknown, makeAnswer: () => T): object {
  if (typeof key !== 'string') return makeAnswer()
  const answer = answers.get(key) ?? makeAnswer()
  answers.set(key, answer)
  return answer
}
