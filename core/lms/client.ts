import { Agent, fetch, type Response } from 'undici'
import { INV_LMS_BAD_ANSWER, INV_LMS_FAILED, INV_LMS_REFUSED, INV_LMS_TIMEOUT, INV_LMS_UNAVAILABLE } from '../errors.ts'
import { isLmsRefusal } from './refusal.ts'

export interface LmsClientOptions {
  /** Root of the service calls, with or without a final slash. */
  servicesUrl: string
  token: string | null
  log: { warn (fields: object, message: string): void }
}

interface Call { service: string, method: string, args: Record<string, unknown> }
interface PostOptions {
  deadlineMs: number
  /** A query may be sent again on a fresh connection when a kept one turns out to be closed. */
  isQuery: boolean
  idempotencyKey?: string | null
  requestId?: string | null
  signal?: AbortSignal | undefined
}

export interface LmsClient {
  /** The platform's answer, or null when it has no such service or method. */
  post (call: Call, options: PostOptions): Promise<{ result: unknown } | null>
  close (): Promise<void>
}

const CONNECTIONS = 32
const LOST_CONNECTION = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** One connection pool to the platform's service calls, and what its answers mean. */
export function createLmsClient ({ servicesUrl, token, log }: LmsClientOptions): LmsClient {
  const agent = new Agent({ connections: CONNECTIONS, keepAliveTimeout: 4_000 })
  const root = servicesUrl.replace(/\/+$/, '')
  const absent = new Set<string>()
  return {
    async post ({ service, method, args }, options) {
      const name = `${service}.${method}`
      const request = () => fetch(`${root}/${service}/${method}`, {
        method: 'POST',
        dispatcher: agent,
        redirect: 'manual',
        headers: headersFor(token, options),
        body: JSON.stringify(args),
        signal: AbortSignal.any([AbortSignal.timeout(options.deadlineMs), ...(options.signal ? [options.signal] : [])]),
      })
      const { status, text } = await exchange(name, request, options)
      const answer = readReply(name, status, text)
      if (answer === null && !absent.has(name)) {
        absent.add(name)
        log.warn({ service, method, servicesUrl: root }, 'the learning platform has no such service or method (404); its absence is taken as intended')
      }
      return answer
    },
    close: () => agent.close(),
  }
}

function headersFor (token: string | null, { idempotencyKey, requestId }: PostOptions): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(requestId ? { 'x-request-id': requestId } : {}),
  }
}

async function exchange (name: string, request: () => Promise<Response>, { isQuery, deadlineMs }: PostOptions) {
  const attempt = async () => {
    const response = await request()
    return { status: response.status, text: await response.text() }
  }
  try {
    return await attempt().catch(error => {
      if (isQuery && LOST_CONNECTION.has(causeCode(error))) return attempt()
      throw error
    })
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw new INV_LMS_TIMEOUT(name, deadlineMs, { cause: error })
    throw new INV_LMS_UNAVAILABLE(name, causeCode(error) || String(error), { cause: error })
  }
}

function causeCode (error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}

function readReply (name: string, status: number, text: string): { result: unknown } | null {
  const body = parseObject(text)
  const reason = body && 'error' in body ? body.error : undefined
  if (isLmsRefusal(reason)) throw Object.assign(new INV_LMS_REFUSED(name, reason), { reason })
  if (status === 404) return null
  if (status !== 200) throw Object.assign(new INV_LMS_FAILED(name, status), { platformStatus: status })
  if (!body || !('result' in body)) throw new INV_LMS_BAD_ANSWER(name, body ? 'an object without "result"' : 'something that is no JSON object', '{"result": ...}')
  return { result: body.result }
}

function parseObject (text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
