import { make } from '../make.ts'
import { languageOf } from '../texts.ts'
import type { TimedAttempt } from './attempt.ts'
import type { Level } from './deadline.ts'
import { clockText, spokenTime } from './format.ts'
import { timerText } from './texts.ts'

/** What is seen of the timer. The class names are those host pages have styled for years. */
export interface Bar {
  showTime (seconds: number, level: Level): void
  /** Says the remaining time to screen readers, once, politely. */
  sayTime (seconds: number): void
  sayUp (): void
}

export interface BarEvents {
  onEnd (button: HTMLButtonElement): void
  onAskTime (): void
}

const LEVEL_CLASSES: Record<Level, string[]> = { normal: [], low: ['low-time', 'warning'], critical: ['low-time', 'critical'] }
/** A live region that is filled at once after being emptied is not read again. */
const REPEAT_DELAY_MS = 100

export function createBar (host: HTMLElement, attempt: TimedAttempt, events: BarEvents): Bar {
  const clock = make('b', { role: 'timer' })
  const voice = make('div', { className: 'timer-announce', ariaLive: 'polite', ariaAtomic: 'true' })
  const bar = make('section', { className: 'exam-timer', ariaLabel: timerText(host, 'timer-label') })
  bar.append(examText(host, attempt), controls(host, bar, clock, attempt, events), voice)
  host.replaceChildren(bar)
  // The stylesheet keeps to what is inside .invigil.
  host.classList.add('invigil')
  host.hidden = false
  const say = (text: string) => {
    voice.textContent = ''
    setTimeout(() => { voice.textContent = text }, REPEAT_DELAY_MS)
  }
  return {
    showTime (seconds, level) {
      clock.textContent = clockText(seconds)
      for (const name of ['low-time', 'warning', 'critical']) bar.classList.toggle(name, LEVEL_CLASSES[level].includes(name))
    },
    sayTime: seconds => say(remainingText(host, seconds)),
    sayUp: () => say(timerText(host, 'time-up')),
  }
}

export function remainingText (host: Element, seconds: number): string {
  const time = spokenTime(seconds, languageOf(host))
  return time === null ? timerText(host, 'remaining-seconds') : timerText(host, 'remaining', { time })
}

function controls (host: HTMLElement, bar: HTMLElement, clock: HTMLElement, attempt: TimedAttempt, events: BarEvents): HTMLElement {
  const time = make('div', { id: 'time_remaining_id', className: 'exam-timer__time' })
  time.append(make('span', { className: 'exam-timer__label', textContent: timerText(host, 'time-left') }), ' ', clock)
  const ask = button('exam-timer__say', timerText(host, 'say-time'), () => events.onAskTime())
  ask.setAttribute('aria-keyshortcuts', 'Alt+T')
  ask.title = `${ask.textContent} (Alt+T)`
  const row = make('div', { className: 'exam-timer__controls' })
  row.append(time, toggleClock(host, bar), ask)
  if (attempt.status === 'started') {
    const end = button('exam-button-turn-in-exam', timerText(host, 'end-exam'), () => events.onEnd(end))
    row.append(end)
  }
  return row
}

/** Some learners work better without seeing the seconds run. */
function toggleClock (host: HTMLElement, bar: HTMLElement): HTMLElement {
  const toggle = button('exam-timer__toggle', timerText(host, 'hide-timer'), () => {
    const hidden = bar.classList.toggle('timer-hidden')
    toggle.setAttribute('aria-pressed', String(hidden))
  })
  toggle.id = 'toggle_timer'
  // One name, pressed or not: a changing name and a changing state would contradict each other.
  toggle.setAttribute('aria-pressed', 'false')
  return toggle
}

function examText (host: HTMLElement, attempt: TimedAttempt): HTMLElement {
  const text = make('p', { className: 'exam-timer__text js-exam-text' })
  const link = make('a', { href: attempt.examUrl, textContent: attempt.examName })
  const [before = '', after = ''] = timerText(host, 'taking-as', { kind: attempt.examKind }).split('{exam}')
  text.append(before, link, after, ' ')
  const more = make('span', { className: 'js-exam-additional-text', id: 'exam-timer-more' })
  more.textContent = [timerText(host, 'timer-more'), attempt.isProctored ? timerText(host, 'timer-more-proctored') : ''].join(' ').trim()
  text.append(more, ' ', toggleMore(host, more))
  return text
}

/** The long text starts folded on narrow screens, where the questions need the room. */
function toggleMore (host: HTMLElement, more: HTMLElement): HTMLElement {
  const toggle = button('js-toggle-show-more', '', () => show(Boolean(more.hidden)))
  toggle.setAttribute('aria-controls', more.id)
  const show = (open: boolean) => {
    more.hidden = !open
    toggle.setAttribute('aria-expanded', String(open))
    toggle.textContent = timerText(host, open ? 'show-less' : 'show-more')
  }
  show(window.innerWidth >= 992)
  return toggle
}

function button (className: string, textContent: string, onClick: () => void): HTMLButtonElement {
  const made = make('button', { className, textContent, type: 'button' })
  made.addEventListener('click', onClick)
  return made
}
