import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { INV_UNAUTHENTICATED } from '../errors.ts'
import type { VendorCaller } from './caller.ts'
import type { VendorClient, VendorClients } from './vendor-clients.ts'

/** Marks our own tokens, so that no platform token is taken for one. */
export const VENDOR_TOKEN_TYPE = 'invigil-vendor+jwt'
export const VENDOR_TOKEN_SECONDS = 3600

export interface VendorTokens {
  issue (client: VendorClient): Promise<string>
  /** @throws INV_UNAUTHENTICATED */
  verify (token: string, keyId: string): Promise<{ caller: VendorCaller, exp: number }>
}

/** Stateless tokens: each client's are signed with a key made from its secret, so a changed secret ends them all. */
export function createVendorTokens (clients: VendorClients): VendorTokens {
  const keys = new Map([...clients.values()].map(client => [client.clientId, deriveKey(client)]))
  return {
    async issue ({ clientId }) {
      const key = keys.get(clientId)
      if (!key) throw new Error(`no key for vendor client ${clientId}`)
      return new SignJWT({ client_id: clientId })
        .setProtectedHeader({ alg: 'HS256', typ: VENDOR_TOKEN_TYPE, kid: clientId })
        .setSubject(clientId).setIssuedAt().setExpirationTime(`${VENDOR_TOKEN_SECONDS}s`).setJti(crypto.randomUUID())
        .sign(key)
    },
    async verify (token, keyId) {
      const [client, key] = [clients.get(keyId), keys.get(keyId)]
      if (!client || !key) throw new INV_UNAUTHENTICATED('The token belongs to a vendor that is not known here.')
      const { exp } = await verifyWith(token, key)
      return { caller: Object.freeze({ kind: 'vendor', provider: client.provider, clientId: client.clientId }), exp }
    },
  }
}

function deriveKey ({ clientId, clientSecret }: VendorClient): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', clientSecret, clientId, 'invigil vendor token', 32)))
}

async function verifyWith (token: string, key: KeyObject): Promise<{ exp: number }> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], typ: VENDOR_TOKEN_TYPE, requiredClaims: ['exp'] })
    return { exp: payload.exp ?? 0 }
  } catch (error) {
    throw new INV_UNAUTHENTICATED(error instanceof errors.JWTExpired ? 'The token has expired.' : 'The token\'s signature is wrong.')
  }
}
