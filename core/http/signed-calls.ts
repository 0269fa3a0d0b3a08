import { createHmac, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { INV_BAD_SIGNATURE } from '../errors.ts'
import type { VendorCaller } from './caller.ts'
import type { VendorClient, VendorClients } from './vendor-clients.ts'

/** Standard Webhooks: how old or how early a call may be. */
export const SIGNED_CALL_TOLERANCE_SECONDS = 300
const MAX_SIGNATURES = 10

export interface SignedCall {
  id: unknown
  timestamp: unknown
  signature: unknown
  /** Client id from our own header `webhook-client`; without it every client's secret is tried. */
  client?: unknown
  body: Buffer
}

/** Remembers which calls were accepted; with several processes they may share one. */
export interface ReplayGuard {
  /** False when the key was remembered before. */
  remember (key: string, seconds: number): boolean | Promise<boolean>
}

/** @throws INV_BAD_SIGNATURE */
export type VerifySignedCall = (call: SignedCall) => Promise<VendorCaller>

export function createSignedCallVerifier (clients: VendorClients, replays: ReplayGuard, now: () => number): VerifySignedCall {
  return async call => {
    const { id, timestamp, signatures } = readHeaders(call)
    if (Math.abs(now() / 1000 - timestamp) > SIGNED_CALL_TOLERANCE_SECONDS) throw new INV_BAD_SIGNATURE('webhook-timestamp is more than 5 minutes away from this server\'s time')
    const signer = candidates(clients, call.client).find(client => signatures.some(signature => isSignedBy(client, `${id}.${timestamp}.`, call.body, signature)))
    if (!signer) throw new INV_BAD_SIGNATURE('webhook-signature matches no client\'s secret')
    const isNew = await replays.remember(`${signer.clientId} ${id} ${timestamp}`, 2 * SIGNED_CALL_TOLERANCE_SECONDS)
    if (!isNew) throw new INV_BAD_SIGNATURE('this very call was received before; a retry needs a new webhook-timestamp')
    return Object.freeze({ kind: 'vendor', provider: signer.provider, clientId: signer.clientId })
  }
}

/** Within one process. Only verified calls get in, so nobody can push others out. */
export function createReplayGuard (): ReplayGuard {
  let seen: LRUCache<string, true> | undefined
  return {
    remember (key, seconds) {
      // room for so many takes as long to make as a tenth of the start; most installations get no such call
      seen ??= new LRUCache({ max: 100_000, ttl: 1 })
      if (seen.has(key)) return false
      seen.set(key, true, { ttl: seconds * 1000 })
      return true
    },
  }
}

function readHeaders ({ id, timestamp, signature }: SignedCall): { id: string, timestamp: number, signatures: string[] } {
  if (typeof id !== 'string' || !/^[^.]{1,256}$/.test(id)) throw new INV_BAD_SIGNATURE('webhook-id is missing or has a dot in it')
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) throw new INV_BAD_SIGNATURE('webhook-timestamp must be seconds since 1970')
  const signatures = typeof signature === 'string' ? signature.split(' ').filter(one => one.startsWith('v1,')).map(one => one.slice(3)) : []
  if (signatures.length === 0 || signatures.length > MAX_SIGNATURES) throw new INV_BAD_SIGNATURE('webhook-signature must hold a signature of version v1')
  return { id, timestamp: Number(timestamp), signatures }
}

function candidates (clients: VendorClients, clientId: unknown): VendorClient[] {
  if (clientId === undefined) return [...clients.values()]
  const client = typeof clientId === 'string' ? clients.get(clientId) : undefined
  return client ? [client] : []
}

function isSignedBy ({ clientSecret }: VendorClient, prefix: string, body: Buffer, signature: string): boolean {
  const expected = createHmac('sha256', readSecret(clientSecret)).update(prefix).update(body).digest()
  const given = Buffer.from(signature, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Secrets in the way of Standard Webhooks are `whsec_` and base64; any other text is taken as it is. */
function readSecret (secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8')
}
