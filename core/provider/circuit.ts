/** Stops asking a vendor that fails, and asks again once after a while. */
export interface Circuit {
  /** Whether a call may go out now. In the half-open state one call is let through; it must be settled. */
  admit (): boolean
  settle (verdict: Verdict): void
  readonly state: 'closed' | 'open' | 'half-open'
  /** Milliseconds until the next call is let through; 0 when it is now. */
  readonly waitMs: number
}

/** well: the vendor answered. unwell: it failed. unknown: the call was given up for reasons of ours. */
export type Verdict = 'well' | 'unwell' | 'unknown'

export const FAILURES_TO_OPEN = 5
export const COOL_DOWN_MS = 30_000

/** @param now milliseconds that only ever grow: the demo clock must not open or close anything. */
export function createCircuit (now: () => number): Circuit {
  let failures = 0
  let openUntil: number | null = null
  let probing = false

  const open = () => { openUntil = now() + COOL_DOWN_MS }
  const isWaiting = () => openUntil !== null && now() < openUntil

  return {
    admit () {
      if (openUntil === null) return true
      if (isWaiting() || probing) return false
      probing = true
      return true
    },
    settle (verdict) {
      // calls sent before it opened come home late; they neither close it nor keep it open longer
      if (isWaiting()) return
      probing = false
      if (verdict === 'unknown') return
      failures = verdict === 'well' ? 0 : failures + 1
      if (verdict === 'well') openUntil = null
      else if (openUntil !== null || failures >= FAILURES_TO_OPEN) open()
    },
    get state () { return openUntil === null ? 'closed' : isWaiting() ? 'open' : 'half-open' },
    get waitMs () { return openUntil === null ? 0 : Math.max(0, openUntil - now()) },
  }
}
