import { setTimeout as sleep } from 'node:timers/promises'
import { InvigilError } from './error.ts'

/** As much of `fetch` as is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface TransportOptions {
  fetch: Fetch
  /** How often a request that changes nothing is asked again. */
  retries: number
  /** Time for the whole request, with its retries. */
  timeoutMs: number
}

const FIRST_PAUSE_MS = 200
/** The service or what stands before it restarts. */
const PASSING = [502, 503, 504]
const READS = ['GET', 'HEAD']

export interface Transport {
  /** Asks; what only reads is asked again when the service is away for a moment. */
  send (request: Request): Promise<Response>
  /** For requests that may be repeated though their method does not say so. */
  sendRepeatable (request: Request): Promise<Response>
}

export function createTransport (options: TransportOptions): Transport {
  return {
    send: request => sendWithin(options, request, READS.includes(request.method) ? options.retries : 0),
    sendRepeatable: request => sendWithin(options, request, options.retries),
  }
}

async function sendWithin ({ fetch, timeoutMs }: TransportOptions, request: Request, retries: number): Promise<Response> {
  const limit = AbortSignal.timeout(timeoutMs)
  const signal = AbortSignal.any([limit, request.signal])
  const body = request.body === null ? null : await request.text()
  const ask = () => readWhole(fetch(request.url, { method: request.method, headers: request.headers, body, signal, redirect: 'follow' }))
  try {
    return await repeat(ask, retries, signal)
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason
    throw explainFailure(error, request, limit.aborted ? timeoutMs : null)
  }
}

async function repeat (ask: () => Promise<Response>, retries: number, signal: AbortSignal): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const isLast = tries >= retries
    try {
      const response = await ask()
      if (isLast || !PASSING.includes(response.status)) return response
    } catch (error) {
      if (isLast || signal.aborted) throw error
    }
    await sleep(pauseMs(tries), undefined, { signal })
  }
}

/** Doubles each time; by chance a little shorter, so that many callers do not come back at once. */
const pauseMs = (tries: number): number => FIRST_PAUSE_MS * 2 ** tries * (1 - Math.random() / 2)

/** The body is read here, so that a connection lost on the way counts as a failure like any other. */
async function readWhole (answer: Promise<Response>): Promise<Response> {
  const response = await answer
  const { status, statusText, headers } = response
  const text = await response.text()
  // 204 and 304 must not even have an empty body
  return new Response(text === '' ? null : text, { status, statusText, headers })
}

function explainFailure (error: unknown, { url, headers }: Request, timeoutMs: number | null): InvigilError {
  const requestId = headers.get('x-request-id')
  const { origin } = new URL(url)
  if (timeoutMs !== null) return new InvigilError({ status: 0, code: 'TIMEOUT', detail: `${origin} did not answer within ${timeoutMs} ms.`, requestId }, { cause: error })
  // fetch says only "fetch failed"; the cause says why
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
  return new InvigilError({ status: 0, code: 'UNREACHABLE', detail: `${origin} could not be reached: ${cause}`, requestId }, { cause: error })
}
