import { INV_PROVIDER_BAD_ANSWER, INV_PROVIDER_FAILED, INV_PROVIDER_REFUSED, INV_PROVIDER_TIMEOUT } from '../errors.ts'
import type { Verdict } from './circuit.ts'
import { DeadlinePassed, HostClosing } from './deadline.ts'
import type { Mismatch } from './describe.ts'
import { isRefusal } from './define-provider.ts'
import type { Redactor } from './redact.ts'
import type { CallOutcome } from './registry.ts'

/** Who was called, by method or by route; stamped on every error that leaves the door. */
export interface Called { readonly provider: string, readonly package: string, readonly method: string }

/** What a failed call means: for the caller, for the records and for the circuit. */
export interface Failure {
  readonly outcome: Exclude<CallOutcome, 'ok'>
  readonly verdict: Verdict
  readonly error: Error & Called & { code: string, statusCode?: number }
}

/** Thrown by the door itself when an answer does not fit its schema. */
export class BadAnswer extends Error {
  readonly mismatch: Mismatch

  constructor (mismatch: Mismatch) {
    super('the answer does not fit the contract')
    this.mismatch = mismatch
  }
}

/** Turns whatever came out of a plugin into one of the host's errors, without the plugin's secrets. */
export function explainFailure (called: Called, thrown: unknown, redactor: Redactor): Failure {
  try {
    return explain(called, thrown, redactor)
  } catch {
    return explain(called, new Error('threw something that throws when it is read'), redactor)
  }
}

function explain (called: Called, thrown: unknown, redactor: Redactor): Failure {
  const { provider, package: from, method } = called
  const stamp = <E extends Error>(error: E) => Object.assign(error, called)
  if (thrown instanceof DeadlinePassed) {
    return { outcome: 'timeout', verdict: 'unwell', error: stamp(new INV_PROVIDER_TIMEOUT(provider, from, method, String(thrown.ms))) }
  }
  if (thrown instanceof HostClosing) {
    return { outcome: 'cancelled', verdict: 'unknown', error: stamp(new INV_PROVIDER_FAILED(provider, from, method, thrown.message)) }
  }
  if (thrown instanceof BadAnswer) {
    const { where, expected, found } = thrown.mismatch
    const shown = redactor.text(where ? `${found} at '${where}'` : found)
    return { outcome: 'bad_answer', verdict: 'unwell', error: stamp(new INV_PROVIDER_BAD_ANSWER(provider, from, method, shown, expected)) }
  }
  if (isRefusal(thrown)) return explainRefusal(called, thrown, redactor)
  const cause = redactor.error(thrown)
  return { outcome: 'failed', verdict: 'unwell', error: stamp(new INV_PROVIDER_FAILED(provider, from, method, describeReason(cause), { cause })) }
}

/** A text for people, not the dump that some libraries put in a message. */
const MAX_REASON = 1_000

/** `fetch failed` alone helps nobody: the reason is the code of what caused it. */
function describeReason (error: Error): string {
  const code = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : ''
  return `${(error.message || error.name).slice(0, MAX_REASON)}${code}`
}

/** A vendor that says no to one learner (4xx) is well; one that says it cannot at all (5xx) is not. */
function explainRefusal (called: Called, refusal: Error & { status: unknown }, redactor: Redactor): Failure {
  const cause = redactor.error(refusal)
  const { status } = refusal
  const statusCode = typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599 ? status : 502
  const error = Object.assign(new INV_PROVIDER_REFUSED(called.provider, cause.message, { cause }), called, { statusCode, detail: cause.message })
  return { outcome: 'refused', verdict: statusCode < 500 ? 'well' : 'unwell', error }
}
