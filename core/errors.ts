import createError from '@fastify/error'

/**
 * Every error code of the host, one place. The constant's name is its code; `README.md` shows this table and a test keeps both equal.
 * Shape of a text: who, what was expected, what was found, what to do.
 */

// bad input
export const INV_BAD_REQUEST = createError('INV_BAD_REQUEST', '%s', 400)
export const INV_NOT_FOUND = createError('INV_NOT_FOUND', '%s', 404)
export const INV_METHOD_NOT_ALLOWED = createError('INV_METHOD_NOT_ALLOWED', 'Method "%s" is not allowed here; allowed are: %s.', 405)
export const INV_TOO_LARGE = createError('INV_TOO_LARGE', 'The request body is larger than %s bytes.', 413)
export const INV_UNSUPPORTED_MEDIA_TYPE = createError('INV_UNSUPPORTED_MEDIA_TYPE', 'Content type "%s" is not understood; send JSON, a form or multipart fields.', 415)
export const INV_TOO_MANY_REQUESTS = createError('INV_TOO_MANY_REQUESTS', 'Too many requests; try again in %s.', 429)
export const INV_INTERNAL = createError('INV_INTERNAL', 'Something went wrong on this server. Please quote request %s.', 500)

// who may do what
export const INV_UNAUTHENTICATED = createError('INV_UNAUTHENTICATED', '%s', 401)
export const INV_FORBIDDEN = createError('INV_FORBIDDEN', '%s', 403)
export const INV_BAD_CSRF = createError('INV_BAD_CSRF', 'Header X-CSRFToken does not match cookie "%s"; get a token from /csrf/api/v1/token and send it with every write.', 403)
export const INV_BAD_SIGNATURE = createError('INV_BAD_SIGNATURE', 'The signed call was not accepted: %s.', 401)
export const INV_IDENTITY_UNAVAILABLE = createError('INV_IDENTITY_UNAVAILABLE', 'The platform\'s keys cannot be read now, so tokens cannot be checked; try again.', 503)
export const INV_NO_PERMISSION_STATED = createError<'INV_NO_PERMISSION_STATED', string[]>('INV_NO_PERMISSION_STATED', 'Route %s %s states no permission; expected config.permission to be one of %s, found %s.', 500)
export const INV_UNCHECKED_OBJECT = createError('INV_UNCHECKED_OBJECT', 'Route %s %s states permission "%s" but answered without checking the object; call the matching assert function.', 500)
export const INV_BAD_CLIENT = createError('INV_BAD_CLIENT', 'The client id or the client secret is wrong, or the grant is not client_credentials.', 401)

// exams and attempts
export const INV_EXAM_NOT_FOUND = createError('INV_EXAM_NOT_FOUND', 'There is no exam %s.', 400)
export const INV_EXAM_EXISTS = createError('INV_EXAM_EXISTS', 'Course %s already has an exam for %s.', 400)
export const INV_EXAM_INVALID = createError('INV_EXAM_INVALID', 'The exam is not as expected: %s.', 400)
export const INV_REGISTRATION_INVALID = createError('INV_REGISTRATION_INVALID', 'The list of exams is not as expected; nothing was written.', 422)
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
export const INV_EXAM_INACTIVE = createError('INV_EXAM_INACTIVE', 'Exam %s is not active; expected an active one.', 400)
export const INV_ALLOWANCE_INVALID = createError('INV_ALLOWANCE_INVALID', '%s', 400)
export const INV_NOTHING_GRANTED = createError('INV_NOTHING_GRANTED', 'Nothing was granted. Please enter valid user names or e-mail addresses, and active exams.', 400)
export const INV_REVIEW_POLICY_EXISTS = createError('INV_REVIEW_POLICY_EXISTS', 'Exam %s has a review policy already; update it instead.', 400)
export const INV_REVIEW_POLICY_NOT_FOUND = createError('INV_REVIEW_POLICY_NOT_FOUND', 'Exam %s has no review policy.', 400)

// reviews
export const INV_REVIEW_EXISTS = createError('INV_REVIEW_EXISTS', 'Attempt %s has a review, and reviews may not be updated (settings.allow_review_updates).', 400)
export const INV_REVIEW_INVALID = createError('INV_REVIEW_INVALID', '%s', 400)
export const INV_REVIEW_NOT_FOUND = createError('INV_REVIEW_NOT_FOUND', 'There is no review %s.', 404)
export const INV_NO_LONGER_PROCTORED = createError('INV_NO_LONGER_PROCTORED', 'Exam %s is no longer proctored; its reviews are not accepted.', 412)

// providers while running
type Slots = (string | { cause: unknown })[]
export const INV_PROVIDER_NOT_CONFIGURED = createError('INV_PROVIDER_NOT_CONFIGURED', 'The exam names no provider and providers.default is not set.', 500)
export const INV_PROVIDER_NOT_FOUND = createError('INV_PROVIDER_NOT_FOUND', 'Provider "%s" is not loaded; loaded are: %s.', 500)
export const INV_PROVIDER_DISABLED = createError('INV_PROVIDER_DISABLED', 'Provider "%s" could not be started and is switched off (on_boot_failure: disable); its exams are unavailable until it is mended.', 503)
export const INV_PROVIDER_RETIRED = createError('INV_PROVIDER_RETIRED', 'Provider "%s" is retired; its records can be read, new attempts cannot be made.', 503)
export const INV_PROVIDER_NOT_FOR_COURSE = createError('INV_PROVIDER_NOT_FOR_COURSE', '%s', 400)
export const INV_PROVIDER_WITHDRAWN = createError('INV_PROVIDER_WITHDRAWN', 'Provider "%s" no longer serves course %s: attempts under way go on, new ones cannot be made. The course\'s staff can give the exam another provider, or ask the operator to allow this one.', 503)
export const INV_PROVIDER_UNAVAILABLE = createError('INV_PROVIDER_UNAVAILABLE', 'Provider "%s" (package "%s") failed too often lately and is not called until %s.', 503)
export const INV_PROVIDER_TIMEOUT = createError<'INV_PROVIDER_TIMEOUT', Slots>('INV_PROVIDER_TIMEOUT', 'Provider "%s" (package "%s"): %s did not answer within %s ms.', 504)
export const INV_PROVIDER_FAILED = createError<'INV_PROVIDER_FAILED', Slots>('INV_PROVIDER_FAILED', 'Provider "%s" (package "%s"): %s failed: %s', 502)
export const INV_PROVIDER_BAD_ANSWER = createError<'INV_PROVIDER_BAD_ANSWER', Slots>('INV_PROVIDER_BAD_ANSWER', 'Provider "%s" (package "%s"): %s answered %s; expected %s.', 502)
export const INV_ATTEMPTS_UNAVAILABLE = createError('INV_ATTEMPTS_UNAVAILABLE', 'The attempts of provider "%s" cannot be asked for now; the host\'s log says why.', 503)
export const INV_ONBOARDING_UNAVAILABLE = createError<'INV_ONBOARDING_UNAVAILABLE', Slots>('INV_ONBOARDING_UNAVAILABLE', 'Provider "%s" does not say now how learners stand with onboarding; try again later.', 503)
export const INV_PROVIDER_REFUSED = createError<'INV_PROVIDER_REFUSED', Slots>('INV_PROVIDER_REFUSED', 'Provider "%s" refused: %s', 502)
export const INV_NO_ONBOARDING_PROFILES = createError('INV_NO_ONBOARDING_PROFILES', 'Provider "%s" keeps no onboarding profiles.', 404)
export const INV_NO_DASHBOARD = createError('INV_NO_DASHBOARD', '%s', 404)
export const INV_SEVERAL_DASHBOARDS = createError('INV_SEVERAL_DASHBOARDS', 'The exams of this course are proctored by different providers; open the dashboard of one exam instead.', 400)
export const INV_NOT_RETIRED = createError('INV_NOT_RETIRED', 'User %s was not retired by every provider.', 500)

// providers at start: each is one fault in the report of core/provider/faults.ts; slots: provider, package, expected, found, what to do
const providerFault = <C extends string>(code: C) =>
  createError<C, Slots>(code, 'Provider \'%s\' (package \'%s\'): expected %s, found %s. %s', 500)
export const INV_PROVIDER_DEFAULT_UNKNOWN = providerFault('INV_PROVIDER_DEFAULT_UNKNOWN')
export const INV_PROVIDER_NAME_CLASH = providerFault('INV_PROVIDER_NAME_CLASH')
export const INV_PROVIDER_NO_PACKAGE = providerFault('INV_PROVIDER_NO_PACKAGE')
export const INV_PROVIDER_PACKAGE_NAME = providerFault('INV_PROVIDER_PACKAGE_NAME')
export const INV_PROVIDER_NOT_INSTALLED = providerFault('INV_PROVIDER_NOT_INSTALLED')
export const INV_PROVIDER_MANIFEST = providerFault('INV_PROVIDER_MANIFEST')
export const INV_PROVIDER_ENTRY_UNKNOWN = providerFault('INV_PROVIDER_ENTRY_UNKNOWN')
export const INV_PROVIDER_PATH = providerFault('INV_PROVIDER_PATH')
export const INV_PROVIDER_DEPENDENCY_MISSING = providerFault('INV_PROVIDER_DEPENDENCY_MISSING')
export const INV_PROVIDER_IMPORT_FAILED = providerFault('INV_PROVIDER_IMPORT_FAILED')
export const INV_PROVIDER_NO_DEFAULT_EXPORT = providerFault('INV_PROVIDER_NO_DEFAULT_EXPORT')
export const INV_PROVIDER_NOT_DEFINED = providerFault('INV_PROVIDER_NOT_DEFINED')
export const INV_PROVIDER_CONTRACT_VERSION = providerFault('INV_PROVIDER_CONTRACT_VERSION')
export const INV_PROVIDER_DEFINITION = providerFault('INV_PROVIDER_DEFINITION')
export const INV_PROVIDER_OPTION_UNKNOWN = providerFault('INV_PROVIDER_OPTION_UNKNOWN')
export const INV_PROVIDER_OPTION_INVALID = providerFault('INV_PROVIDER_OPTION_INVALID')
export const INV_PROVIDER_SLOW_START = providerFault('INV_PROVIDER_SLOW_START')
export const INV_PROVIDER_CREATE_FAILED = providerFault('INV_PROVIDER_CREATE_FAILED')
export const INV_PROVIDER_METHOD_MISSING = providerFault('INV_PROVIDER_METHOD_MISSING')
export const INV_PROVIDER_METHOD_TYPE = providerFault('INV_PROVIDER_METHOD_TYPE')
export const INV_PROVIDER_ATTRIBUTE_INVALID = providerFault('INV_PROVIDER_ATTRIBUTE_INVALID')
export const INV_PROVIDER_ROUTES = providerFault('INV_PROVIDER_ROUTES')
export const INV_PROVIDER_TAMPERED = providerFault('INV_PROVIDER_TAMPERED')
export const INV_PROVIDER_WORKER_FAILED = providerFault('INV_PROVIDER_WORKER_FAILED')

// the learning platform
export const INV_LMS_UNAVAILABLE = createError('INV_LMS_UNAVAILABLE', 'The learning platform could not be reached for %s: %s.', 503)
export const INV_LMS_TIMEOUT = createError('INV_LMS_TIMEOUT', 'The learning platform did not answer %s within %s ms.', 504)
export const INV_LMS_FAILED = createError('INV_LMS_FAILED', 'The learning platform answered %s with HTTP status %s; expected 200.', 502)
export const INV_LMS_BAD_ANSWER = createError('INV_LMS_BAD_ANSWER', 'The learning platform answered %s with %s; expected %s.', 502)
export const INV_LMS_REFUSED = createError('INV_LMS_REFUSED', 'The learning platform refused %s: %s.', 502)

// effects
export const INV_EFFECT_NOT_FOUND = createError('INV_EFFECT_NOT_FOUND', 'There is no effect %s that could be sent again: it is unknown or was delivered.', 404)
