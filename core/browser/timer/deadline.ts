/**
 * The end of the exam on the page's monotonic clock, in ms. Counting ticks drifts and a wrong wall clock lies;
 * each poll moves the deadline to what the server says.
 */
export function deadlineFrom (remainingSeconds: number, sentAt: number, receivedAt: number): number {
  // The server took its reading somewhere between request and answer: the middle halves the error.
  return (sentAt + receivedAt) / 2 + remainingSeconds * 1000
}

export function secondsLeft (endsAt: number, now: number): number {
  return Math.floor((endsAt - now) / 1000)
}

/** Ms until the shown second changes; a little more, so that it surely has. */
export function untilNextSecond (endsAt: number, now: number): number {
  const rest = (endsAt - now) % 1000
  return (rest < 0 ? rest + 1000 : rest) + 5
}

export type Level = 'normal' | 'low' | 'critical'

export function levelOf (seconds: number, { low, critical }: { low: number, critical: number }): Level {
  if (seconds <= critical) return 'critical'
  return seconds <= low ? 'low' : 'normal'
}

/** Minutes at which the remaining time is said aloud. Few on purpose: a voice every minute drowns the questions. */
const MARKS = [50, 25, 10, 5, 1]

/** The mark that was passed between two readings, or null. A tab that slept past several says only the last. */
export function passedMark (before: number, after: number): number | null {
  return MARKS.findLast(mark => before > mark * 60 && after <= mark * 60) ?? null
}

/** Due times of something regular; an answer that comes late never makes two in a row. */
export function nextDue (dueAt: number, everyMs: number, now: number): number {
  const missed = Math.floor((now - dueAt) / everyMs)
  return dueAt + Math.max(missed + 1, 1) * everyMs
}
