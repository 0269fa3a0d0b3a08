import { isOnboardingRefusal } from '../domain/attempt/status.ts'
import type { Attempt, Exam } from '../domain/attempt/attempt.ts'
import type { ProviderAttributes } from '../provider/contract.ts'
import type { ExamFamily } from './views.ts'
import { humanTime } from './human-time.ts'
import type { DurationWords } from './human-time.ts'

/** The template variables of contract 03 §3.1 and §3.2: names and types are what provider templates and scenarios rely on. */

const LONG_EXAM_MINUTES = 1200
const EXPIRY_NOTICE_MS = 60_000

/** What the platform says about itself on every page. */
export interface PlatformFacts {
  name: string
  contactEmail: string
  techSupportEmail: string
  linkUrls: { faq?: string, online_proctoring_rules?: string, contact_us?: string, tech_requirements?: string }
  /** The course's contact for proctoring trouble, if it has one. */
  escalationEmail: string | null
}

/** Addresses the pages use; empty text where the host has none or there is no attempt. */
export interface PageUrls {
  enterExam: string
  changeState: string
  acknowledge: string
  progressPage: string
  resetPassword: string
}

export interface PageTimes {
  now: Date
  /** In force for this learner; null without one. */
  dueDate: Date | null
  pastDue: boolean
  /** What the learner would get starting now (contract 01 §5.2). */
  computedMinutes: number
  /** Of the attempt (contract 01 §5.3); 0 without one. */
  remainingSeconds: number
  gracePeriodSeconds: number
}

export interface PageFacts {
  exam: Exam
  attempt: Attempt | null
  family: ExamFamily
  platform: PlatformFacts
  urls: PageUrls
  times: PageTimes
  words: DurationWords
}

/** What the vendor says about setting up. `unavailable`: asked, no answer in time; the page must still be shown. */
export type SetupFacts = { instructions: readonly string[] | null, softwareDownloadUrl: string | null } | 'unavailable' | null

export interface ProctoredPageFacts extends PageFacts {
  provider: Pick<ProviderAttributes, 'verboseName' | 'pingInterval' | 'techSupportEmail' | 'techSupportPhone' | 'learnerNotificationFromEmail' | 'integrationSpecificEmail'>
  worker: { url: string, integrity: string | null } | null
  reviewPolicy: string | null
  allowOptOut: boolean
  viewablePastDue: boolean
  blockedByProvider: boolean
  /** Only while the attempt is being set up. */
  setup: SetupFacts
  prerequisiteStatus: object | null
  /** Where onboarding is done; null when there is no such exam (Q52). */
  onboardingLink: string | null
}

/** End of the grace period while it runs, else null (contract 03 §4). */
export function waitDeadline ({ now, dueDate, gracePeriodSeconds }: Pick<PageTimes, 'now' | 'dueDate' | 'gracePeriodSeconds'>): Date | null {
  if (!dueDate || !gracePeriodSeconds) return null
  const end = new Date(dueDate.getTime() + gracePeriodSeconds * 1000)
  return end > now ? end : null
}

/** Paths under the API that serves this learner. */
export function attemptUrls (apiRoot: string, attemptId: number | null): Pick<PageUrls, 'enterExam' | 'changeState' | 'acknowledge'> {
  const collection = `${apiRoot}/v1/proctored_exam/attempt`
  const own = attemptId === null ? '' : `${collection}/${attemptId}`
  return { enterExam: collection, changeState: own, acknowledge: own && `${own}/review_status` }
}

export type TimedVariables = ReturnType<typeof buildTimedVariables>

/** Contract 03 §3.2. */
export function buildTimedVariables (facts: PageFacts) {
  const { exam, attempt, times } = facts
  return {
    ...sharedVariables(facts),
    course_id: exam.courseId,
    hide_extra_time_footer: exam.timeLimitMins > LONG_EXAM_MINUTES,
    will_be_revealed: times.dueDate !== null && !exam.hideAfterDue,
    does_time_remain: times.remainingSeconds > 0,
    has_time_expired: attempt !== null && hasTimeExpired(attempt, times.now),
  }
}

export type ProctoredVariables = ReturnType<typeof buildProctoredVariables>

/** Contract 03 §3.1, for proctored, practice and onboarding pages. */
export function buildProctoredVariables (facts: ProctoredPageFacts) {
  const { exam, attempt, times, family, platform, urls } = facts
  return {
    ...sharedVariables(facts),
    exam_display_name: exam.examName,
    is_sample_attempt: family === 'practice' || family === 'onboarding',
    has_due_date: times.dueDate !== null,
    has_due_date_passed: times.pastDue,
    able_to_reenter_exam: times.remainingSeconds > 0 && !facts.blockedByProvider,
    can_view_content_past_due: facts.viewablePastDue,
    allow_proctoring_opt_out: facts.allowOptOut,
    exam_started_poll_url: urls.changeState,
    update_is_status_acknowledge_url: urls.acknowledge,
    reset_link: urls.resetPassword,
    proctoring_escalation_email: platform.escalationEmail,
    exam_review_policy: facts.reviewPolicy,
    ...providerVariables(facts),
    ...(attempt && { exam_code: attempt.attemptCode, attempt_external_id: attempt.externalId }),
    ...setupVariables(facts.setup),
    ...(facts.prerequisiteStatus && { prerequisite_status: facts.prerequisiteStatus }),
    ...(attempt && isOnboardingRefusal(attempt.status) && { onboarding_status: attempt.status, onboarding_link: facts.onboardingLink ?? '' }),
  }
}

function sharedVariables ({ exam, attempt, family, platform, urls, times, words }: PageFacts) {
  const deadline = waitDeadline(times)
  return {
    exam_id: exam.id,
    exam_name: exam.examName,
    exam_family: family,
    total_time: humanTime(shownMinutes(attempt, times.computedMinutes), words),
    platform_name: platform.name,
    tech_support_email: platform.techSupportEmail,
    link_urls: platform.linkUrls,
    progress_page_url: urls.progressPage,
    enter_exam_endpoint: urls.enterExam,
    change_state_url: urls.changeState,
    ...(deadline && { wait_deadline: isoWithOffset(deadline) }),
  }
}

function providerVariables ({ provider, worker, platform }: ProctoredPageFacts) {
  return {
    provider_name: provider.verboseName,
    provider_tech_support_email: provider.techSupportEmail,
    provider_tech_support_phone: provider.techSupportPhone,
    learner_notification_from_email: provider.learnerNotificationFromEmail,
    integration_specific_email: provider.integrationSpecificEmail || platform.contactEmail,
    ping_interval: provider.pingInterval,
    backend_js_bundle: worker?.url ?? '',
    worker_integrity: worker?.integrity ?? null,
  }
}

function setupVariables (setup: SetupFacts) {
  if (setup === null) return {}
  if (setup === 'unavailable') return { backend_instructions: null, software_download_url: null, instructions_unavailable: true }
  return { backend_instructions: setup.instructions, software_download_url: setup.softwareDownloadUrl, instructions_unavailable: false }
}

/** What was allowed at the start, unless nothing was yet or the learner starts anew. */
function shownMinutes (attempt: Attempt | null, computed: number): number {
  const startsAnew = attempt?.readyToResume && !attempt.resumed
  // an attempt without minutes is shown what a start would give, as clients are
  return startsAnew ? computed : attempt?.allowedTimeLimitMins || computed
}

/** The work was handed in by the clock, less than a minute ago. Missing times mean no (Q56). */
function hasTimeExpired ({ status, startedAt, completedAt, allowedTimeLimitMins }: Attempt, now: Date): boolean {
  if (status === 'timed_out') return true
  if (status !== 'submitted' || !startedAt || !completedAt || allowedTimeLimitMins === null) return false
  const worked = completedAt.getTime() - startedAt.getTime()
  return worked >= allowedTimeLimitMins * 60_000 && now.getTime() - completedAt.getTime() < EXPIRY_NOTICE_MS
}

/** `2030-01-01T01:30:00+00:00`: the form clients know. */
const isoWithOffset = (date: Date): string => date.toISOString().replace('.000Z', '+00:00').replace(/(\.\d{3})Z$/, '$1000+00:00')
