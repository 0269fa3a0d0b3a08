import { languageOf } from './texts.ts'

/** Rewrites dates that the server could only give in UTC in the reader's own zone and language. */
export function showLocalDates (root: ParentNode = document): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time.exam-wait-deadline[datetime]')) {
    const date = new Date(time.dateTime)
    if (!Number.isNaN(date.getTime())) time.textContent = formatLocal(date, time)
  }
}

function formatLocal (date: Date, near: Element): string {
  return new Intl.DateTimeFormat(languageOf(near), { dateStyle: 'medium', timeStyle: 'short' }).format(date)
}
