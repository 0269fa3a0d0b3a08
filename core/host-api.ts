import type { FastifyInstance } from 'fastify'
import { createAdministration, type Administration } from './administration.ts'
import { lastCompletion } from './domain/attempt/last-completion.ts'
import { markResumed, startAttemptByCode, timeOutAttempt } from './domain/attempt/by-host.ts'
import { attemptSummaries } from './domain/attempt/summaries.ts'
import { summaryOnWire } from './domain/attempt/summary.ts'
import type { Actor, User } from './domain/attempt/attempt.ts'
import { examConfigurationDashboardUrl, isDashboardAvailable, providerSupportsOnboarding } from './domain/exam/dashboard.ts'
import { createReviewPolicy, getReviewPolicy, removeReviewPolicy, updateReviewPolicy } from './domain/exam/review-policy.ts'
import { listChoices } from './domain/exam/served-courses.ts'
import { onboardingLink } from './domain/onboarding/link.ts'
import { violationRecords, type ReviewsOf } from './domain/review/violation-report.ts'
import { violationOnWire } from './schemas/violations.ts'

export interface SummaryQuery {
  userId: number
  courseId: string
  contentId: string
  /** False: proctored exams are not for this learner. Default: they are. */
  mayTakeProctored?: boolean
  language?: string
}

/** The parts of a built app that the functions below work on. */
export type HostedApp = Pick<FastifyInstance, 'domain' | 'renderer'>
export type HostApi = ReturnType<typeof hostApi>

const HOST: Actor = Object.freeze({ kind: 'system', userId: null, name: 'platform' })
const staff = ({ id, username }: Pick<User, 'id' | 'username'>): Actor => ({ kind: 'staff', userId: id, name: username })

/**
 * For a platform that runs in the same process: the functions it calls without going over HTTP (contract 01 §10, 06 §2).
 * Nobody is asked for permission here; who calls has done that.
 *
 * @example
 * const app = await buildApp({ config, databaseUrl })
 * const { attemptStatusSummary, admin } = hostApi(app)
 */
export function hostApi ({ domain, renderer }: HostedApp) {
  return {
    /** Icon and words for one section of a course outline; null for an unknown exam or one the learner may not take. */
    async attemptStatusSummary ({ userId, courseId, contentId, mayTakeProctored = true, language = 'en' }: SummaryQuery) {
      const summaries = await attemptSummaries(domain, { userId, courseId, contentIds: [contentId], mayTakeProctored })
      const summary = summaries.get(contentId)
      return summary ? summaryOnWire(summary, renderer.translator(null, language)) : null
    },
    /** What the attempts of a course came to, by exam name; read page by page as it is consumed. */
    async * violationReport (courseId: string, { reviewsOf = 'graded' }: { reviewsOf?: ReviewsOf } = {}) {
      for await (const record of violationRecords(domain.db, { courseId, reviewsOf })) yield violationOnWire(record)
    },
    /** When a learner was through with all proctored exams of a course; null before. */
    lastExamCompletionDate: (courseId: string, username: string) => lastCompletion(domain.db, courseId, username),
    /** Has any active exam of the course a provider with a dashboard? */
    isDashboardAvailable: (courseId: string) => isDashboardAvailable(domain, courseId),
    /** Path of the page where the vendor's part of an exam is configured; null without one. */
    examConfigurationDashboardUrl: (courseId: string, contentId: string) => examConfigurationDashboardUrl(domain, courseId, contentId),
    /** False for an unknown name. */
    providerSupportsOnboarding: (name: string | null) => providerSupportsOnboarding(domain.providers, name),
    /** Names and words for a choice of providers: those a course may use, or all. */
    providerChoices: (courseId: string | null = null) => listChoices(domain.providers, courseId).map(({ name, attributes }) => ({ name, verboseName: attributes.verboseName })),
    /** Whom learners write to about a provider. */
    integrationEmail: (name: string | null) => domain.providers.find(name ?? domain.providers.defaultName ?? '')?.attributes.integrationSpecificEmail || domain.platform.contact_email,
    /** Where a learner does the onboarding of a course; '' when there is none for him. */
    onboardingLink: (query: { courseId: string, userId: number, mfe: boolean }) => onboardingLink(domain, query),

    getReviewPolicy: (examId: number) => getReviewPolicy(domain, examId),
    /** Answers the policy's id. */
    createReviewPolicy: (examId: number, text: string, author: Pick<User, 'id' | 'username'>) => createReviewPolicy(domain, examId, text, staff(author)),
    /** An empty text removes the policy. */
    updateReviewPolicy: (examId: number, text: string, author: Pick<User, 'id' | 'username'>) => updateReviewPolicy(domain, examId, text, staff(author)),
    removeReviewPolicy: (examId: number) => removeReviewPolicy(domain, examId, HOST),

    startAttemptByCode: (code: string, actor: Actor = HOST) => startAttemptByCode(domain, code, actor),
    timeOutAttempt: (attemptId: number, actor: Actor = HOST) => timeOutAttempt(domain, attemptId, actor),
    markResumed: (attemptId: number, actor: Actor = HOST) => markResumed(domain, attemptId, actor),

    /** What an administrator saves, in the administrator's name. */
    admin: (administrator: User): Administration => createAdministration(domain, administrator),
  }
}
