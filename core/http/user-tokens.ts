import { createSecretKey } from 'node:crypto'
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions, type RemoteJWKSet } from 'jose'
import type { Config } from '../config/schema.ts'
import { INV_IDENTITY_UNAVAILABLE, INV_UNAUTHENTICATED } from '../errors.ts'

export type JwtSettings = Config['auth']['jwt']

/** Checks signature, algorithm, lifetime, issuer and audience of a platform token and answers its claims. */
export type VerifyUserToken = (token: string, algorithm: string) => Promise<JWTPayload>

/** Makes the verifier. Shared-secret algorithms see the secret only and all others the key set only, so neither can pose as the other. */
export function createUserTokenVerifier (settings: JwtSettings): VerifyUserToken {
  const secret = settings.secret === null ? null : createSecretKey(settings.secret, 'utf8')
  const keySet = settings.jwks_url === null ? null : createRemoteJWKSet(new URL(settings.jwks_url), { timeoutDuration: 5_000 })
  const options: JWTVerifyOptions = {
    requiredClaims: ['exp'],
    clockTolerance: 5,
    ...settings.issuer === null ? {} : { issuer: settings.issuer },
    ...settings.audience === null ? {} : { audience: settings.audience },
  }
  return async (token, algorithm) => {
    const key = algorithm.startsWith('HS') ? secret : keySet
    if (!settings.algorithms.includes(algorithm) || key === null) {
      throw new INV_UNAUTHENTICATED('The token is signed in a way that this server does not accept.')
    }
    const strict = { ...options, algorithms: [algorithm] }
    try {
      return typeof key === 'function' ? await verifyByKeySet(token, key, strict) : (await jwtVerify(token, key, strict)).payload
    } catch (error) {
      throw explain(error)
    }
  }
}

async function verifyByKeySet (token: string, keySet: RemoteJWKSet, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keySet, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    return verifyByAny(token, error, options)
  }
}

/** A token without `kid` may be signed by any key of the set. */
async function verifyByAny (token: string, keys: errors.JWKSMultipleMatchingKeys, options: JWTVerifyOptions): Promise<JWTPayload> {
  for await (const key of keys) {
    try {
      return (await jwtVerify(token, key, options)).payload
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error
    }
  }
  throw new errors.JWSSignatureVerificationFailed()
}

const TEXTS: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'The token has expired.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'The token\'s signature is wrong.',
  ERR_JWKS_NO_MATCHING_KEY: 'The token is signed with a key that the platform does not publish.',
  ERR_JWS_INVALID: 'The token cannot be read.',
  ERR_JWT_INVALID: 'The token cannot be read.',
  ERR_JOSE_NOT_SUPPORTED: 'The token cannot be read.',
}

/** Keys that cannot be fetched are our trouble, everything else is the token's. */
function explain (error: unknown): Error {
  if (error instanceof errors.JWTClaimValidationFailed) return new INV_UNAUTHENTICATED(`The token's claim "${error.claim}" is missing or not accepted here.`)
  const text = error instanceof errors.JOSEError ? TEXTS[error.code] : undefined
  if (text !== undefined) return new INV_UNAUTHENTICATED(text)
  return Object.assign(new INV_IDENTITY_UNAVAILABLE(), { cause: error })
}
