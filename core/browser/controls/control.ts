import type { Ajax } from '../ajax.ts'
import type { AskWorker } from '../ask-worker.ts'

export interface Services { ajax: Ajax, askWorker: AskWorker }

/** `reload` = show the next page; `stay` = this page goes on and the button works again. */
export type Outcome = 'reload' | 'stay'

export interface Control {
  /** Which buttons it is. */
  selector: string
  run (button: HTMLButtonElement, services: Services): Promise<Outcome> | Outcome
  /** Tells the learner that it did not work. */
  explain (button: HTMLButtonElement): void | Promise<void>
}

/** Says that the work goes on; the answer puts the button back. */
export function showLoading (button: HTMLButtonElement): () => void {
  const label = button.querySelector<HTMLElement>('.exam-button__label') ?? button
  const { textContent: steady } = label
  const hadFocus = button.ownerDocument.activeElement === button
  if (button.dataset.loadingText) label.textContent = button.dataset.loadingText
  button.disabled = true
  button.setAttribute('aria-busy', 'true')
  return () => {
    label.textContent = button.dataset.ctaText ?? steady
    button.disabled = false
    button.removeAttribute('aria-busy')
    // A disabled button loses the focus to nowhere; a control that moved it on purpose keeps it.
    if (hadFocus && button.ownerDocument.activeElement === button.ownerDocument.body) button.focus()
  }
}
