import { INV_ATTEMPT_NOT_FOUND } from '../../errors.ts'
import type { ProviderAttempts } from '../../provider/contract.ts'
import { createProviderAttempts } from '../../provider-attempts.ts'

/** unknown: there is no house around a bench, so no attempt either. unavailable: the host cannot look now. */
export type AttemptsMode = 'unknown' | 'unavailable'

/** What a provider asked of its attempts. */
export interface AskedAttempts {
  /** While it was being started. */
  readonly early: string[]
  /** Ids it reported ready by itself. */
  readonly ready: string[]
  /** How often it asked anything, in all. */
  times: number
  started: boolean
}

export const nothingAsked = (): AskedAttempts => ({ early: [], ready: [], times: 0, started: false })

/** The attempts of a bench. Until the provider is started they are the host's own, which refuse. */
export function benchAttempts (asked: AskedAttempts, mode: AttemptsMode, name: string): ProviderAttempts {
  const before = createProviderAttempts(() => undefined, name)
  const after = mode === 'unknown' ? createUnknown(asked.ready) : UNAVAILABLE
  const choose = (what: keyof ProviderAttempts): ProviderAttempts => {
    asked.times++
    if (!asked.started) asked.early.push(what)
    return asked.started ? after : before
  }
  return {
    find: async id => choose('find').find(id),
    markReady: async id => choose('markReady').markReady(id),
    receiveReview: async (id, body) => choose('receiveReview').receiveReview(id, body),
    reportError: async (id, detail) => choose('reportError').reportError(id, detail),
  }
}

function createUnknown (ready: string[]): ProviderAttempts {
  const refuse = async (externalId: string) => { throw new INV_ATTEMPT_NOT_FOUND(externalId) }
  return { find: async () => null, markReady: async id => { ready.push(id) }, receiveReview: refuse, reportError: refuse }
}

const fail = async (): Promise<never> => { throw new Error('the database of the trial is down') }
const UNAVAILABLE: ProviderAttempts = { find: fail, markReady: fail, receiveReview: fail, reportError: fail }
