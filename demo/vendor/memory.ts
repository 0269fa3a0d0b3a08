import type { Session, State, VendorExam } from './state.ts'

/**
 * This vendor forgets everything when it restarts, Invigil does not. What carries an id of ours is therefore taken in again
 * under that id, so that a demo goes on after a restart.
 */
export const EXAM_PREFIX = 'ex-'
export const SESSION_PREFIX = 'da-'

export function recallExam ({ exams }: State, id: string): VendorExam | undefined {
  if (!exams.has(id) && id.startsWith(EXAM_PREFIX)) {
    exams.set(id, { id, courseId: '', name: 'An exam from before the restart', practice: false, timeLimitMins: 0, rules: {} })
  }
  return exams.get(id)
}

export function recallSession (state: State, examId: string, id: string): Session | undefined {
  const exam = recallExam(state, examId)
  if (exam && !state.sessions.has(id) && !state.removed.has(id) && id.startsWith(SESSION_PREFIX)) {
    state.sessions.set(id, createSession({ id, examId, practice: exam.practice, fullName: 'A learner from before the restart' }))
  }
  const session = state.sessions.get(id)
  return session?.examId === examId ? session : undefined
}

export function createSession (facts: Pick<Session, 'id' | 'examId'> & Partial<Session>): Session {
  return {
    userId: '', fullName: '', practice: false, timeLimitMins: 0, status: 'created', appRunning: false, ready: false, outcome: null, outcomeAt: null, ...facts,
  }
}
