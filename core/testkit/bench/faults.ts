import { unreachable } from './unreachable.ts'

export interface Disturbance {
  readonly request: Request
  /** The caller's own: that of the request follows it only while somebody holds the request. */
  readonly signal: AbortSignal | null
  /** Counts from 1. */
  readonly nth: number
  /** The vendor as it would answer. */
  reach (request: Request): Promise<Response>
}

/** One way in which a vendor, or the network before it, goes wrong. */
export interface Fault {
  readonly id: string
  /** What the vendor does, after "the vendor". */
  readonly does: string
  answer (disturbance: Disturbance): Promise<Response>
  /** registerAttempt must not answer a registration: refuses = with `refuse()` and a 4xx; throws = in any way; any = the answer decides. */
  readonly registration: 'refuses' | 'throws' | 'any'
  /** Effects must throw, so that the host repeats them later; any = that is left to the provider. */
  readonly effects: 'throws' | 'any'
  /** removeAttempt must answer true: what is gone need not be removed. */
  readonly removal?: 'true'
  /** The call must end at its deadline. */
  readonly endless?: true
}

const status = (code: number, headers: Record<string, string> = {}) => async () => Response.json({ error: `answered ${code}` }, { status: code, headers })
const body = (text: string | ReadableStream, type = 'application/json') => async () => new Response(text, { headers: { 'content-type': type } })
const never = () => new Promise<Response>(() => {})

const HTML = '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>'
const HUGE_BYTES = 16 * 1024 * 1024

export const FAULTS: readonly Fault[] = [
  { id: 'silent', does: 'never answers', answer: never, registration: 'throws', effects: 'throws', endless: true },
  { id: 'stalled', does: 'sends headers and then nothing', answer: async ({ signal }) => stalled(signal), registration: 'throws', effects: 'throws', endless: true },
  { id: 'refused', does: 'cannot be reached', answer: async () => { throw unreachable('ECONNREFUSED', 'connect ECONNREFUSED') }, registration: 'throws', effects: 'throws' },
  { id: 'cut', does: 'breaks off in the middle of an answer', answer: async () => cutOff(), registration: 'throws', effects: 'throws' },
  { id: '500', does: 'answers 500', answer: status(500), registration: 'throws', effects: 'throws' },
  { id: '503', does: 'answers 503', answer: status(503, { 'retry-after': '30' }), registration: 'throws', effects: 'throws' },
  { id: '429', does: 'answers 429 (too many requests)', answer: status(429, { 'retry-after': '30' }), registration: 'throws', effects: 'throws' },
  { id: 'expired', does: 'answers 401 once (a token has expired)', answer: async ({ request, nth, reach }) => nth === 1 ? status(401)() : reach(request), registration: 'any', effects: 'any' },
  { id: '401', does: 'answers 401 to everything', answer: status(401), registration: 'throws', effects: 'throws' },
  { id: '403', does: 'refuses with 403', answer: status(403), registration: 'refuses', effects: 'any' },
  { id: '404', does: 'knows nothing of it (404)', answer: status(404), registration: 'refuses', effects: 'any', removal: 'true' },
  { id: '410', does: 'says it is gone (410)', answer: status(410), registration: 'refuses', effects: 'any', removal: 'true' },
  { id: '201', does: 'answers 201 where 200 is usual', answer: async ({ request, reach }) => withStatus(await reach(request), 201), registration: 'any', effects: 'any' },
  { id: 'html', does: 'answers a page of HTML', answer: body(HTML, 'text/html'), registration: 'throws', effects: 'any' },
  { id: 'empty', does: 'answers 200 and nothing', answer: body(''), registration: 'throws', effects: 'any' },
  { id: 'no-id', does: 'answers 200 without an id', answer: body('{}'), registration: 'throws', effects: 'any' },
  { id: 'null', does: 'answers the JSON null', answer: body('null'), registration: 'throws', effects: 'any' },
  { id: 'list', does: 'answers a JSON list', answer: body('[1, "two", null]'), registration: 'throws', effects: 'any' },
  { id: 'other-types', does: 'answers numbers for texts and texts for numbers', answer: async ({ request, reach }) => swapTypes(await reach(request)), registration: 'any', effects: 'any' },
  { id: 'huge', does: 'answers 16 MB', answer: async () => body(hugeText())(), registration: 'throws', effects: 'any' },
  { id: 'twice', does: 'gets every request twice (a proxy repeats it)', answer: async ({ request, reach }) => reach(request.clone()).then(() => reach(request)), registration: 'any', effects: 'any' },
]

/** As the network behaves: an abort of the request ends the body too. */
function stalled (signal: AbortSignal | null): Response {
  return new Response(new ReadableStream({
    start (controller) {
      signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    },
  }), { headers: { 'content-type': 'application/json' } })
}

function cutOff (): Response {
  const text = new TextEncoder().encode('{"id": "half-an')
  return new Response(new ReadableStream({
    pull (controller) {
      controller.enqueue(text)
      controller.error(unreachable('UND_ERR_SOCKET', 'other side closed'))
    },
  }), { headers: { 'content-type': 'application/json' } })
}

function hugeText (): ReadableStream {
  const chunk = new TextEncoder().encode('x'.repeat(1024 * 1024))
  let sent = 0
  return new ReadableStream({
    pull (controller) {
      controller.enqueue(chunk)
      sent += chunk.length
      if (sent >= HUGE_BYTES) controller.close()
    },
  })
}

async function withStatus (response: Response, code: number): Promise<Response> {
  return response.ok ? new Response(await response.text(), { status: code, headers: response.headers }) : response
}

async function swapTypes (response: Response): Promise<Response> {
  const text = await response.text()
  try {
    const swapped: unknown = JSON.parse(text, (_key, value: unknown) => typeof value === 'string' ? value.length : typeof value === 'number' ? String(value) : value)
    return Response.json(swapped, { status: response.status })
  } catch {
    return new Response(text, { status: response.status, headers: response.headers })
  }
}
