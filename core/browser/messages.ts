/**
 * The words page and worker exchange (contract 04 §1). One exchange = one question, one answer.
 * Old and new front ends and every vendor's script rely on them: never rename.
 */
export const EXCHANGES = {
  start: { question: 'startExamAttempt', success: 'examAttemptStarted', failure: 'examAttemptStartFailed' },
  end: { question: 'endExamAttempt', success: 'examAttemptEnded', failure: 'examAttemptEndFailed' },
  ping: { question: 'ping', success: 'echo', failure: 'pingFailed' },
} as const

export type ExchangeName = keyof typeof EXCHANGES
export type Question = typeof EXCHANGES[ExchangeName]['question']
export type Answer = typeof EXCHANGES[ExchangeName]['success' | 'failure']

export function isRecord (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
