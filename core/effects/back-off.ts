import type { DeliveryKind } from './kinds.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND

export interface BackOff { firstMs: number, capMs: number, tries: number }

/** How long we keep trying before an effect is dead: about a day, and three days for webhooks. */
export const BACK_OFF: Readonly<Record<DeliveryKind, BackOff>> = Object.freeze({
  provider: { firstMs: 2 * SECOND, capMs: HOUR, tries: 35 },
  lms: { firstMs: 2 * SECOND, capMs: HOUR, tries: 35 },
  email: { firstMs: 2 * SECOND, capMs: HOUR, tries: 35 },
  webhook: { firstMs: 2 * SECOND, capMs: 2 * HOUR, tries: 48 },
})

const JITTER = 0.2

/**
 * Milliseconds until the next try, or null when `tries` were enough. Doubles each time up to the cap.
 * `chance` is in [0, 1): it spreads the retries of many effects that failed together.
 */
export function retryDelayMs (kind: DeliveryKind, tries: number, chance: number): number | null {
  const { firstMs, capMs, tries: limit } = BACK_OFF[kind]
  if (tries >= limit) return null
  const delay = Math.min(capMs, firstMs * 2 ** (Math.max(1, tries) - 1))
  return Math.round(delay * (1 - JITTER + 2 * JITTER * chance))
}
