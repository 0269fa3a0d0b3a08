import type { FastifyRequest } from 'fastify'
import { INV_FORBIDDEN, INV_UNAUTHENTICATED } from '../errors.ts'
import type { Caller, UserCaller } from './caller.ts'

/*
 * What a handler asks once it knows the object. Each takes the object's own facts (its course, its owner, its provider), never an id the
 * caller supplied, and throws INV_FORBIDDEN. A route whose permission is decided by the object must ask one of them before it answers.
 */

/** The signed-in user. */
export function getUser (request: FastifyRequest): UserCaller {
  const { caller } = request
  if (caller === null) throw new INV_UNAUTHENTICATED('Please sign in: this address needs a token.')
  if (caller.kind !== 'user') throw new INV_FORBIDDEN('A vendor cannot do this.')
  return caller
}

/** The attempt's own learner; staff are not. */
export function assertOwner (request: FastifyRequest, ownerId: number): UserCaller {
  const user = getUser(request)
  if (user.userId !== ownerId) throw new INV_FORBIDDEN('This attempt belongs to somebody else.')
  request.objectChecked = true
  return user
}

/** Staff of the course that the object belongs to; null = the course is not known, which is enough for global staff only. */
export async function assertCourseStaff (request: FastifyRequest, courseId: string | null): Promise<UserCaller> {
  const user = getUser(request)
  if (!user.isStaff) {
    if (courseId === null) throw new INV_FORBIDDEN('You must be staff of the course, and it cannot be determined which course this is about.')
    if (!await isStaffOf(request, user, courseId)) throw new INV_FORBIDDEN('You must be staff of the course.')
  }
  request.objectChecked = true
  return user
}

/**
 * Whose data is meant: the caller's own when nobody is named, else the named user's, for global staff only.
 * (The old wire refuses even one's own id to anybody who is not staff.)
 */
export function assertSelfOrStaff (request: FastifyRequest, requestedUserId: number | null | undefined): number {
  const user = getUser(request)
  if (requestedUserId !== null && requestedUserId !== undefined && !user.isStaff) throw new INV_FORBIDDEN('Only staff may name a user.')
  request.objectChecked = true
  return requestedUserId ?? user.userId
}

/** Whose data is meant: the caller's own when nobody or the caller is named, else the named user's, for staff of the course. */
export async function assertSelfOrCourseStaff (request: FastifyRequest, username: string | null | undefined, courseId: string): Promise<string> {
  const user = getUser(request)
  if (username && username !== user.username) await assertCourseStaff(request, courseId)
  request.objectChecked = true
  return username || user.username
}

/** The vendor of this provider, a user of its review group, or global staff. */
export function assertProviderAccess (request: FastifyRequest, providerName: string | null): Caller {
  const { caller } = request
  if (caller === null) throw new INV_UNAUTHENTICATED('Please sign in: this address needs a token or a signature.')
  if (!speaksFor(caller, providerName)) throw new INV_FORBIDDEN('Only the vendor of this attempt may do this.')
  request.objectChecked = true
  return caller
}

/** The vendor of this provider by its own credentials; nobody speaks for it. */
export function assertOwnVendor (request: FastifyRequest, providerName: string): void {
  const { caller } = request
  if (caller === null) throw new INV_UNAUTHENTICATED('Please sign in: this address needs a token or a signature.')
  if (caller.kind !== 'vendor' || caller.provider !== providerName) throw new INV_FORBIDDEN('Only the vendor of this provider may do this.')
  request.objectChecked = true
}

function speaksFor (caller: Caller, providerName: string | null): boolean {
  if (caller.kind === 'vendor') return caller.provider === providerName
  // an attempt without a provider is nobody's to review: "null" is also the name of a provider
  return caller.isStaff || (providerName !== null && caller.groups.has(`${providerName}_review`))
}

async function isStaffOf (request: FastifyRequest, user: UserCaller, courseId: string): Promise<boolean> {
  return user.courseStaff.has(courseId) || await request.server.isCourseStaff(user, courseId)
}
