import { INV_PROVIDER_DISABLED } from '../errors.ts'
import type { SavedExam } from '../provider/contract.ts'
import type { LoadedProvider, ProviderRegistry } from '../provider/registry.ts'
import type { DeliveryLog, Handler } from './deliver.ts'
import { attemptIdOf } from './kinds.ts'
import { ProviderOrderSchema, readOrder, Undeliverable, type AttemptOrder, type ExamOrder } from './payloads.ts'
import { faultOf, isFinalRefusal } from './refusal.ts'
import type { ClaimedEffect } from './store.ts'

export interface ProviderHandlerOptions {
  providers: Pick<ProviderRegistry, 'find'>
  /** The exam as it is now, with its review policy's text; null when it is gone. */
  loadExamForProvider (examId: number): Promise<SavedExam | null>
  storeExamExternalId (examId: number, externalId: string): Promise<void>
  log: DeliveryLog
}

/** Tells vendors. A vendor that is gone needs no telling; one that is down is told later. */
export function createProviderHandler (options: ProviderHandlerOptions): Handler {
  return async effect => {
    const order = readOrder(ProviderOrderSchema, effect.payload)
    const provider = options.providers.find(order.provider)
    if (!provider || provider.state === 'retired') return `Provider "${order.provider}" is no longer served here; nothing was sent.`
    if (provider.state === 'disabled') throw new INV_PROVIDER_DISABLED(order.provider)
    return order.method === 'examSaved' ? tellExam(provider, order, effect, options) : tellAttempt(provider, order, effect, options.log)
  }
}

async function tellAttempt (provider: LoadedProvider, order: AttemptOrder, effect: ClaimedEffect, log: DeliveryLog): Promise<string | void> {
  const { method, examExternalId, attemptExternalId } = order
  try {
    const answer = await provider.call(method, [{ examExternalId, attemptExternalId }], callOptions(effect))
    if (method === 'removeAttempt' && answer === false) log.error({ provider: provider.name, attemptExternalId }, 'the vendor did not remove the attempt')
  } catch (error) {
    // a 4xx will not change by asking again, and the learner's attempt must not wait for it; "unknown" means it is gone already
    if (!refusedForGood(error)) throw error
    return `The vendor refused ${method} for good: ${error.message}`
  }
}

async function tellExam (provider: LoadedProvider, order: ExamOrder, effect: ClaimedEffect, options: ProviderHandlerOptions): Promise<string | void> {
  const stored = await options.loadExamForProvider(order.examId)
  if (!stored) return `Exam ${order.examId} no longer exists; nothing was sent.`
  const isPlain = Object.keys(order.overrides).length === 0
  const exam = { ...stored, ...order.overrides }
  const externalId = await saveExam(provider, exam, callOptions(effect))
  // what an exam is called while it leaves proctoring is of no use any more
  if (!isPlain || !externalId || externalId === stored.externalId) return
  await options.storeExamExternalId(order.examId, externalId)
  // storing the id is a save too, and vendors are told of every save (contract 01 §7): a request of its own, so a key of its own
  await saveExam(provider, { ...exam, externalId }, { ...callOptions(effect), idempotencyKey: `${effect.idempotencyKey}-again` })
}

async function saveExam (provider: LoadedProvider, exam: SavedExam, options: ReturnType<typeof callOptions>): Promise<string | null> {
  try {
    return await provider.call('examSaved', [exam], options) ?? null
  } catch (error) {
    // without the exam the vendor can register nobody: a person has to look, so it dies visibly
    throw refusedForGood(error) ? new Undeliverable(error.message, { cause: error }) : error
  }
}

function callOptions ({ idempotencyKey, requestId, subject }: ClaimedEffect) {
  const attemptId = attemptIdOf(subject)
  return { idempotencyKey, requestId, ...(attemptId === undefined ? {} : { attemptId }) }
}

function refusedForGood (error: unknown): error is Error {
  const { code, status } = faultOf(error)
  return code === 'INV_PROVIDER_REFUSED' && status !== null && isFinalRefusal(status)
}
