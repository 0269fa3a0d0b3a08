import { timingSafeEqual } from 'node:crypto'
import { signWebhook } from '../effects/webhook-signature.ts'
import type { InvigilEvent } from './events.ts'

export interface WebhookDelivery {
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** Byte for byte as it came: a body that was parsed and written again is another one. */
  body: string | Uint8Array
  /** As configured in `webhooks`. Several while it is being changed. */
  secret: string | readonly string[]
  /** Seconds that the delivery may be old, or early. */
  tolerance?: number
  now?: Date
}

export type WebhookFault = 'headers' | 'timestamp' | 'signature' | 'body'

/** Not from the service, or not from now: answer 401 and do nothing. */
export class InvalidWebhookError extends Error {
  override readonly name = 'InvalidWebhookError'
  readonly fault: WebhookFault

  constructor (fault: WebhookFault, message: string) {
    super(message)
    this.fault = fault
  }
}

const TOLERANCE_SECONDS = 300
const MAX_SIGNATURES = 10
const TYPES = /^(?:invigil\.|edx\.special_exam\.|org\.openedx\.learning\.exam\.attempt\.)/

/**
 * The event of a webhook, when the service has signed it just now. A delivery that was not answered comes again under the same `event.id`.
 * @throws InvalidWebhookError
 */
export function verifyWebhook ({ headers, body, secret, tolerance = TOLERANCE_SECONDS, now = new Date() }: WebhookDelivery): InvigilEvent {
  const id = readHeader(headers, 'webhook-id')
  const timestamp = readTimestamp(readHeader(headers, 'webhook-timestamp'))
  const signatures = readHeader(headers, 'webhook-signature').split(' ').slice(0, MAX_SIGNATURES)
  const age = now.getTime() / 1000 - timestamp
  if (Math.abs(age) > tolerance) throw new InvalidWebhookError('timestamp', `Expected a webhook of the last ${tolerance} s, found one signed ${Math.round(age)} s ago. Is this clock right?`)
  const text = typeof body === 'string' ? body : decode(body)
  const expected = [secret].flat().map(one => signWebhook({ id, timestamp, body: text, secret: one })['webhook-signature'] ?? '')
  if (!isAnyOf(expected, signatures)) throw new InvalidWebhookError('signature', 'The webhook\'s signature does not fit its body. Is the secret that of the service\'s configuration, and is the body as it came?')
  return readEvent(text)
}

function readHeader (headers: WebhookDelivery['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  if (typeof value !== 'string' || value === '') throw new InvalidWebhookError('headers', `Expected the header ${name}, found none.`)
  return value
}

function readTimestamp (text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidWebhookError('headers', 'Expected webhook-timestamp to be seconds since 1970.')
  return Number(text)
}

function decode (body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw new InvalidWebhookError('body', 'Expected the body to be UTF-8.')
  }
}

/** Compares every pair in the same time, whatever they hold. */
function isAnyOf (expected: readonly string[], given: readonly string[]): boolean {
  const pairs = expected.flatMap(one => given.map(other => isSame(Buffer.from(one), Buffer.from(other))))
  return pairs.includes(true)
}

const isSame = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other)

function readEvent (text: string): InvigilEvent {
  const event = parse(text)
  if (typeof event !== 'object' || event === null || !('type' in event) || typeof event.type !== 'string' || !TYPES.test(event.type) || !('data' in event)) {
    throw new InvalidWebhookError('body', 'Expected the body to be an event of the service.')
  }
  // who signed it is the one who defines its shape
  return event as InvigilEvent
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidWebhookError('body', 'Expected the body to be JSON.')
  }
}
