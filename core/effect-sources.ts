import { SYSTEM } from './domain/attempt/apply.ts'
import { expireAttempt, expireDue } from './domain/attempt/expire-due.ts'
import { findAnyById } from './domain/attempt/store.ts'
import { sumUpTally } from './domain/attempt/tally.ts'
import { findExam } from './domain/exam/read.ts'
import { savedExam } from './domain/exam/saved-exam.ts'
import { storeExamExternalId } from './domain/exam/save.ts'
import type { DomainContext } from './domain/context.ts'
import type { EffectSources } from './effects/plugin.ts'

/** What deliveries ask of the domain. The context is asked for late: effects and domain need each other. */
export function createEffectSources (domain: () => DomainContext): EffectSources {
  return {
    expireAttempt: attemptId => expireAttempt(domain(), attemptId),
    expireDue: () => expireDue(domain()),
    tidyUp: () => sumUpTally(domain().db),
    async loadExamForProvider (examId) {
      const { db } = domain()
      const exam = await findExam(db, examId)
      return exam && savedExam(db, exam)
    },
    async storeExamExternalId (examId, externalId) {
      await storeExamExternalId(domain(), examId, externalId, SYSTEM)
    },
    async loadEmailFacts (attemptId) {
      const record = await findAnyById(domain().db, attemptId)
      if (!record) return null
      const { exam, user } = record
      return { to: user.email, userId: user.id, courseId: exam.courseId, examName: exam.examName, provider: exam.backend }
    },
  }
}
