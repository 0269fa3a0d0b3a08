import type { ExchangeLimits } from './ask-worker.ts'

/** Time between the provider's own limit and the page's, so that its reason arrives before the page gives up. */
export const BUFFER_SECONDS = 10
/** Used where a page names no ping interval. */
const DEFAULT_INTERVAL_SECONDS = 60
export const END_LIMIT_MS = 30_000

/** The provider has one ping interval to get ready. */
export function startLimits (intervalSeconds: number = DEFAULT_INTERVAL_SECONDS): ExchangeLimits {
  return { timeoutMs: intervalSeconds * 1000, limitMs: (intervalSeconds + BUFFER_SECONDS) * 1000 }
}

/** A ping must be over before the next one; short intervals keep at least half for the provider. */
export function pingLimits (intervalSeconds: number): ExchangeLimits {
  return { timeoutMs: Math.max(intervalSeconds - BUFFER_SECONDS, intervalSeconds / 2) * 1000, limitMs: intervalSeconds * 1000 }
}
