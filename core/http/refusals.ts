import * as errors from '../errors.ts'
import type { Permission } from './permissions.ts'

export type ErrorCode = keyof typeof errors

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The errors a route answers with, beside those that its method and its permission bring with them. Shown in the API's document; tests hold routes to it. */
    refuses?: readonly ErrorCode[]
  }
}

/** Nobody can say who an exam's provider is. */
export const PROVIDER_UNKNOWN = ['INV_PROVIDER_NOT_CONFIGURED', 'INV_PROVIDER_NOT_FOUND'] as const satisfies readonly ErrorCode[]
/** A provider was asked, and did not answer well. */
export const PROVIDER_FAILS = ['INV_PROVIDER_TIMEOUT', 'INV_PROVIDER_FAILED', 'INV_PROVIDER_BAD_ANSWER', 'INV_PROVIDER_REFUSED'] as const satisfies readonly ErrorCode[]
/** A provider is not asked. */
export const PROVIDER_AWAY = ['INV_PROVIDER_UNAVAILABLE', 'INV_PROVIDER_DISABLED', 'INV_PROVIDER_RETIRED'] as const satisfies readonly ErrorCode[]

/** What may come of asking the learning platform. */
export const PLATFORM_REFUSALS = ['INV_LMS_UNAVAILABLE', 'INV_LMS_TIMEOUT', 'INV_LMS_FAILED', 'INV_LMS_BAD_ANSWER', 'INV_LMS_REFUSED'] as const satisfies readonly ErrorCode[]

/** What any request may get, whatever it asks for. */
export const COMMON_REFUSALS = ['INV_BAD_REQUEST', 'INV_NOT_FOUND', 'INV_TOO_LARGE', 'INV_UNSUPPORTED_MEDIA_TYPE', 'INV_TOO_MANY_REQUESTS', 'INV_INTERNAL'] as const satisfies readonly ErrorCode[]

const SIGNING_IN: readonly ErrorCode[] = ['INV_UNAUTHENTICATED', 'INV_FORBIDDEN', 'INV_BAD_CSRF', 'INV_IDENTITY_UNAVAILABLE']
const SIGNED_CALLS: readonly ErrorCode[] = ['INV_BAD_SIGNATURE']

/** The platform is asked who is staff of a course. */
const ASKS_THE_PLATFORM: readonly Permission[] = ['course-staff', 'owner-or-course-staff', 'self-or-course-staff']
const TAKES_SIGNATURES: readonly Permission[] = ['vendor', 'own-vendor']

/** Errors that come with a permission. */
export function refusalsOf (permission: Permission): readonly ErrorCode[] {
  if (permission === 'public') return []
  return [...SIGNING_IN, ...ASKS_THE_PLATFORM.includes(permission) ? PLATFORM_REFUSALS : [], ...TAKES_SIGNATURES.includes(permission) ? SIGNED_CALLS : []]
}

export const isErrorCode = (text: unknown): text is ErrorCode => typeof text === 'string' && Object.hasOwn(errors, text)

/** The status an error is answered with. */
export const statusOf = (code: ErrorCode): number => new errors[code]('').statusCode ?? 500
