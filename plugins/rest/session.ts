import type { CallInfo, FetchLike } from 'invigil/provider'
import type { TokenSource } from './token.ts'

export interface VendorRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  json?: object
  /** Send the languages of the person this is for. */
  localised?: boolean
  /** Lets the vendor recognise a repetition. */
  idempotencyKey?: string | null
}

export interface VendorAnswer {
  status: number
  ok: boolean
  text: string
  /** The body as JSON; undefined when it is none. */
  json: unknown
}

/** The vendor's API, with authentication. */
export interface VendorSession {
  send (request: VendorRequest, call: CallInfo): Promise<VendorAnswer>
}

interface SessionSettings {
  baseUrl: string
  userAgent: string
  fetch: FetchLike
  tokens: TokenSource
}

export function createSession (settings: SessionSettings): VendorSession {
  const { tokens } = settings
  return {
    async send (request, call) {
      const token = await untilAborted(tokens.get(), call.signal)
      const answer = await exchange(settings, request, token, call)
      if (answer.status !== 401) return answer
      // a token may be withdrawn before its time, e.g. when the vendor restarts: ask for another, once
      tokens.forget(token)
      return exchange(settings, request, await untilAborted(tokens.get(), call.signal), call)
    },
  }
}

async function exchange ({ baseUrl, userAgent, fetch }: SessionSettings, request: VendorRequest, token: string, call: CallInfo): Promise<VendorAnswer> {
  try {
    const response = await fetch(baseUrl + request.path, {
      method: request.method,
      headers: { ...headersOf(request, call), authorization: `JWT ${token}`, 'user-agent': userAgent },
      signal: call.signal,
      // on the way to another address a call turns into a GET that changes nothing and is answered well
      redirect: request.method === 'GET' ? 'follow' : 'manual',
      ...(request.json && { body: JSON.stringify(request.json) }),
    })
    const text = await response.text()
    return { status: response.status, ok: response.ok, text, json: parseJson(text) }
  } catch (cause) {
    if (call.signal.aborted) throw call.signal.reason
    throw new Error(`${describe(request)} got no answer from the vendor: ${reasonOf(cause)}`, { cause })
  }
}

function headersOf (request: VendorRequest, call: CallInfo): Record<string, string> {
  return {
    accept: 'application/json',
    ...(request.json && { 'content-type': 'application/json' }),
    ...(request.localised && { 'accept-language': acceptLanguage(call) }),
    ...(request.idempotencyKey && { 'idempotency-key': request.idempotencyKey }),
    ...(call.requestId && { 'x-request-id': call.requestId }),
  }
}

/** `es;en`: not what HTTP means by a list, but what vendors of this protocol have always been sent. */
function acceptLanguage ({ language, defaultLanguage }: CallInfo): string {
  return language === defaultLanguage ? defaultLanguage : `${language};${defaultLanguage}`
}

/** Method and path without the query, which may name people. */
export function describe ({ method, path }: Pick<VendorRequest, 'method' | 'path'>): string {
  return `${method} ${path.split('?')[0]}`
}

export function parseJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What Node says beneath its own "fetch failed". */
function reasonOf (error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? (cause.message || cause.name) : error.message
}

/** Waits for shared work without taking it down when this caller gives up. */
function untilAborted<T> (work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const abort = () => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  return promise
}
