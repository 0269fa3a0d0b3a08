import type { Clock } from '../clock.ts'
import type { CallOutcome, CallPlace, ProviderHealth } from './registry.ts'

const KEPT_ERRORS = 10
const KEPT_DURATIONS = 256

type Counts = Record<CallOutcome, number>
type LastError = ProviderHealth['lastErrors'][number]

/** Remembers how the calls of one provider went. */
export interface CallRecord {
  add (outcome: CallOutcome, ms: number): void
  /** What is not a call to the vendor says nothing about its speed. */
  count (outcome: CallOutcome): void
  addError (method: CallPlace, error: { code: string, message: string }): void
  view (): Pick<ProviderHealth, 'counts' | 'p50Ms' | 'lastErrors'>
}

export function createCallRecord (clock: Clock): CallRecord {
  const counts: Counts = { ok: 0, refused: 0, failed: 0, timeout: 0, bad_answer: 0, unavailable: 0, cancelled: 0 }
  const durations = new Float64Array(KEPT_DURATIONS)
  const errors: LastError[] = []
  let answered = 0

  return {
    add (outcome, ms) {
      counts[outcome]++
      // a call that never went out says nothing about the vendor's speed
      if (outcome !== 'unavailable') durations[answered++ % KEPT_DURATIONS] = ms
    },
    count (outcome) { counts[outcome]++ },
    addError (method, { code, message }) {
      errors.unshift({ at: clock.now().toISOString(), method, code, message })
      errors.length = Math.min(errors.length, KEPT_ERRORS)
    },
    view: () => ({
      counts: { ...counts },
      p50Ms: median(durations.subarray(0, Math.min(answered, KEPT_DURATIONS))),
      lastErrors: [...errors],
    }),
  }
}

function median (values: Float64Array): number | null {
  return values.toSorted()[Math.floor((values.length - 1) / 2)] ?? null
}
