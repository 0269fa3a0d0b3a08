/** Where Proctortrack's program on the learner's machine listens; the name leads to the machine itself. */
const DESKTOP_URL = 'https://app.verificient.com:54545'
const TRIES = 5
const LONGEST_PAUSE_MS = 30_000
/** For pages that set no limit. */
const USUAL_LIMIT_MS = 60_000
const END_LIMIT_MS = 30_000

const NOT_THERE = 'Proctortrack does not answer. Please make sure that it is running on this computer.'

export interface DesktopApp {
  /** Resolves once the program says that it proctors; rejects, within the time limit, with what is wrong. */
  assertProctoring (limitMs?: number): Promise<void>
  /** Tells it that the exam is over; it then uploads and closes. */
  close (limitMs?: number): Promise<void>
}

/** The protocol of the desktop program. Whatever it does, the page gets an answer in time (Q79). */
export function createDesktopApp (baseUrl = DESKTOP_URL): DesktopApp {
  return {
    async assertProctoring (limitMs = USUAL_LIMIT_MS) {
      const signal = AbortSignal.timeout(limitMs)
      const pauseMs = Math.min(LONGEST_PAUSE_MS, limitMs / TRIES)
      const response = await askUntilAnswered(`${baseUrl}/proxy_server/app/proctoring_started/`, signal, pauseMs)
      const { proctoring } = await readObject(response)
      if (!proctoring) throw new Error('Proctortrack is running, but it is not proctoring. Please start it again from its own window.')
    },
    async close (limitMs = END_LIMIT_MS) {
      const response = await fetch(`${baseUrl}/proxy_server/app/close_proctoring`, { signal: AbortSignal.timeout(limitMs) }).catch(() => null)
      if (!response?.ok) throw new Error(response ? `Proctortrack could not be closed (${response.status}).` : NOT_THERE)
    },
  }
}

/** The program may still be starting: it is asked again while there is time. */
async function askUntilAnswered (url: string, signal: AbortSignal, pauseMs: number): Promise<Response> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    const response = await fetch(url, { signal }).catch(() => null)
    if (response?.ok) return response
    if (attempt === TRIES) break
    await pause(pauseMs, signal)
  }
  throw new Error(NOT_THERE)
}

async function readObject (response: Response): Promise<{ proctoring?: unknown }> {
  const answer: unknown = await response.json().catch(() => null)
  if (typeof answer !== 'object' || answer === null) throw new Error('Proctortrack answered something that cannot be read. Please start it again.')
  return answer
}

/** Ends early when the time is over. */
function pause (ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve() }, { once: true })
  })
}
