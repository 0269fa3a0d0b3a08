import { NORMAL, type Switches } from './switches.ts'

export const REVIEW_WORDS = ['passed', 'suspicious', 'violation', 'not_reviewed'] as const
export type ReviewWord = typeof REVIEW_WORDS[number]

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

export interface Profile { user_id: string, status: string, expiration_date: string | null }

export interface Call {
  at: Date
  direction: 'in' | 'out'
  what: string
  /** The beginning of what was sent. */
  sent: string
  result: string
  ms: number
}

export interface State {
  exams: Map<string, VendorExam>
  sessions: Map<string, Session>
  removed: Set<string>
  /** Profiles set by hand: course -> learner -> profile. */
  profiles: Map<string, Map<string, Profile>>
  /** Answers already given, by idempotency key. */
  answers: Map<string, object>
  /** Instructor links that were opened: id -> end, in seconds. */
  usedLinks: Map<string, number>
  calls: Call[]
  switches: Switches
  /** Said to the person at the console, once. */
  notice: string | null
}

const CALLS_KEPT = 200
const SENT_KEPT = 160

/** All in memory: the demo starts afresh each time. */
export function createState (): State {
  return {
    exams: new Map(),
    sessions: new Map(),
    removed: new Set(),
    profiles: new Map(),
    answers: new Map(),
    usedLinks: new Map(),
    calls: [],
    switches: { ...NORMAL },
    notice: null,
  }
}

export function recordCall ({ calls }: State, { sent, ...call }: Omit<Call, 'sent'> & { sent?: unknown }): void {
  const text = sent === undefined || sent === null ? '' : JSON.stringify(sent)
  calls.unshift({ ...call, sent: text.length > SENT_KEPT ? `${text.slice(0, SENT_KEPT)}…` : text })
  calls.length = Math.min(calls.length, CALLS_KEPT)
}

/** Gives the first answer again to a repeated request. */
export function answerOnce<T extends object> ({ answers }: State, key: unknown, makeAnswer: () => T): object {
  if (typeof key !== 'string') return makeAnswer()
  const answer = answers.get(key) ?? makeAnswer()
  answers.set(key, answer)
  return answer
}
