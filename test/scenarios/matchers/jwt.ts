import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Matcher } from '../comparison.ts'
import { isObject, parseJson } from '../json.ts'
import { fillObject } from '../placeholders.ts'

const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

export const matchJwt: Matcher = (operand, actual, { scope, path, compare }) => {
  const refuse = (reason: string) => ({ path, expected: { $jwt: operand }, actual, reason })
  if (!isObject(operand)) return refuse('the matcher needs an object')
  const { claims, header, ...rest } = operand
  const wanted = fillObject(rest, scope.captures)
  const prefix = String(wanted.prefix ?? '')
  if (typeof actual !== 'string' || !actual.startsWith(prefix)) return refuse('the text does not start with the prefix')
  const token = readToken(actual.slice(prefix.length), String(wanted.secret), String(wanted.algorithm ?? 'HS256'))
  if (typeof token === 'string') return refuse(token)
  return compare.match(header, token.header, scope, `${path}.$header`) ??
    compare.match(claims, token.claims, scope, `${path}.$claims`)
}

/** The parts of a token whose signature holds, or what is wrong with it. */
function readToken (token: string, secret: string, algorithm: string): { header: unknown, claims: unknown } | string {
  const [header, claims, signature, ...more] = token.split('.')
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0) return 'this is no signed token'
  const hash = HASHES[algorithm]
  if (!hash) return `the algorithm ${algorithm} cannot be checked`
  const right = createHmac(hash, secret).update(`${header}.${claims}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'the signature does not hold'
  const parts = [header, claims].map(part => parseJson(Buffer.from(part, 'base64url').toString('utf8')))
  if (!parts[0] || !parts[1]) return 'header or claims are no JSON'
  return { header: parts[0].value, claims: parts[1].value }
}
