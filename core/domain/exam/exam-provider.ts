import { INV_PROVIDER_NOT_CONFIGURED, INV_PROVIDER_NOT_FOUND } from '../../errors.ts'
import type { LoadedProvider, ProviderRegistry } from '../../provider/registry.ts'
import type { Attempt, Exam } from '../attempt/attempt.ts'

type ProctoredExam = Pick<Exam, 'isProctored' | 'backend'>

/**
 * The provider that serves an exam, whatever its state; null when the exam is not proctored.
 * New attempts ask `providers.require` instead: a learner who is in the exam must get out of it even when the provider is switched off.
 */
export function providerOf (providers: ProviderRegistry, exam: ProctoredExam): LoadedProvider | null {
  if (!exam.isProctored) return null
  const name = exam.backend ?? providers.defaultName
  if (name === null) throw new INV_PROVIDER_NOT_CONFIGURED()
  const provider = providers.find(name)
  if (!provider) throw new INV_PROVIDER_NOT_FOUND(name, providers.list().map(({ name }) => name).join(', '))
  return provider
}

/** The provider an attempt was registered with, even when its exam has another one by now; else the exam's. */
export function providerOfAttempt (providers: ProviderRegistry, { attempt, exam }: { attempt: Pick<Attempt, 'provider'>, exam: ProctoredExam }): LoadedProvider | null {
  if (!exam.isProctored) return null
  const own = attempt.provider === null ? undefined : providers.find(attempt.provider)
  return own ?? providerOf(providers, exam)
}

export type ExamType = 'timed' | 'proctored' | 'practice' | 'onboarding'

/** The type word clients are given (contract 01 §2). */
export function examType (exam: Pick<Exam, 'isProctored' | 'isPracticeExam'>, supportsOnboarding: boolean): ExamType {
  if (exam.isPracticeExam) {
    if (!exam.isProctored) return 'proctored'
    return supportsOnboarding ? 'onboarding' : 'practice'
  }
  return exam.isProctored ? 'proctored' : 'timed'
}
