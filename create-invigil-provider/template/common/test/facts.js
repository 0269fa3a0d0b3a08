// @ts-check
// What the core would hand to the provider.

/** @type {import('invigil/provider').SavedExam} */
export const EXAM = {
  id: 1, courseId: 'course-v1:Org+X+2030', contentId: 'block-v1:mid', externalId: 'exam-1', examName: 'Midterm', timeLimitMins: 90, isProctored: true, isPracticeExam: false, isActive: true, dueDate: null, hideAfterDue: false, backend: 'acme',
}

/** @type {import('invigil/provider').RegistrationContext} */
export const ATTEMPT = {
  attemptCode: '8B1F3C52-0C5B-4F0B-9C55-6A3B1D0E2F77', timeLimitMins: 90, isSampleAttempt: false, userId: 'f'.repeat(40), fullName: 'Ada Lovelace', email: null, lmsHost: 'https://lms.example', launchUrl: 'https://core.example/launch',
}

const silent = () => {}
const nothing = async () => {}
const log = { debug: silent, info: silent, warn: silent, error: silent }

/** @type {import('invigil/provider').CallInfo} */
export const CALL = { signal: AbortSignal.timeout(30_000), log, language: 'en', defaultLanguage: 'en', requestId: 'request-1', idempotencyKey: 'effect-1' }

/** All but the options, which differ from provider to provider. */
export const CONTEXT = {
  name: 'acme',
  log,
  fetch: globalThis.fetch,
  clock: { now: () => new Date() },
  attempts: { find: async () => null, markReady: nothing, receiveReview: nothing, reportError: nothing },
}

/** The attempt as the core knows it later on. @param {string | null} externalId @returns {import('invigil/provider').AttemptFacts} */
export const attemptFacts = externalId => ({
  id: 1, attemptCode: ATTEMPT.attemptCode, externalId, status: 'created', isSampleAttempt: false, takingAsProctored: true, startedAt: null, completedAt: null, allowedTimeLimitMins: 90, exam: EXAM, isArchived: false,
})
