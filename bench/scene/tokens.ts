import { createSecretKey } from 'node:crypto'
import { SignJWT } from 'jose'

/** A learner's token with the claims that the platform sends. */
export function signToken (learner: number, secret: string): Promise<string> {
  return sign(learner, secret, {})
}

/** A token of somebody who works for the course. */
export function signStaffToken (courseId: string, secret: string): Promise<string> {
  return sign(STAFF_ID, secret, { course_staff: [courseId] })
}

const STAFF_ID = 1_000_000

function sign (learner: number, secret: string, more: Record<string, unknown>): Promise<string> {
  return new SignJWT({
    user_id: learner,
    preferred_username: `learner_${learner}`,
    email: `learner_${learner}@example.org`,
    name: `Learner Number ${learner}`,
    administrator: false,
    scopes: ['user_id', 'email', 'profile'],
    filters: ['user:me'],
    version: '1.2.0',
    ...more,
  }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('6h').sign(createSecretKey(secret, 'utf8'))
}
