import { createHash } from 'node:crypto'

/** A receiver of events as the operator configured it. */
export interface Webhook { url: string, secret: string, events: string[] }

/** `*` takes everything, `edx.special_exam.*` takes what starts so, anything else is the exact type. */
export function wantsEvent (webhook: Pick<Webhook, 'events'>, type: string): boolean {
  return webhook.events.some(pattern => pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type)
}

/** The receivers of one event, each address once. */
export function receiversOf (webhooks: readonly Webhook[], type: string): Webhook[] {
  const byUrl = new Map<string, Webhook>()
  for (const webhook of webhooks) {
    if (!byUrl.has(webhook.url) && wantsEvent(webhook, type)) byUrl.set(webhook.url, webhook)
  }
  return [...byUrl.values()]
}

/** Names a receiver by its address and not by its place in the list, which an operator may change while deliveries wait. */
export const webhookKey = (url: string): string => createHash('sha256').update(url).digest('hex').slice(0, 12)
