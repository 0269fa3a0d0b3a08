import createError from '@fastify/error'

/**
 * Every error code of the host, one place. The constant's name is its code; `README.md` shows this table and a test keeps both equal.
 * Shape of a text: who, what was expected, what was found, what to do.
 */

// bad input
export const INV_BAD_REQUEST = createError('INV_BAD_REQUEST', '%s', 400)
export const INV_NOT_FOUND = createError('INV_NOT_FOUND', '%s', 404)

// who may do what
export const INV_UNAUTHENTICATED = createError('INV_UNAUTHENTICATED', '%s', 401)
export const INV_FORBIDDEN = createError('INV_FORBIDDEN', '%s', 403)
export const INV_BAD_CLIENT = createError('INV_BAD_CLIENT', 'The client id or the client secret is wrong, or the grant is not client_credentials.', 401)

// exams and attempts
export const INV_EXAM_NOT_FOUND = createError('INV_EXAM_NOT_FOUND', 'There is no exam %s.', 400)
export const INV_EXAM_EXISTS = createError('INV_EXAM_EXISTS', 'Course %s already has an exam for %s.', 400)
export const INV_ATTEMPT_NOT_FOUND = createError('INV_ATTEMPT_NOT_FOUND', 'There is no attempt %s.', 400)
export const INV_ATTEMPT_EXISTS = createError('INV_ATTEMPT_EXISTS', 'User %s already has an attempt at exam %s.', 400)
export const INV_ALREADY_STARTED = createError('INV_ALREADY_STARTED', 'Attempt %s has been started already.', 400)
export const INV_ILLEGAL_TRANSITION = createError('INV_ILLEGAL_TRANSITION', 'Attempt %s cannot go from %s to %s.', 400)
export const INV_UNKNOWN_STATUS = createError('INV_UNKNOWN_STATUS', '"%s" is not a status an attempt can be given.', 400)
export const INV_ATTEMPT_REVIEWED = createError('INV_ATTEMPT_REVIEWED', 'Attempt %s has been reviewed (%s); a learner can no longer change it.', 400)
export const INV_EXAM_PAST_DUE = createError('INV_EXAM_PAST_DUE', 'The due date of exam %s has passed.', 400)
export const INV_NOT_RESUMABLE = createError('INV_NOT_RESUMABLE', 'Attempt %s cannot be resumed: only an attempt that ended in an error can.', 400)
export const INV_NOT_RESETTABLE = createError('INV_NOT_RESETTABLE', 'The attempt of user %s at exam %s cannot be reset: %s.', 400)
export const INV_CONFLICT = createError('INV_CONFLICT', 'Attempt %s was changed by somebody else at the same moment; read it again and retry.', 409)
export const INV_USER_NOT_FOUND = createError('INV_USER_NOT_FOUND', 'There is no user "%s".', 400)

// reviews
export const INV_REVIEW_STATUS_UNKNOWN = createError('INV_REVIEW_STATUS_UNKNOWN', '%s', 400)
export const INV_REVIEW_EXISTS = createError('INV_REVIEW_EXISTS', 'Attempt %s has a review, and reviews may not be updated (settings.allow_review_updates).', 400)
export const INV_REVIEW_INVALID = createError('INV_REVIEW_INVALID', '%s', 400)
export const INV_NO_LONGER_PROCTORED = createError('INV_NO_LONGER_PROCTORED', 'Exam %s is no longer proctored; its reviews are not accepted.', 412)

// providers while running
export const INV_PROVIDER_NOT_CONFIGURED = createError('INV_PROVIDER_NOT_CONFIGURED', 'The exam names no provider and providers.default is not set.', 500)
export const INV_PROVIDER_NOT_FOUND = createError('INV_PROVIDER_NOT_FOUND', 'Provider "%s" is not loaded; loaded are: %s.', 500)
export const INV_PROVIDER_DISABLED = createError('INV_PROVIDER_DISABLED', 'Provider "%s" could not be started and is switched off (on_boot_failure: disable); its exams are unavailable until it is mended.', 503)
export const INV_PROVIDER_RETIRED = createError('INV_PROVIDER_RETIRED', 'Provider "%s" is retired; its records can be read, new attempts cannot be made.', 503)
export const INV_PROVIDER_UNAVAILABLE = createError('INV_PROVIDER_UNAVAILABLE', 'Provider "%s" (package "%s"): %s failed too often lately and is not called until %s.', 503)
export const INV_PROVIDER_TIMEOUT = createError('INV_PROVIDER_TIMEOUT', 'Provider "%s" (package "%s"): %s did not answer within %s ms.', 504)
export const INV_PROVIDER_FAILED = createError('INV_PROVIDER_FAILED', 'Provider "%s" (package "%s"): %s failed: %s', 502)
export const INV_PROVIDER_BAD_ANSWER = createError('INV_PROVIDER_BAD_ANSWER', 'Provider "%s" (package "%s"): %s answered %s; expected %s.', 502)
export const INV_PROVIDER_REFUSED = createError('INV_PROVIDER_REFUSED', 'Provider "%s" refused: %s', 502)
