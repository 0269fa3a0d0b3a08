import type { Ajax } from '../ajax.ts'
import type { AskWorker } from '../ask-worker.ts'
import type { TimedAttempt } from './attempt.ts'
import type { Bar } from './bar.ts'
import { secondsLeft } from './deadline.ts'

/** After zero the learner's last answer may still be on its way. */
export const GRACE_MS = 5000
/** Once the time is up the server is asked more often, but never hammered. */
export const RETRY_MS = { first: 5000, last: 60_000 }

export interface TimerServices {
  ajax: Ajax
  askWorker: AskWorker
  /** Monotonic, in ms. */
  now (): number
  /** Leaves the page; the timer has stopped. */
  leave (reason: string): void
  pollMs: number
}

/** Everything that changes while the clock runs; times on `now()`. */
export interface State {
  status: string
  endsAt: number
  /** The second the bar shows. */
  shown: number
  pollAt: number
  pingAt: number
  retryMs: number
  isPolling: boolean
  isPinging: boolean
  stopped: boolean
  handle: ReturnType<typeof setTimeout> | undefined
}

export interface Run { attempt: TimedAttempt, bar: Bar, services: TimerServices, state: State }

export function createState (attempt: TimedAttempt, endsAt: number, { now, pollMs }: Pick<TimerServices, 'now' | 'pollMs'>): State {
  const started = now()
  return {
    status: attempt.status,
    endsAt,
    shown: secondsLeft(endsAt, started),
    pollAt: Math.min(started + pollMs, endsAt + GRACE_MS),
    // Half an interval off the polls. Whole seconds, so that odd intervals ping as well.
    pingAt: attempt.worker && attempt.pingSeconds ? started + Math.floor(attempt.pingSeconds / 2) * 1000 : Infinity,
    retryMs: RETRY_MS.first,
    isPolling: false,
    isPinging: false,
    stopped: false,
    handle: undefined,
  }
}

export function stop ({ state }: Run): void {
  state.stopped = true
  clearTimeout(state.handle)
}

export function leave (run: Run, reason: string): void {
  stop(run)
  run.services.leave(reason)
}
