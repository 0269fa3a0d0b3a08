import { showMessage } from '../dialog.ts'
import { neededFact, PAGE } from '../page-facts.ts'
import type { Control, Services } from './control.ts'

/** How each way into an exam asks for an attempt (contract 03 §3). Text, not booleans: older services take nothing else. */
const ENTRIES = {
  enter: { start_clock: 'true' },
  enter_proctored: { attempt_proctored: 'true', start_clock: 'false' },
  confirm_opt_out: { attempt_proctored: 'false', start_clock: 'true' },
} satisfies Record<string, Record<string, string>>

async function createAttempt (button: HTMLButtonElement, { ajax }: Services, fields: Record<string, string>) {
  page(button)?.querySelectorAll<HTMLElement>('.exam-entry-failed').forEach(alert => { alert.hidden = true })
  await ajax.send('POST', neededFact(button, 'ajaxUrl'), { exam_id: neededFact(button, 'examId'), ...fields })
  return 'reload' as const
}

/** Between the entrance and the block that says what taking the exam without proctoring means. */
function swap (button: HTMLButtonElement, optingOut: boolean) {
  const entry = page(button)?.querySelector<HTMLElement>('.exam-entry')
  const decline = page(button)?.querySelector<HTMLElement>('.proctored-decline-exam')
  if (entry) entry.hidden = optingOut
  if (decline) decline.hidden = !optingOut
  const opener = page(button)?.querySelector<HTMLElement>('[data-action="opt_out"]')
  opener?.setAttribute('aria-expanded', String(optingOut))
  if (optingOut) focusHeading(decline)
  else opener?.focus()
  return 'stay' as const
}

/** A heading takes no focus by itself, and a screen reader must be told where it is now. */
function focusHeading (block: HTMLElement | null | undefined) {
  const heading = block?.querySelector<HTMLElement>('h1, h2, h3, h4')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
}

/** The page's own alert lists the likely causes; without one a dialog says that it failed. */
function explain (button: HTMLButtonElement) {
  const alert = page(button)?.querySelector<HTMLElement>('.exam-entry-failed')
  if (!alert) return showMessage('request-failed', button)
  alert.hidden = false
}

const page = (button: HTMLElement) => button.closest<HTMLElement>(PAGE)

export const ENTRY_CONTROLS: Control[] = [
  { selector: '.start-timed-exam[data-action="opt_out"]', run: button => swap(button, true), explain },
  { selector: '.exam-opt-out-cancel', run: button => swap(button, false), explain },
  { selector: '.exam-opt-out-confirm', run: (button, services) => createAttempt(button, services, ENTRIES.confirm_opt_out), explain },
  { selector: '.start-timed-exam[data-attempt-proctored="true"]', run: (button, services) => createAttempt(button, services, ENTRIES.enter_proctored), explain },
  { selector: '.start-timed-exam', run: (button, services) => createAttempt(button, services, ENTRIES.enter), explain },
]
