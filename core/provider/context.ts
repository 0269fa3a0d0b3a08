import { Agent, Dispatcher1Wrapper } from 'undici'
import type { Clock } from '../clock.ts'
import type { FetchLike, ProviderAttempts, ProviderContext } from './contract.ts'
import { createProviderLog, type LogSink } from './log.ts'
import { guardAttempts } from './own-attempts.ts'
import type { Redactor } from './redact.ts'
import type { Trial } from './trial.ts'

// taken now: what a plugin may put in its place is not used for others
const hostFetch = globalThis.fetch

const POOL = { connect: { timeout: 3_000 }, keepAliveTimeout: 10_000, headersTimeout: 30_000, bodyTimeout: 30_000 }

export interface ContextParts {
  name: string
  options: Readonly<Record<string, unknown>>
  log: LogSink
  redactor: Redactor
  clock: Clock
  attempts: ProviderAttempts
  trial?: Trial | undefined
}

/** All that a provider ever sees of the host; objects of the host are narrowed, not passed on. */
export function createContext ({ name, options, log, redactor, clock, attempts, trial }: ContextParts) {
  const pool = createPool()
  const context: ProviderContext<Record<string, unknown>> = Object.freeze({
    name,
    options,
    log: Object.freeze(createProviderLog(log, redactor, { provider: name })),
    fetch: trial?.fetch ?? pool.fetch,
    clock: Object.freeze({ now: () => clock.now() }),
    attempts: guardAttempts(attempts, name, log),
  })
  return { context, close: pool.close }
}

/** Node's own `fetch` on a pool of its own, so that one vendor's slowness never uses up another's connections. */
function createPool (): { fetch: FetchLike, close: () => Promise<void> } {
  const agent = new Agent(POOL)
  // Node's fetch and this undici differ by a major version; the wrapper translates, and FormData or Response stay the global ones
  const dispatcher = new Dispatcher1Wrapper(agent)
  return {
    fetch: (input, init) => hostFetch(input, Object.assign({ ...init }, { dispatcher })),
    close: () => agent.destroy(),
  }
}
