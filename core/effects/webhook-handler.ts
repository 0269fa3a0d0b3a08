import { Agent, fetch } from 'undici'
import type { Clock } from '../clock.ts'
import type { Handler } from './deliver.ts'
import { readOrder, Undeliverable, WebhookOrderSchema } from './payloads.ts'
import type { ClaimedEffect } from './store.ts'
import type { Webhook } from './webhook-filter.ts'
import { signWebhook } from './webhook-signature.ts'

export interface WebhookHandlerOptions {
  webhooks: readonly Webhook[]
  /** Names this installation as the source of its events. */
  publicUrl: string
  /** Real time: receivers refuse signatures that are not of now, whatever a demo clock says. */
  realClock: Clock
}

export interface WebhookHandler { handle: Handler, close (): Promise<void> }

const DEADLINE_MS = 15_000
const GONE = 410

/** Sends events to their receivers, signed. Anything but a 2xx is tried again, except 410: that receiver wants no more. */
export function createWebhookHandler ({ webhooks, publicUrl, realClock }: WebhookHandlerOptions): WebhookHandler {
  const agent = new Agent({ connections: 8, keepAliveTimeout: 4_000 })
  const secrets = new Map(webhooks.toReversed().map(({ url, secret }) => [url, secret]))
  const handle: Handler = async (effect, signal) => {
    const { url, type, data } = readOrder(WebhookOrderSchema, effect.payload)
    const secret = secrets.get(url)
    if (secret === undefined) return 'This receiver is no longer configured; nothing was sent.'
    const body = JSON.stringify(toCloudEvent(effect, publicUrl, type, data))
    const timestamp = Math.floor(realClock.now().getTime() / 1000)
    const status = await post(agent, url, body, signWebhook({ id: effect.idempotencyKey, timestamp, body, secret }), signal)
    if (status === GONE) throw new Undeliverable('The receiver answered 410: it wants no more events. Remove it from "webhooks" or mend it and retry.')
    if (status < 200 || status > 299) throw new Error(`The receiver answered HTTP status ${status}; expected 2xx.`)
  }
  return { handle, close: () => agent.close() }
}

/** CloudEvents 1.0, structured mode. */
function toCloudEvent ({ idempotencyKey, createdAt, subject }: ClaimedEffect, source: string, type: string, data: unknown): object {
  return { specversion: '1.0', id: idempotencyKey, source, type, time: createdAt.toISOString(), subject, datacontenttype: 'application/json', data }
}

async function post (agent: Agent, url: string, body: string, signature: Record<string, string>, signal: AbortSignal): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      dispatcher: agent,
      redirect: 'manual',
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8', 'user-agent': 'invigil', ...signature },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    })
    await response.body?.cancel()
    return response.status
  } catch (error) {
    // fetch says only "fetch failed"; the cause says why
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new Error(`The receiver could not be reached: ${cause}`, { cause: error })
  }
}
