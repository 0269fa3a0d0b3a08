import { createHmac } from 'node:crypto'
import type { Actor } from '../schema.ts'

export const JWT_SECRET = 'the-scenarios-and-invigil-share-this-secret'

const CAN_TAKE = 'edx_proctoring.can_take_proctored_exam'
const CAN_RETIRE = 'accounts.can_retire_user'
/** Far beyond any clock a scenario sets. */
const EXPIRES = Date.parse('2100-01-01T00:00:00Z') / 1000

/** The claims of DESIGN §13 that say who an actor is and what he may. */
export function claimsOf (actor: Actor): Record<string, unknown> {
  const permissions = [...(actor.can_take ?? true ? [CAN_TAKE] : []), ...(actor.can_retire ? [CAN_RETIRE] : [])]
  return {
    user_id: actor.id,
    preferred_username: actor.username,
    email: actor.email,
    ...(actor.name !== undefined && { name: actor.name }),
    administrator: actor.staff ?? false,
    is_active: actor.active ?? true,
    course_staff: actor.course_staff_of ?? [],
    groups: actor.groups ?? [],
    permissions,
    exp: EXPIRES,
  }
}

export function signToken (claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', JWT_SECRET).update(signed).digest('base64url')}`
}
