/**
 * The provider contract: everything a vendor programs against.
 *
 * Words
 *   provider      a loaded vendor plugin under the name the operator gave it
 *   plugin package the npm package that ships one or more providers
 *   entry point   the named file of a package whose default export makes a provider
 *   exam          a timed section of a course; `externalId` is the vendor's id for it
 *   attempt       one learner's go at an exam; `externalId` is the vendor's id for it
 *   effect        something a transition asks for outside its own row; told to the provider after the commit, retried
 *   interstitial  the page shown instead of exam content
 *   worker        the provider's script in the learner's browser
 *   review        the vendor's verdict on an attempt
 */
import { Type, type Static, type TObject, type TSchema } from 'typebox'
import {
  AttemptDetailsSchema, NormalisedReviewSchema, Nullable, OnboardingProfilesSchema, RegistrationSchema, type NormalisedReview, type AttemptDetails, type OnboardingProfiles,
} from './answers.ts'

export * from './answers.ts'

/** Version of this contract. A provider built for another major version is refused at start. */
export const CONTRACT_VERSION = '1.0.0'

/** Recognises a definition made by any installed copy of the contract: never `instanceof` across packages. */
export const PROVIDER_BRAND: unique symbol = Symbol.for('invigil.provider')
export const REFUSAL_BRAND: unique symbol = Symbol.for('invigil.provider-refusal')

/** Marks an option as secret: validated like text, never logged, never shown by `doctor` or the API. */
export const Secret = (options: { minLength?: number, description?: string } = {}) =>
  Type.String({ minLength: 1, ...options, secret: true })

// ---------------------------------------------------------------- what the host hands to a provider

export const ExamFactsSchema = Type.Object({
  id: Type.Integer(),
  courseId: Type.String(),
  contentId: Type.String(),
  externalId: Nullable(Type.String()),
  examName: Type.String(),
  timeLimitMins: Type.Integer({ description: 'minutes' }),
  isProctored: Type.Boolean(),
  isPracticeExam: Type.Boolean(),
  isActive: Type.Boolean(),
  dueDate: Nullable(Type.String({ description: 'ISO 8601, UTC' })),
  hideAfterDue: Type.Boolean(),
  backend: Nullable(Type.String({ description: 'provider name as stored with the exam' })),
})
/** The exam as the host knows it. Frozen. */
export type ExamFacts = Static<typeof ExamFactsSchema>

/** What `examSaved` is told: the exam and, when a review policy exists, its text. */
export type SavedExam = ExamFacts & { ruleSummary?: string }

/** What a provider learns about a learner and an attempt when the attempt is registered. */
export interface RegistrationContext {
  /** Upper-case UUID made by the host; the idempotency key of this registration. */
  attemptCode: string
  /** Minutes this learner may work, allowances and due date included. */
  timeLimitMins: number
  /** True for practice and onboarding exams. */
  isSampleAttempt: boolean
  /** Pseudonymous learner id: stable per provider, 40 hex characters. */
  userId: string
  fullName: string
  email: string | null
  /** Public root of the learning platform, e.g. `https://lms.example.org`. */
  lmsHost: string
  /** Where a secure browser opens the exam (`.../start_exam/{attemptCode}`). */
  launchUrl: string
  reviewPolicy?: string
  reviewPolicyException?: string
  /** What the platform wants reviewers told where an exam has no policy of its own. */
  defaultReviewPolicy?: string
}

/** The two ids by which a vendor knows an attempt. */
export interface AttemptIds { examExternalId: string | null, attemptExternalId: string | null }

/** The attempt as the host knows it. Frozen. */
export interface AttemptFacts {
  id: number
  attemptCode: string
  externalId: string | null
  status: string
  isSampleAttempt: boolean
  takingAsProctored: boolean
  startedAt: string | null
  completedAt: string | null
  allowedTimeLimitMins: number | null
  exam: ExamFacts
  /** True when the attempt was removed and is only found in the archive. */
  isArchived: boolean
}

/** Accompanies every call: obey the signal, log through `log`, pass the request id on. */
export interface CallInfo {
  /** Aborts at the deadline or when the host shuts down. */
  signal: AbortSignal
  log: ProviderLog
  /** Language of the person this is for, e.g. `es`. */
  language: string
  /** The platform's own language, e.g. `en`. */
  defaultLanguage: string
  requestId: string | null
  /** The same for every retry of one effect; null for plain look-ups. */
  idempotencyKey: string | null
}

export interface ProviderLog {
  debug (fields: object, message?: string): void
  info (fields: object, message?: string): void
  warn (fields: object, message?: string): void
  error (fields: object, message?: string): void
}

export type FetchLike = (input: string | URL, init?: RequestInit) => Promise<Response>

/** All that a provider sees of the host. */
export interface ProviderContext<Options> {
  /** The name the operator gave this provider. */
  name: string
  options: Readonly<Options>
  log: ProviderLog
  /** `fetch` with a connection pool of its own; pass `call.signal`. */
  fetch: FetchLike
  clock: { now (): Date }
  /** Reports that something happened without a call from the host, e.g. `ready` from a simulated check. */
  attempts: ProviderAttempts
}

/** The few things a provider may do to attempts, and only to its own. */
export interface ProviderAttempts {
  /** The vendor is ready: created or download_software_clicked becomes ready_to_start; anything else stays. */
  markReady (attemptExternalId: string): Promise<void>
}

// ---------------------------------------------------------------- what a provider is asked and answers (the shapes of answers: answers.ts)

export interface InstructorUrlQuery {
  courseId: string
  user: { id: string, fullName: string, email: string }
  examExternalId?: string
  attemptExternalId?: string
  /** Asks for the vendor's configuration page of the exam. */
  configuration?: boolean
  /** The review's video address, decrypted; only when the operator switched the redirect on. */
  videoReviewUrl?: string
}
export interface OnboardingQuery { courseId: string, userId?: string, statuses?: string[] }
/** A request for exam content that the provider may refuse. */
export interface ContentRequest {
  attemptCode: string
  /** True when the request carries the signed cookie the launch callback set for this very attempt. */
  launchedBySecureBrowser: boolean
}
/** A received review: the attempt it names and the body as it came. Vendor data: treat as hostile. */
export interface ReceivedReview {
  attempt: AttemptFacts
  body: Record<string, unknown>
  /** True where the operator lets reviews be simulated: proofs that only the vendor can give are then not asked for. */
  simulationAllowed?: boolean
}

/**
 * A provider. Only `registerAttempt` is required. Every method may throw; throw what `refuse()` makes to say *why* to the caller.
 * Methods marked *look-up* are awaited by a person; those marked *effect* are queued, retried and must be idempotent.
 */
export interface Provider extends Partial<ProviderAttributes> {
  /** Look-up, once per attempt created with proctoring. Answers the vendor's attempt id, or the onboarding step that is missing. */
  registerAttempt (exam: SavedExam, context: RegistrationContext, call: CallInfo): Promise<Static<typeof RegistrationSchema>>
  /** Effect, once per attempt, at the first start. */
  startAttempt? (ids: AttemptIds, call: CallInfo): Promise<void>
  /** Effect, when the attempt is submitted. */
  stopAttempt? (ids: AttemptIds, call: CallInfo): Promise<void>
  /** Effect, when the attempt ends in an error. */
  markAttemptError? (ids: AttemptIds, call: CallInfo): Promise<void>
  /** Effect, when an attempt is removed. False = the vendor did not remove it. "Already gone" is true. */
  removeAttempt? (ids: AttemptIds, call: CallInfo): Promise<boolean>
  /** Effect, whenever a proctored exam or its review policy is saved. Answers the vendor's exam id, or null to keep the present one. */
  examSaved? (exam: SavedExam, call: CallInfo): Promise<string | null>
  /** Look-up, while an attempt is being set up. */
  getAttempt? (attempt: AttemptFacts, call: CallInfo): Promise<AttemptDetails>
  /** Look-up, when `getAttempt` gave no download address. */
  getSoftwareDownloadUrl? (call: CallInfo): Promise<string | null>
  /** Look-up, whenever the settings of an exam are read; passed on to clients as it is. */
  getConfiguration? (call: CallInfo): Promise<Record<string, unknown> | null>
  /** When a review arrives: turn it into the host's shape. Without this method reviews are refused. */
  normaliseReview? (review: ReceivedReview, call: CallInfo): Promise<NormalisedReview>
  /** Look-up, on each visit of the instructor dashboard. */
  getInstructorUrl? (query: InstructorUrlQuery, call: CallInfo): Promise<string | null>
  /** Look-up, at user retirement. Null = nothing to do; false = could not. */
  retireUser? (userId: string, call: CallInfo): Promise<boolean | null>
  /** Look-up, when onboarding states come from the vendor. */
  getOnboardingProfiles? (query: OnboardingQuery, call: CallInfo): Promise<OnboardingProfiles>
  /** Before content of a started attempt is shown. True = show the wrong-browser page instead. */
  blocksContent? (request: ContentRequest, call: CallInfo): Promise<boolean>
}

/** What pages, settings and rules need to know of a provider. Operators may override each in `options`, in snake_case. */
export const ProviderAttributesSchema = Type.Object({
  verboseName: Type.String({ default: 'Unknown', description: 'name shown to people' }),
  pingInterval: Type.Integer({ minimum: 1, default: 60, description: 'seconds between worker pings' }),
  techSupportEmail: Type.String({ default: '' }),
  techSupportPhone: Type.String({ default: '' }),
  learnerNotificationFromEmail: Type.String({ default: '', description: 'sender of the vendor\'s own mails' }),
  integrationSpecificEmail: Type.String({ default: '', description: 'who helps with this provider; empty = the platform\'s contact' }),
  helpCenterArticleUrl: Type.String({ default: '' }),
  hasDashboard: Type.Boolean({ default: false }),
  supportsOnboarding: Type.Boolean({ default: false }),
  workerOptions: Type.Record(Type.String(), Type.Unknown(), { default: {}, description: 'handed to the worker\'s Handler; everybody can read them' }),
  passingStatuses: Type.Array(Type.String(), { default: [], description: 'stored review words that pass; empty = Clean and Rules Violation' }),
  videoReviewAesKey: Nullable(Type.String({ pattern: '^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{48}|[0-9a-fA-F]{64})$', default: null, secret: true })),
}, { additionalProperties: false })
export type ProviderAttributes = Static<typeof ProviderAttributesSchema>

type MethodTable = { [Method in ProviderMethod]: MethodFacts }
interface MethodFacts {
  required: boolean
  /** Milliseconds until the call is aborted. */
  deadlineMs: number
  returns: TSchema
}

export type ProviderMethod =
  | 'registerAttempt' | 'startAttempt' | 'stopAttempt' | 'markAttemptError' | 'removeAttempt' | 'examSaved' | 'getAttempt'
  | 'getSoftwareDownloadUrl' | 'getConfiguration' | 'normaliseReview' | 'getInstructorUrl' | 'retireUser' | 'getOnboardingProfiles' | 'blocksContent'

const nothing = Type.Unknown()

/** One row per method: is it needed, how long may it take, what must it answer. */
export const PROVIDER_METHODS: MethodTable = {
  registerAttempt: { required: true, deadlineMs: 10_000, returns: RegistrationSchema },
  startAttempt: { required: false, deadlineMs: 30_000, returns: nothing },
  stopAttempt: { required: false, deadlineMs: 30_000, returns: nothing },
  markAttemptError: { required: false, deadlineMs: 30_000, returns: nothing },
  removeAttempt: { required: false, deadlineMs: 30_000, returns: Type.Boolean() },
  examSaved: { required: false, deadlineMs: 30_000, returns: Nullable(Type.String({ minLength: 1, maxLength: 255 })) },
  getAttempt: { required: false, deadlineMs: 5_000, returns: AttemptDetailsSchema },
  getSoftwareDownloadUrl: { required: false, deadlineMs: 5_000, returns: Nullable(Type.String()) },
  getConfiguration: { required: false, deadlineMs: 5_000, returns: Nullable(Type.Record(Type.String(), Type.Unknown())) },
  normaliseReview: { required: false, deadlineMs: 5_000, returns: NormalisedReviewSchema },
  getInstructorUrl: { required: false, deadlineMs: 5_000, returns: Nullable(Type.String()) },
  retireUser: { required: false, deadlineMs: 30_000, returns: Nullable(Type.Boolean()) },
  getOnboardingProfiles: { required: false, deadlineMs: 10_000, returns: OnboardingProfilesSchema },
  blocksContent: { required: false, deadlineMs: 2_000, returns: Type.Boolean() },
}

// ---------------------------------------------------------------- what a plugin package exports

/** The argument of `defineProvider`. Paths are relative to the entry file and must stay inside the package. */
export interface ProviderDefinition<Options extends TObject = TObject> {
  /** Schema of the operator's `options`: unknown keys are refused, defaults applied, `Secret()` never logged. */
  options: Options
  create (context: ProviderContext<Static<Options>>): Provider | Promise<Provider>
  /** Browser script; bundled at start into one classic script and served under its content hash. */
  worker?: string
  /** Folder of Liquid files that add to or override the core's pages for this provider's exams. */
  templates?: string
  /** Folder of files served under this provider's static path. */
  static?: string
  /** Folder of `<language>.yaml` files laid over the core's texts. */
  locales?: string
}

export interface BrandedDefinition<Options extends TObject = TObject> extends ProviderDefinition<Options> {
  readonly [PROVIDER_BRAND]: true
  readonly contract: string
}

/** Why a vendor said no. `status` is the HTTP status the caller sees (4xx or 5xx); `detail` is for people. */
export interface ProviderRefusal extends Error {
  readonly [REFUSAL_BRAND]: true
  readonly status: number
}
