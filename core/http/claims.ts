import type { Config } from '../config/schema.ts'
import { INV_UNAUTHENTICATED } from '../errors.ts'
import type { UserCaller } from './caller.ts'

/** What the table of users holds. */
const MAX_ID = 2_147_483_647
const MAX_LENGTH = 255

export type ClaimNames = Config['auth']['claims']
export type Claims = Readonly<Record<string, unknown>>

/**
 * Makes a caller from verified claims.
 * @throws INV_UNAUTHENTICATED when the token does not say who it is about
 */
export function readCaller (claims: Claims, names: ClaimNames): UserCaller {
  const permissions = findClaim(claims, names.permissions)
  return Object.freeze({
    kind: 'user',
    userId: readUserId(findClaim(claims, names.user_id), names.user_id),
    username: readUsername(findClaim(claims, names.username), names.username),
    email: readText(findClaim(claims, names.email)),
    name: readText(findClaim(claims, names.name)),
    isStaff: findClaim(claims, names.staff) === true,
    isActive: findClaim(claims, names.active) !== false,
    courseStaff: readWords(findClaim(claims, names.course_staff)),
    groups: readWords(findClaim(claims, names.groups)),
    permissions: permissions === undefined ? 'unknown' : readWords(permissions),
  })
}

/** The claim of this name, or, where there is none, the one its dots lead to: `realm_access.roles`. */
function findClaim (claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((value, key) => isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined, claims)
}

function isObject (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function readUserId (value: unknown, name: string): number {
  const id = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= MAX_ID) return id
  throw new INV_UNAUTHENTICATED(`The token's claim "${name}" must be the number of a user.`)
}

function readUsername (value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '' && isStorable(value)) return value
  throw new INV_UNAUTHENTICATED(`The token's claim "${name}" must be the name of a user.`)
}

/** What cannot be kept counts as absent: an overlong name must not lock a learner out. */
function readText (value: unknown): string {
  return typeof value === 'string' && isStorable(value) ? value : ''
}

const isStorable = (text: string): boolean => text.length <= MAX_LENGTH && !text.includes('\0')

function readWords (value: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.filter(word => typeof word === 'string') : [])
}
