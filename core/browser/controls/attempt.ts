import { confirmWith, showMessage } from '../dialog.ts'
import { setLeaveWarning } from '../leaving.ts'
import { END_LIMIT_MS, startLimits } from '../limits.ts'
import { factOf, neededFact, pingIntervalOf, workerOf } from '../page-facts.ts'
import type { Control, Outcome, Services } from './control.ts'

const change = (button: HTMLButtonElement, { ajax }: Services, action: string) =>
  ajax.send('PUT', neededFact(button, 'changeStateUrl'), { action })

/** The provider is asked before our server: a refusal must leave the exam unstarted. */
async function start (button: HTMLButtonElement, services: Services): Promise<Outcome> {
  const worker = workerOf(button, services.ajax)
  if (worker) await services.askWorker(worker, 'start', startLimits(pingIntervalOf(button)))
  await change(button, services, 'start')
  return 'reload'
}

/** Our server is told before the provider: what the learner handed in must not wait for a vendor. */
async function submit (button: HTMLButtonElement, services: Services): Promise<Outcome> {
  setLeaveWarning(false)
  await change(button, services, 'submit')
  const worker = workerOf(button, services.ajax)
  if (worker) await services.askWorker(worker, 'end', { limitMs: END_LIMIT_MS }).catch(() => showMessage('end-failed', button))
  return 'reload'
}

/** The word of the button is the action: start (continue working), stop, reset_attempt, decline. */
async function changeState (button: HTMLButtonElement, services: Services): Promise<Outcome> {
  const dialog = button.dataset.confirmDialog
  if (dialog && !await confirmWith(dialog)) return 'stay'
  setLeaveWarning(false)
  await change(button, services, neededFact(button, 'action'))
  return 'reload'
}

function enableReset (button: HTMLButtonElement): Outcome {
  const target = document.getElementById(neededFact(button, 'enables'))
  if (target instanceof HTMLButtonElement) {
    target.disabled = false
    target.focus()
  }
  return 'stay'
}

async function viewContent (button: HTMLButtonElement, { ajax }: Services): Promise<Outcome> {
  await ajax.send('PUT', neededFact(button, 'actionUrl'), {})
  return 'reload'
}

const explainStart = (button: HTMLButtonElement) => showMessage(factOf(button, 'workerUrl') ? 'start-failed-worker' : 'start-failed', button)
const explainEnd = (button: HTMLButtonElement) => showMessage('end-failed', button)
const explain = (button: HTMLButtonElement) => showMessage('request-failed', button)

export const ATTEMPT_CONTROLS: Control[] = [
  { selector: '.proctored-enter-exam', run: start, explain: explainStart },
  { selector: '.exam-action-button[data-action="submit"]', run: submit, explain: explainEnd },
  { selector: '.exam-action-button[data-action="stop"]', run: changeState, explain: explainEnd },
  { selector: '.exam-action-button', run: changeState, explain },
  { selector: '.exam-action-confirm', run: enableReset, explain },
  { selector: '.visit-exam-button', run: viewContent, explain },
]
