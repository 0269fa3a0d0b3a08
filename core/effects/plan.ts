import { randomUUID } from 'node:crypto'
import type { Effect, EventEffect, ExpiryEffect, SignalEffect } from '../domain/effect.ts'
import { DELIVER_JOB, destinationOf, EXPIRE_JOB, type DeliveryKind } from './kinds.ts'
import { receiversOf, webhookKey, type Webhook } from './webhook-filter.ts'

/** A row of the outbox before it is written; named as its columns. */
export interface NewRow {
  subject: string
  stream: string
  kind: DeliveryKind
  payload: object
  idempotency_key: string
}

/** A wake-up. One with the key of a waiting one replaces it. */
export interface Job {
  identifier: string
  payload: object
  job_key: string
  delay_ms: number
  priority: number
  flags: string[]
}

export interface Plan { rows: NewRow[], jobs: Job[] }

export const STATUS_EVENT = 'invigil.attempt.status'
const LIFECYCLE_PREFIX = 'org.openedx.'

/** Deadlines go before deliveries. */
const EXPIRE_PRIORITY = -10
/** An attempt is over strictly after its deadline, and the database's clock may be a little ahead of ours. */
const EXPIRE_MARGIN_MS = 50

/** What a list of effects asks to be written: rows in the same order, and one wake-up per stream. */
export function planEffects (effects: readonly Effect[], now: Date, webhooks: readonly Webhook[]): Plan {
  const rows = effects.flatMap(effect => planRows(effect, webhooks))
  const streams = [...new Set(rows.map(row => row.stream))]
  const expiries = effects.filter(effect => effect.kind === 'expiry')
  const jobs = [...streams.map(stream => wakeUp(stream)), ...expiries.map(effect => expiryJob(effect, now))]
  return { rows, jobs }
}

export function wakeUp (stream: string, delayMs = 0): Job {
  return {
    identifier: DELIVER_JOB,
    payload: { stream },
    job_key: `deliver:${stream}`,
    delay_ms: Math.max(0, delayMs),
    priority: 0,
    flags: [DELIVER_JOB, `to:${destinationOf(stream)}`],
  }
}

function expiryJob ({ attemptId, dueAt }: ExpiryEffect, now: Date): Job {
  return {
    identifier: EXPIRE_JOB,
    payload: { attemptId },
    job_key: `expire:${attemptId}`,
    // the queue runs on real time, the deadline may be one of a demo clock: only the distance counts
    delay_ms: Math.max(0, dueAt.getTime() - now.getTime()) + EXPIRE_MARGIN_MS,
    priority: EXPIRE_PRIORITY,
    flags: [],
  }
}

function planRows (effect: Effect, webhooks: readonly Webhook[]): NewRow[] {
  switch (effect.kind) {
    case 'expiry': return []
    case 'event':
    case 'signal': return planWebhooks(effect, webhooks)
    case 'provider': return [newRow(effect, `provider:${effect.provider}`, 'provider')]
    case 'lms':
    case 'email': return [newRow(effect, effect.kind, effect.kind)]
  }
}

function newRow ({ subject, ...payload }: Exclude<Effect, EventEffect | SignalEffect | ExpiryEffect>, destination: string, kind: DeliveryKind): NewRow {
  return { subject, stream: `${subject}|${destination}`, kind, payload, idempotency_key: randomUUID() }
}

function planWebhooks (effect: EventEffect | SignalEffect, webhooks: readonly Webhook[]): NewRow[] {
  if (webhooks.length === 0) return []
  const type = effect.kind === 'signal' ? STATUS_EVENT : effect.name
  return receiversOf(webhooks, type).map(({ url }) => ({
    subject: effect.subject,
    stream: `${effect.subject}|webhook:${webhookKey(url)}`,
    kind: 'webhook',
    payload: { url, type, data: eventData(effect) },
    idempotency_key: randomUUID(),
  }))
}

/** Lifecycle events of the platform are defined without an analytics context. */
function eventData (effect: EventEffect | SignalEffect): object {
  if (effect.kind === 'signal' || effect.name.startsWith(LIFECYCLE_PREFIX)) return effect.payload
  return { context: effect.context, payload: effect.payload }
}
