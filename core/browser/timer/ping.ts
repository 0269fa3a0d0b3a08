import { pingLimits } from '../limits.ts'
import { isRecord } from '../messages.ts'
import { nextDue } from './deadline.ts'
import { leave, type Run } from './state.ts'

/** Asks the provider's script whether the proctoring application is still there. Not while the learner is about to hand in. */
export async function ping (run: Run): Promise<void> {
  const { attempt: { worker, pingSeconds }, services, state } = run
  if (!worker || !pingSeconds) return
  state.pingAt = nextDue(state.pingAt, pingSeconds * 1000, services.now())
  if (state.status === 'ready_to_submit') return
  state.isPinging = true
  const failure: unknown = await services.askWorker(worker, 'ping', pingLimits(pingSeconds)).then(() => null, error => error)
  state.isPinging = false
  if (failure !== null && !state.stopped) await report(run, failure)
}

/** The server decides whether a silent application ends the attempt; a false id means that it tolerates it. */
async function report (run: Run, failure: unknown): Promise<void> {
  const detail = failure instanceof Error ? failure.message : String(failure)
  const answer = await run.services.ajax.send('PUT', run.attempt.pollPath, { action: 'error', detail }).catch(() => null)
  if (isRecord(answer) && answer.exam_attempt_id && !run.state.stopped) leave(run, 'error')
}
