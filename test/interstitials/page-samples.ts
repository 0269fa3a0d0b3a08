import type { Attempt, Exam } from '../../core/domain/attempt/attempt.ts'
import type { AttemptStatus } from '../../core/domain/attempt/status.ts'
import { attemptUrls, buildProctoredVariables, buildTimedVariables } from '../../core/interstitials/variables.ts'
import type { PageFacts, PageTimes, ProctoredPageFacts } from '../../core/interstitials/variables.ts'
import type { ExamFamily, ViewName } from '../../core/interstitials/views.ts'
import { attemptSample, examSample } from '../../core/testkit/pages/samples.ts'

export const now = new Date('2030-01-01T00:00:00Z')

export const englishWords = {
  hours: (count: number) => `${count} hour${count === 1 ? '' : 's'}`,
  minutes: (count: number) => `${count} minute${count === 1 ? '' : 's'}`,
  join: (hours: string, minutes: string) => `${hours} and ${minutes}`,
  error: 'error',
}

export const exam = (changes: Partial<Exam> = {}): Exam => examSample({
  courseId: 'course-v1:edX+Demo+2030', contentId: 'block-v1:edX+Demo+2030+type@sequential+block@mid', externalId: 'px-1', examName: 'Midterm', backend: 'test', ...changes,
})

export const attempt = (changes: Partial<Attempt> = {}): Attempt => attemptSample({ provider: 'test', externalId: 'pa-1', createdAt: now, modifiedAt: now, ...changes })

export const times = (changes: Partial<PageTimes> = {}): PageTimes => ({
  now, dueDate: null, pastDue: false, computedMinutes: 90, remainingSeconds: 1800, gracePeriodSeconds: 0, ...changes,
})

export const platform = {
  name: 'Example U',
  contactEmail: 'help@lms.test',
  techSupportEmail: 'tech@lms.test',
  linkUrls: {
    faq: 'https://lms.test/faq',
    online_proctoring_rules: 'https://lms.test/rules',
    contact_us: 'https://lms.test/contact',
    tech_requirements: 'https://lms.test/tech',
  },
  escalationEmail: null,
}

export function pageFacts (changes: Partial<PageFacts> = {}): PageFacts {
  const current = changes.attempt === undefined ? attempt() : changes.attempt
  return {
    exam: exam(),
    attempt: current,
    family: 'timed',
    platform,
    urls: { ...attemptUrls('/api/edx_proctoring', current?.id ?? null), progressPage: 'https://lms.test/progress', resetPassword: 'https://lms.test/password_assistance' },
    times: times(),
    words: englishWords,
    ...changes,
  }
}

export function proctoredFacts (changes: Partial<ProctoredPageFacts> = {}): ProctoredPageFacts {
  return {
    ...pageFacts({ family: 'proctored', ...changes }),
    provider: {
      verboseName: 'Test Proctor',
      pingInterval: 60,
      techSupportEmail: 'support@vendor.test',
      techSupportPhone: '+1-555-0100',
      learnerNotificationFromEmail: 'notify@vendor.test',
      integrationSpecificEmail: '',
    },
    worker: { url: 'https://lms.test/static/bundles/test-worker.js', integrity: 'sha384-abc' },
    reviewPolicy: null,
    allowOptOut: false,
    viewablePastDue: false,
    blockedByProvider: false,
    setup: null,
    prerequisiteStatus: null,
    onboardingLink: null,
    ...changes,
  }
}

const requirement = (name: string, url: string | null) => ({ namespace: 'proctored_exam', name, display_name: name, status: 'pending', order: 0, jumpto_url: url })
const setup = {
  instructions: ['Download the <b>Test Proctor</b> application and install it.', 'Show your identification to the camera. <a href="https://vendor.test/help">Which ones are accepted?</a>', 'Sign in.'],
  softwareDownloadUrl: 'https://vendor.test/download/pa-1',
}
const due = new Date('2030-01-01T00:30:00Z')

const timed = (status: AttemptStatus | null, changes: Partial<PageFacts> = {}) =>
  buildTimedVariables(pageFacts({ exam: exam({ isProctored: false }), attempt: status && attempt({ status }), ...changes }))
const supervised = (family: ExamFamily, status: AttemptStatus | null, changes: Partial<ProctoredPageFacts> = {}) =>
  buildProctoredVariables(proctoredFacts({ exam: exam({ isPracticeExam: family !== 'proctored' }), family, attempt: status && attempt({ status }), ...changes }))

/** Every page with the variables it would really get, and further variants worth looking at. */
export const PAGE_SAMPLES: ReadonlyArray<{ view: ViewName, variant?: string, variables: object }> = [
  { view: 'timed_exam/entrance', variables: timed(null) },
  { view: 'timed_exam/expired', variables: timed('created') },
  { view: 'timed_exam/ready_to_submit', variables: timed('ready_to_submit') },
  { view: 'timed_exam/submitted', variables: timed('submitted') },
  {
    view: 'timed_exam/submitted',
    variant: 'expired-waiting',
    variables: timed('submitted', {
      attempt: attempt({ status: 'submitted', startedAt: new Date('2029-12-31T22:30:00Z'), completedAt: now, allowedTimeLimitMins: 90 }),
      times: times({ dueDate: due, gracePeriodSeconds: 3600 }),
    }),
  },
  { view: 'proctored_exam/entrance', variables: supervised('proctored', null) },
  { view: 'proctored_exam/entrance', variant: 'opt-out', variables: supervised('proctored', null, { allowOptOut: true }) },
  {
    view: 'proctored_exam/failed-prerequisites',
    variables: supervised('proctored', null, { allowOptOut: true, prerequisiteStatus: { failed_prerequisites: [requirement('First exam', 'https://lms.test/jump'), requirement('ID verification', null)] } }),
  },
  {
    view: 'proctored_exam/pending-prerequisites',
    variables: supervised('proctored', null, { prerequisiteStatus: { pending_prerequisites: [requirement('First exam', 'https://lms.test/jump'), requirement('ID verification', null)] } }),
  },
  { view: 'proctored_exam/instructions', variables: supervised('proctored', 'created', { setup, allowOptOut: true }) },
  {
    view: 'proctored_exam/instructions',
    variant: 'code',
    variables: supervised('proctored', 'created', { setup: { instructions: null, softwareDownloadUrl: 'https://vendor.test/download' } }),
  },
  { view: 'proctored_exam/instructions', variant: 'unavailable', variables: supervised('proctored', 'created', { setup: 'unavailable' }) },
  { view: 'proctored_exam/ready_to_start', variables: supervised('proctored', 'ready_to_start', { reviewPolicy: 'One sheet of notes, both sides.\nA pocket calculator.' }) },
  { view: 'proctored_exam/ready_to_submit', variables: supervised('proctored', 'ready_to_submit') },
  { view: 'proctored_exam/ready_to_resume', variables: supervised('proctored', 'error', { attempt: attempt({ status: 'error', readyToResume: true, timeRemainingSeconds: 1800 }), times: times({ computedMinutes: 30 }), allowOptOut: true }) },
  { view: 'proctored_exam/submitted', variables: supervised('proctored', 'submitted', { viewablePastDue: true, times: times({ dueDate: due, pastDue: true }) }) },
  { view: 'proctored_exam/verified', variables: supervised('proctored', 'verified', { times: times({ dueDate: due, gracePeriodSeconds: 3600 }) }) },
  { view: 'proctored_exam/rejected', variables: supervised('proctored', 'rejected', { viewablePastDue: true, times: times({ dueDate: due, pastDue: true }) }) },
  { view: 'proctored_exam/error', variables: supervised('proctored', 'error', { platform: { ...platform, escalationEmail: 'exams@course.test' } }) },
  { view: 'proctored_exam/error', variant: 'no-contact', variables: supervised('proctored', 'error') },
  { view: 'proctored_exam/error_wrong_browser', variables: supervised('proctored', 'started', { blockedByProvider: true }) },
  { view: 'proctored_exam/expired', variables: supervised('proctored', 'created') },
  { view: 'proctored_exam/inactive_account', variables: supervised('proctored', null) },
  ...(['onboarding_missing', 'onboarding_pending', 'onboarding_failed', 'onboarding_expired'] as const).map(status => ({
    view: 'proctored_exam/onboarding_error' as const,
    variant: status,
    variables: supervised('proctored', status, { onboardingLink: '/courses/course-v1:edX+Demo+2030/jump_to/onb' }),
  })),
  { view: 'practice_exam/entrance', variables: supervised('practice', null) },
  { view: 'practice_exam/error', variables: supervised('practice', 'error') },
  { view: 'practice_exam/submitted', variables: supervised('practice', 'submitted') },
  { view: 'onboarding_exam/entrance', variables: supervised('onboarding', null) },
  { view: 'onboarding_exam/error', variables: supervised('onboarding', 'error') },
  { view: 'onboarding_exam/ready_to_submit', variables: supervised('onboarding', 'ready_to_submit') },
  { view: 'onboarding_exam/submitted', variables: supervised('onboarding', 'submitted') },
  { view: 'onboarding_exam/verified', variables: supervised('onboarding', 'verified') },
  { view: 'onboarding_exam/rejected', variables: supervised('onboarding', 'rejected') },
]
