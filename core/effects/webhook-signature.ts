import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'

/** The key of a `whsec_<base64>` secret, or the bytes of a plain text. */
function keyOf (secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret, 'utf8')
}

/**
 * Headers of a signed webhook.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signWebhook ({ id, timestamp, body, secret }: { id: string, timestamp: number, body: string, secret: string }): Record<string, string> {
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
}
