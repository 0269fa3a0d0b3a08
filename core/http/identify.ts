import { decodeProtectedHeader } from 'jose'
import { INV_UNAUTHENTICATED } from '../errors.ts'
import type { UserCaller } from './caller.ts'
import { readCaller, type ClaimNames } from './claims.ts'
import type { Identity } from './token-cache.ts'
import type { VerifyUserToken } from './user-tokens.ts'
import { VENDOR_TOKEN_TYPE, type VendorTokens } from './vendor-tokens.ts'

export interface IdentifyParts {
  verifyUserToken: VerifyUserToken
  vendorTokens: VendorTokens
  claimNames: ClaimNames
  /** Keeps what the platform says of a person; done before the first request of a token is answered. */
  rememberUser (user: UserCaller): Promise<void>
}

/** Finds out whom a token proves: a vendor, when it is one of ours, else a person of the platform. */
export function createIdentify ({ verifyUserToken, vendorTokens, claimNames, rememberUser }: IdentifyParts): (token: string) => Promise<Identity> {
  return async token => {
    const header = readHeader(token)
    if (header.typ === VENDOR_TOKEN_TYPE) return vendorTokens.verify(token, header.kid ?? '')
    const claims = await verifyUserToken(token, header.alg ?? '')
    const caller = readCaller(claims, claimNames)
    await rememberUser(caller)
    return { caller, exp: claims.exp ?? 0 }
  }
}

function readHeader (token: string): { alg?: string, typ?: string, kid?: string } {
  try {
    return decodeProtectedHeader(token)
  } catch {
    throw new INV_UNAUTHENTICATED('The token cannot be read.')
  }
}
