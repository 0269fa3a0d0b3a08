import { VENDOR_REVIEW_STATUSES, type ProviderMethod } from '../../provider/contract.ts'
import type { CallOptions, LoadedProvider } from '../../provider/registry.ts'
import type { Target } from '../target/target.ts'
import { registrationFacts } from './facts.ts'
import type { Scene } from './scene.ts'

/** One way a method is called in earnest. */
export interface MethodCall {
  /** What is special about it, after the method's name. */
  readonly when: string
  ask (provider: LoadedProvider): Promise<unknown>
}

const key = (idempotencyKey: string): CallOptions => ({ idempotencyKey, requestId: 'conformance' })
const LOOK_UP: CallOptions = { requestId: 'conformance', language: 'es' }

const TEACHER = { id: '0a1b2c3d4e', fullName: 'Grace Hopper', email: 'grace@teacher.example' }

/** Every method with input as the host gives it. */
export const METHOD_CALLS: Readonly<Record<ProviderMethod, (scene: Scene, target: Target) => readonly MethodCall[]>> = {
  registerAttempt: ({ exam }) => [
    { when: 'for an exam', ask: provider => { const context = registrationFacts(); return provider.call('registerAttempt', [exam, context], key(context.attemptCode)) } },
    { when: 'with a review policy, an exception to it and no e-mail address', ask: provider => { const context = registrationFacts({ email: null, reviewPolicy: 'One sheet of notes.\nNo phone.', reviewPolicyException: 'Insulin pump' }); return provider.call('registerAttempt', [exam, context], key(context.attemptCode)) } },
  ],
  startAttempt: ({ ids }) => [{ when: '', ask: provider => provider.call('startAttempt', [ids], key('start-1')) }],
  stopAttempt: ({ ids }) => [{ when: '', ask: provider => provider.call('stopAttempt', [ids], key('stop-1')) }],
  markAttemptError: ({ ids }) => [{ when: '', ask: provider => provider.call('markAttemptError', [ids], key('error-1')) }],
  removeAttempt: ({ ids }) => [{ when: '', ask: provider => provider.call('removeAttempt', [ids], key('remove-1')) }],
  examSaved: ({ exam }) => [
    { when: 'for an exam the vendor knows', ask: provider => provider.call('examSaved', [exam], key('save-1')) },
    { when: 'for a new exam', ask: provider => provider.call('examSaved', [{ ...exam, id: 8, externalId: null }], key('save-2')) },
    { when: 'with a review policy and a due date', ask: provider => provider.call('examSaved', [{ ...exam, dueDate: '2030-06-01T12:00:00.000Z', ruleSummary: 'Open book' }], key('save-3')) },
    { when: 'for an exam that is no longer active', ask: provider => provider.call('examSaved', [{ ...exam, isActive: false }], key('save-4')) },
  ],
  getAttempt: ({ attempt }) => [{ when: '', ask: provider => provider.call('getAttempt', [attempt], LOOK_UP) }],
  getSoftwareDownloadUrl: () => [{ when: '', ask: provider => provider.call('getSoftwareDownloadUrl', [], LOOK_UP) }],
  getConfiguration: () => [{ when: '', ask: provider => provider.call('getConfiguration', [], LOOK_UP) }],
  normaliseReview: ({ attempt }, target) => VENDOR_REVIEW_STATUSES.map(verdict => ({
    when: `for the verdict ${verdict}`,
    ask: provider => provider.call('normaliseReview', [{ attempt, body: target.review(verdict, attempt) }], LOOK_UP),
  })),
  getInstructorUrl: ({ exam, attempt }) => {
    const course = { courseId: exam.courseId, user: TEACHER }
    const ofExam = { ...course, ...(exam.externalId && { examExternalId: exam.externalId }) }
    const ofAttempt = { ...ofExam, ...(attempt.externalId && { attemptExternalId: attempt.externalId }) }
    return [
      { when: 'for a course', ask: provider => provider.call('getInstructorUrl', [course], LOOK_UP) },
      { when: 'for an exam', ask: provider => provider.call('getInstructorUrl', [ofExam], LOOK_UP) },
      { when: 'for the configuration of an exam', ask: provider => provider.call('getInstructorUrl', [{ ...ofExam, configuration: true }], LOOK_UP) },
      { when: 'for an attempt and its recording', ask: provider => provider.call('getInstructorUrl', [{ ...ofAttempt, videoReviewUrl: 'https://vendor.example/video/1' }], LOOK_UP) },
    ]
  },
  retireUser: () => [{ when: '', ask: provider => provider.call('retireUser', [registrationFacts().userId], key('retire-1')) }],
  getOnboardingProfiles: ({ exam: { courseId } }) => [
    { when: 'for a course', ask: provider => provider.call('getOnboardingProfiles', [{ courseId, statuses: ['approved_in_course', 'rejected'] }], LOOK_UP) },
  ],
  blocksContent: ({ attempt }) => [true, false].map(launchedBySecureBrowser => ({
    when: launchedBySecureBrowser ? 'from the secure browser' : 'from another browser',
    ask: provider => provider.call('blocksContent', [{ attemptCode: attempt.attemptCode, launchedBySecureBrowser }], LOOK_UP),
  })),
}

export const METHODS = Object.keys(METHOD_CALLS) as ProviderMethod[] // the table's type says that its keys are all methods

/** Queued by the host and repeated until they succeed. */
export const EFFECTS: ReadonlySet<ProviderMethod> = new Set(['startAttempt', 'stopAttempt', 'markAttemptError', 'removeAttempt', 'examSaved'])
