import type { WorkerFacts } from './ask-worker.ts'
import type { Ajax } from './ajax.ts'
import { isRecord } from './messages.ts'

/** Where a control's page root keeps what all its controls share. */
export const PAGE = '.exam-page'

/** A value of the control itself, else of its page. */
export function factOf (control: HTMLElement, name: string): string | undefined {
  const own = control.dataset[name]
  return own || control.closest<HTMLElement>(PAGE)?.dataset[name] || undefined
}

/** As `factOf`, for what the markup must have. */
export function neededFact (control: HTMLElement, name: string): string {
  const value = factOf(control, name)
  if (value === undefined) throw new Error(`The control "${control.dataset.action ?? control.className}" lacks data-${toKebab(name)}, on itself and on ${PAGE}.`)
  return value
}

/** The provider's script, when the page has one and the browser can run it. */
export function workerOf (control: HTMLElement, ajax: Ajax): WorkerFacts | null {
  const url = factOf(control, 'workerUrl')
  if (url === undefined || typeof Worker === 'undefined') return null
  return { url: ajax.resolve(url), attemptExternalId: factOf(control, 'attemptExternalId'), options: parseOptions(factOf(control, 'workerConfig')) }
}

/** Whole seconds, or undefined when the page names none. */
export function pingIntervalOf (control: HTMLElement): number | undefined {
  const seconds = Number(factOf(control, 'pingInterval'))
  return seconds > 0 ? seconds : undefined
}

export function parseOptions (text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined
  const value: unknown = JSON.parse(text)
  return isRecord(value) ? value : undefined
}

const toKebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
