import type { Attempt, Exam } from '../../domain/attempt/attempt.ts'
import { ATTEMPT_STATUSES, type AttemptStatus } from '../../domain/attempt/status.ts'
import { attemptUrls, buildProctoredVariables, buildTimedVariables, type PageFacts } from '../../interstitials/variables.ts'
import { VIEW_NAMES, type ExamFamily, type ViewName } from '../../interstitials/views.ts'

/** A page with variables as it really gets them. */
export interface PageSample { readonly view: ViewName, readonly variables: object }

const NOW = new Date('2030-01-01T00:00:00Z')
/** In place of every text that comes from people or vendors: must come out escaped. */
export const HOSTILE = '<invigil-probe onclick="x()">'

export const examSample = (changes: Partial<Exam> = {}): Exam => ({
  id: 7,
  courseId: 'course-v1:Invigil+Conformance+2030',
  contentId: 'block-v1:Invigil+Conformance+2030+type@sequential+block@final',
  externalId: 'exam-1',
  examName: 'Final exam',
  timeLimitMins: 90,
  dueDate: null,
  isProctored: true,
  isPracticeExam: false,
  isActive: true,
  hideAfterDue: false,
  backend: null,
  ...changes,
})

export const attemptSample = (changes: Partial<Attempt> = {}): Attempt => ({
  id: 41,
  version: 1,
  userId: 101,
  examId: 7,
  provider: null,
  status: 'created',
  attemptCode: 'D5A1B3F0-0000-4000-8000-000000000001',
  externalId: 'attempt-1',
  createdAt: NOW,
  modifiedAt: NOW,
  startedAt: null,
  completedAt: null,
  allowedTimeLimitMins: null,
  takingAsProctored: true,
  isSampleAttempt: false,
  reviewPolicyId: null,
  isStatusAcknowledged: false,
  timeRemainingSeconds: null,
  isResumable: false,
  readyToResume: false,
  resumed: false,
  isCurrent: true,
  archivedAt: null,
  ...changes,
})

const LINKS = { faq: 'https://lms.example/faq', online_proctoring_rules: 'https://lms.example/rules', contact_us: 'https://lms.example/contact', tech_requirements: 'https://lms.example/tech' }

/** Status an attempt has where its page is named otherwise. */
const STATUS_OF: Readonly<Record<string, AttemptStatus | null>> = {
  entrance: null,
  expired: 'created',
  instructions: 'created',
  'failed-prerequisites': null,
  'pending-prerequisites': null,
  ready_to_resume: 'error',
  error_wrong_browser: 'started',
  inactive_account: null,
  onboarding_error: 'onboarding_missing',
}

function pageFacts (view: ViewName): PageFacts {
  const [folder = '', page = ''] = view.split('/')
  const family = FAMILIES[folder] ?? 'proctored'
  const named = ATTEMPT_STATUSES.find(status => status === page)
  const status = page in STATUS_OF ? STATUS_OF[page] ?? null : named ?? null
  return {
    exam: examSample({ examName: `Final exam ${HOSTILE}`, isProctored: family !== 'timed', isPracticeExam: family === 'practice' || family === 'onboarding' }),
    attempt: status === null ? null : attemptSample({ status, readyToResume: page === 'ready_to_resume' }),
    family,
    platform: { name: 'Example University', contactEmail: 'help@lms.example', techSupportEmail: 'tech@lms.example', linkUrls: LINKS, escalationEmail: null },
    urls: { ...attemptUrls('/api/edx_proctoring', status === null ? null : 41), progressPage: 'https://lms.example/progress', resetPassword: 'https://lms.example/password' },
    times: { now: NOW, dueDate: new Date('2030-01-02T00:00:00Z'), pastDue: page === 'expired', computedMinutes: 90, remainingSeconds: 1800, gracePeriodSeconds: 0 },
    words: { hours: count => `${count} hours`, minutes: count => `${count} minutes`, join: (hours, minutes) => `${hours} and ${minutes}`, error: 'error' },
  }
}

const FAMILIES: Readonly<Record<string, ExamFamily>> = { timed_exam: 'timed', proctored_exam: 'proctored', practice_exam: 'practice', onboarding_exam: 'onboarding' }

const REQUIREMENT = { namespace: 'proctored_exam', name: 'first', display_name: `First ${HOSTILE}`, status: 'pending', order: 0, jumpto_url: 'https://lms.example/jump' }

function buildSample (view: ViewName): PageSample {
  const facts = pageFacts(view)
  if (facts.family === 'timed') return { view, variables: buildTimedVariables(facts) }
  const isSetup = view.endsWith('/instructions')
  return {
    view,
    variables: buildProctoredVariables({
      ...facts,
      provider: { verboseName: `Proctor ${HOSTILE}`, pingInterval: 60, techSupportEmail: 'support@vendor.example', techSupportPhone: '+1 555 0100', learnerNotificationFromEmail: 'notify@vendor.example', integrationSpecificEmail: '' },
      worker: { url: 'https://lms.example/static/providers/p/worker-0.js', integrity: 'sha384-abc' },
      reviewPolicy: `One sheet of notes ${HOSTILE}`,
      allowOptOut: true,
      viewablePastDue: true,
      blockedByProvider: view.endsWith('/error_wrong_browser'),
      setup: isSetup ? { instructions: [`Start the application. ${HOSTILE}`, 'Show your <b>identity card</b>.'], softwareDownloadUrl: 'https://vendor.example/download' } : null,
      prerequisiteStatus: view.includes('prerequisites') ? { failed_prerequisites: [REQUIREMENT], pending_prerequisites: [REQUIREMENT], satisfied_prerequisites: [], declined_prerequisites: [] } : null,
      onboardingLink: '/courses/course/jump_to/onboarding',
    }),
  }
}

/** Every page a learner can be shown. */
export const PAGE_SAMPLES: readonly PageSample[] = VIEW_NAMES.map(buildSample)
