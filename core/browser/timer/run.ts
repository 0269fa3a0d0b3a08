import type { TimedAttempt } from './attempt.ts'
import type { Bar } from './bar.ts'
import { levelOf, passedMark, secondsLeft, untilNextSecond } from './deadline.ts'
import { ping } from './ping.ts'
import { poll } from './poll.ts'
import { createState, stop, type Run, type TimerServices } from './state.ts'

export interface Timer {
  secondsLeft (): number
  /** Asks the server now, e.g. when the computer woke up. */
  refresh (): void
  stop (): void
}

/** Starts the one clock of the page. `endsAt` is the deadline on `services.now()`. */
export function runTimer (attempt: TimedAttempt, endsAt: number, bar: Bar, services: TimerServices): Timer {
  const run: Run = { attempt, bar, services, state: createState(attempt, endsAt, services) }
  bar.sayTime(run.state.shown)
  tick(run)
  return {
    secondsLeft: () => secondsLeft(run.state.endsAt, services.now()),
    refresh () { run.state.pollAt = services.now(); tick(run) },
    stop: () => stop(run),
  }
}

/** The next tick is set anew each time: ticks that come late, or are called for in between, never add up. */
function tick (run: Run): void {
  const { state, services } = run
  if (state.stopped) return
  clearTimeout(state.handle)
  const now = services.now()
  show(run, secondsLeft(state.endsAt, now))
  if (now >= state.pollAt && !state.isPolling) poll(run)
  if (now >= state.pingAt && !state.isPinging) ping(run)
  state.handle = setTimeout(() => tick(run), untilNextSecond(state.endsAt, now))
}

function show ({ bar, attempt, state }: Run, seconds: number): void {
  bar.showTime(seconds, levelOf(seconds, attempt))
  if (seconds > 0 && passedMark(state.shown, seconds) !== null) bar.sayTime(seconds)
  if (seconds <= 0 && state.shown > 0) bar.sayUp()
  state.shown = seconds
}
