import type { User } from '../domain/attempt/attempt.ts'

/** Who sent the request, as proven by a token or a signature. Shared between requests: never changed. */
export type Caller = UserCaller | VendorCaller

/** A person of the platform. */
export interface UserCaller {
  readonly kind: 'user'
  readonly userId: number
  readonly username: string
  readonly email: string
  readonly name: string
  readonly isStaff: boolean
  readonly isActive: boolean
  /** Courses the token says this person is staff of; the platform may know of more. */
  readonly courseStaff: ReadonlySet<string>
  readonly groups: ReadonlySet<string>
  /** Unknown when the token says nothing about permissions. */
  readonly permissions: ReadonlySet<string> | 'unknown'
}

/** A vendor's own systems, signed in with the callback credentials of one provider. */
export interface VendorCaller {
  readonly kind: 'vendor'
  readonly provider: string
  readonly clientId: string
}

/** The person as the domain knows people. */
export const asUser = ({ userId, username, email, name, isActive }: UserCaller): User => ({ id: userId, username, email, fullName: name, isActive })

export const RETIRE_USERS = 'accounts.can_retire_user'

/** True when the platform gave the user this permission; a token without permissions leaves it to global staff. */
export function holdsPermission (user: UserCaller, permission: string): boolean {
  return user.permissions === 'unknown' ? user.isStaff : user.permissions.has(permission)
}

const TAKE_PROCTORED = 'edx_proctoring.can_take_proctored_exam'

/** May this learner take proctored exams? A platform that says nothing about permissions lets everybody. */
export const mayTakeProctored = (user: UserCaller): boolean => user.permissions === 'unknown' || user.permissions.has(TAKE_PROCTORED)
