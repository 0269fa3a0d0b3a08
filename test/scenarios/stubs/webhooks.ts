import { createHmac } from 'node:crypto'
import { isObject, parseJson, type JsonObject } from '../json.ts'
import { startServer, type Received, type Reply } from './server.ts'

const SIGNAL_TYPE = 'invigil.attempt.status'
const ANALYTICS_TYPE = /^edx\.special_exam\./

export interface WebhookSink {
  readonly url: string
  readonly secret: string
  /** Analytics events as `{name, context, payload}`. */
  takeEvents (): JsonObject[]
  takeSignals (): unknown[]
  /** What was delivered but refused, and why: a wrong signature must not pass unnoticed. */
  takeFaults (): string[]
  /** While true, analytics events are refused with 500: signals have a way of their own. */
  setBroken (broken: boolean): void
  reset (): void
  close (): Promise<void>
}

/** Receives CloudEvents over Standard Webhooks. A delivery that comes again under the same id counts once. */
export async function startWebhooks (): Promise<WebhookSink> {
  const key = Buffer.from('a-secret-known-to-both-sides-123')
  let events: JsonObject[] = []
  let signals: unknown[] = []
  let faults: string[] = []
  let isBroken = false
  const seen = new Set<string>()

  const answer = (request: Received): Reply => {
    const id = String(request.headers['webhook-id'] ?? '')
    const event = parseJson(request.body)?.value
    if (isBroken && isObject(event) && ANALYTICS_TYPE.test(String(event.type))) return { status: 500, text: '' }
    const fault = signatureFault(request, id, key) ?? eventFault(event)
    if (fault !== null || !isObject(event)) {
      faults.push(fault ?? 'the body is no object')
      return { status: 400, text: fault ?? '' }
    }
    if (seen.has(id)) return { status: 200, text: '' }
    seen.add(id)
    if (event.type === SIGNAL_TYPE) signals.push(event.data)
    else if (ANALYTICS_TYPE.test(String(event.type))) events.push({ name: event.type, ...(isObject(event.data) && event.data) })
    return { status: 200, text: '' }
  }

  const server = await startServer(answer)
  return {
    url: `${server.origin}/events`,
    secret: `whsec_${key.toString('base64')}`,
    takeEvents: () => events.splice(0),
    takeSignals: () => signals.splice(0),
    takeFaults: () => faults.splice(0),
    setBroken (broken) { isBroken = broken },
    reset () {
      events = []
      signals = []
      faults = []
      isBroken = false
      seen.clear()
    },
    close: server.close,
  }
}

function signatureFault ({ headers, body }: Received, id: string, key: Buffer): string | null {
  const signed = `${id}.${String(headers['webhook-timestamp'])}.${body}`
  const right = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  const given = String(headers['webhook-signature'] ?? '').split(' ')
  return id !== '' && given.includes(right) ? null : 'a webhook came without a valid signature'
}

function eventFault (event: unknown): string | null {
  if (!isObject(event)) return 'a webhook came whose body is no JSON object'
  const missing = ['specversion', 'id', 'source', 'type'].find(key => typeof event[key] !== 'string')
  return missing === undefined ? null : `a webhook came whose body is no CloudEvent: "${missing}" is missing`
}
