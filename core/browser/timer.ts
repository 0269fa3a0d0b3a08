/** Entry: shows the clock of a running exam on any page of the host that has a place for it. */
import { AjaxError, createAjax, type Ajax } from './ajax.ts'
import { askWorker } from './ask-worker.ts'
import { showMessage } from './dialog.ts'
import { goTo, reloadPage, setLeaveWarning } from './leaving.ts'
import { mountOnce } from './mount-once.ts'
import { parseOptions } from './page-facts.ts'
import { serviceRoot } from './service-root.ts'
import { needsLeaveWarning, readAttempt, type TimedAttempt } from './timer/attempt.ts'
import { createBar } from './timer/bar.ts'
import { deadlineFrom } from './timer/deadline.ts'
import { runTimer, type Timer } from './timer/run.ts'

const PLACE = '[data-invigil-timer], .proctored_exam_status'
const ATTEMPT_PATH = '/api/edx_proctoring/v1/proctored_exam/attempt'
const POLL_SECONDS = 60
const LOAD_RETRY_MS = 5000

const now = () => performance.now()

async function mountTimer (host: HTMLElement, ajax: Ajax): Promise<void> {
  const loaded = await load(ajax)
  if (!loaded) return
  const attempt = completeWorker(loaded.attempt, host, ajax)
  const bar = createBar(host, attempt, { onEnd: button => endExam(button, attempt, ajax), onAskTime: () => bar.sayTime(timer.secondsLeft()) })
  setLeaveWarning(needsLeaveWarning(attempt, window.location.href))
  const pollMs = (Number(host.dataset.pollInterval) || POLL_SECONDS) * 1000
  const timer = runTimer(attempt, loaded.endsAt, bar, { ajax, askWorker, now, leave: reloadPage, pollMs })
  listenToPage(timer, () => bar.sayTime(timer.secondsLeft()))
}

/** Without an answer the learner would work without a clock, so it is asked again until there is one. */
async function load (ajax: Ajax): Promise<{ attempt: TimedAttempt, endsAt: number } | null> {
  while (true) {
    const sentAt = now()
    try {
      const attempt = readAttempt(await ajax.get(ATTEMPT_PATH))
      return attempt && { attempt, endsAt: deadlineFrom(attempt.remainingSeconds, sentAt, now()) }
    } catch (error) {
      if (error instanceof AjaxError && error.status >= 400 && error.status < 500) return null
      await new Promise(resolve => setTimeout(resolve, LOAD_RETRY_MS))
    }
  }
}

/** A worker has no address of its own to resolve the script's against. */
function completeWorker (attempt: TimedAttempt, host: HTMLElement, ajax: Ajax): TimedAttempt {
  const { worker } = attempt
  return worker ? { ...attempt, worker: { ...worker, url: ajax.resolve(worker.url), options: parseOptions(host.dataset.workerConfig) } } : attempt
}

async function endExam (button: HTMLButtonElement, attempt: TimedAttempt, ajax: Ajax): Promise<void> {
  button.disabled = true
  try {
    await ajax.send('PUT', attempt.pollPath, { action: 'stop' })
    goTo(attempt.examUrl)
  } catch (error) {
    console.warn('invigil:', error)
    button.disabled = false
    showMessage('end-failed', button)
  }
}

/** Alt+T asks for the time. A page that was asleep or offline may be wrong about it and asks the server. */
function listenToPage (timer: Timer, sayTime: () => void): void {
  document.addEventListener('keydown', event => {
    if (event.code !== 'KeyT' || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    sayTime()
  })
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') timer.refresh() })
  window.addEventListener('online', () => timer.refresh())
}

const root = serviceRoot(document)
mountOnce('timer', () => {
  const host = document.querySelector<HTMLElement>(PLACE)
  if (host) mountTimer(host, createAjax(root))
})
