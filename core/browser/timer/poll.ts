import { AjaxError, readStatus } from '../ajax.ts'
import { END_LIMIT_MS } from '../limits.ts'
import { isRecord } from '../messages.ts'
import { isRunning } from './attempt.ts'
import { deadlineFrom } from './deadline.ts'
import { GRACE_MS, leave, RETRY_MS, stop, type Run, type State, type TimerServices } from './state.ts'

/** Asks the server how the attempt stands. At most one question at a time. */
export async function poll (run: Run): Promise<void> {
  const { attempt, services, state } = run
  const sentAt = services.now()
  state.isPolling = true
  try {
    const answer = await services.ajax.get(`${attempt.pollPath}?sourceid=in_exam&proctored=${attempt.isProctored}`)
    if (!state.stopped) take(run, answer, sentAt)
  } catch (error) {
    // Anything but a refusal is a bad moment of the network or the service, and the clock goes on.
    if (error instanceof AjaxError && error.status === 403) leave(run, 'forbidden')
  }
  state.isPolling = false
  if (!state.stopped) schedulePoll(state, services)
}

/** What the server says is the truth: about the status, and about the time, which staff may have changed. */
function take (run: Run, answer: unknown, sentAt: number): void {
  const { state, services } = run
  const status = readStatus(answer)
  if (!isRunning(status)) {
    if (status === 'submitted') handIn(run)
    else leave(run, status)
    return
  }
  state.status = status
  if (isRecord(answer) && typeof answer.time_remaining_seconds === 'number') {
    state.endsAt = deadlineFrom(answer.time_remaining_seconds, sentAt, services.now())
  }
}

/** The server has the exam; the provider is told, and its silence does not keep the learner here. */
async function handIn (run: Run): Promise<void> {
  const { attempt: { worker }, services } = run
  stop(run)
  if (worker) await services.askWorker(worker, 'end', { limitMs: END_LIMIT_MS }).catch((error: unknown) => console.warn('invigil:', error))
  services.leave('submitted')
}

/** Regularly while time is left, once more when the grace is over, then with growing pauses until the server has it. */
export function schedulePoll (state: State, { now, pollMs }: Pick<TimerServices, 'now' | 'pollMs'>): void {
  const at = now()
  const isOver = at >= state.endsAt + GRACE_MS
  state.pollAt = isOver ? at + state.retryMs : Math.min(at + pollMs, state.endsAt + GRACE_MS)
  state.retryMs = isOver ? Math.min(state.retryMs * 2, RETRY_MS.last) : RETRY_MS.first
}
