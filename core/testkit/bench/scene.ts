import type { AttemptFacts, AttemptIds, ExamFacts } from '../../provider/contract.ts'
import type { LoadedProvider } from '../../provider/registry.ts'
import { attemptFacts, examFacts, registrationFacts } from './facts.ts'

/** An exam and an attempt the vendor knows, as they stand when a method is called. */
export interface Scene { readonly exam: ExamFacts, readonly attempt: AttemptFacts, readonly ids: AttemptIds }

/** Goes the way the host goes: the exam is saved, an attempt registered. @throws what the door throws */
export async function prepareScene (provider: LoadedProvider, changes: Partial<ExamFacts> = {}): Promise<Scene> {
  const exam = await saveExam(provider, examFacts(changes))
  const context = registrationFacts({ isSampleAttempt: exam.isPracticeExam })
  const answer = await provider.call('registerAttempt', [exam, context], { idempotencyKey: context.attemptCode })
  const externalId = answer && 'externalId' in answer ? answer.externalId : null
  return {
    exam,
    attempt: attemptFacts({ exam, externalId, attemptCode: context.attemptCode, isSampleAttempt: exam.isPracticeExam }),
    ids: { examExternalId: exam.externalId, attemptExternalId: externalId },
  }
}

export async function saveExam (provider: LoadedProvider, exam: ExamFacts): Promise<ExamFacts> {
  const externalId = await provider.call('examSaved', [exam], { idempotencyKey: `exam-${exam.id}` }) ?? exam.externalId
  return { ...exam, externalId }
}

/** Ids for where the vendor could not be asked for any. */
export const KNOWN_SCENE: Scene = {
  exam: examFacts({ externalId: 'exam-1' }),
  attempt: attemptFacts({ exam: examFacts({ externalId: 'exam-1' }), externalId: 'attempt-1' }),
  ids: { examExternalId: 'exam-1', attemptExternalId: 'attempt-1' },
}
