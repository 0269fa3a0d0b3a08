import { createHmac } from 'node:crypto'

/**
 * The pseudonym under which a vendor knows a learner: 40 hex characters, stable per provider name.
 * The parts follow each other without a separator, as vendors have them stored (contract 01 §8.1, Q19).
 */
export function obscureUserId (key: string | null, userId: number, providerName: string | null): string {
  return createHmac('sha1', Buffer.from(key ?? '', 'ascii')).update(`${userId}${providerName ?? 'None'}`, 'utf8').digest('hex')
}
