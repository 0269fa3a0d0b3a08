import { isRecord } from './messages.ts'

/** An answer that is not 2xx. `status` 0 = no answer at all. */
export class AjaxError extends Error {
  readonly status: number
  constructor (status: number, message: string) {
    super(message)
    this.name = 'AjaxError'
    this.status = status
  }
}

export interface Ajax {
  get (path: string): Promise<unknown>
  send (method: 'POST' | 'PUT' | 'DELETE', path: string, fields: Record<string, string>): Promise<unknown>
  /** The absolute address of a path of the service. */
  resolve (path: string): string
}

/** Requests to the service at `root`, with the person's cookies and the token that unsafe requests need. */
export function createAjax (root: string): Ajax {
  const tokens = new Map<string, string>()
  const resolve = (path: string) => new URL(path, root).href
  return {
    resolve,
    get: async path => readBody(await request(resolve(path), { method: 'GET' })),
    send: async (method, path, fields) => {
      const url = resolve(path)
      return readBody(await sendWithToken(url, { method, body: new URLSearchParams(fields) }, tokens))
    },
  }
}

/** A remembered token may have been renewed meanwhile: a refusal is tried once more if, and only if, there is a new one. */
async function sendWithToken (url: string, init: RequestInit, tokens: Map<string, string>): Promise<Response> {
  const { origin } = new URL(url)
  const remembered = tokens.get(origin)
  const token = remembered ?? await fetchToken(origin, tokens)
  const response = await request(url, { ...init, headers: { 'X-CSRFToken': token } })
  if (response.status !== 403 || remembered === undefined) return response
  const renewed = await fetchToken(origin, tokens)
  return renewed === remembered ? response : request(url, { ...init, headers: { 'X-CSRFToken': renewed } })
}

async function fetchToken (origin: string, tokens: Map<string, string>): Promise<string> {
  const body = await readBody(await request(`${origin}/csrf/api/v1/token`, { method: 'GET' }))
  const token = isRecord(body) && typeof body.csrfToken === 'string' ? body.csrfToken : ''
  tokens.set(origin, token)
  return token
}

function request (url: string, init: RequestInit): Promise<Response> {
  const headers = { Accept: 'application/json', 'USE-JWT-COOKIE': 'true', ...init.headers }
  return fetch(url, { ...init, headers, credentials: 'include', cache: 'no-store' })
    .catch(error => { throw new AjaxError(0, error instanceof Error ? error.message : String(error)) })
}

/** Some successes have no body at all; only what says it is JSON is read as JSON. */
async function readBody (response: Response): Promise<unknown> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const body: unknown = isJson ? await response.json().catch(() => null) : null
  if (response.ok) return body
  const detail = isRecord(body) && typeof body.detail === 'string' ? body.detail : response.statusText
  throw new AjaxError(response.status, detail)
}

/** The status in a poll's answer: `status` of the stored attempt, `attempt_status` of the newer API. */
export function readStatus (body: unknown): string {
  const status = isRecord(body) ? body.status ?? body.attempt_status : undefined
  if (typeof status !== 'string' || status === '') throw new AjaxError(200, 'The answer does not say the status of the attempt.')
  return status
}
