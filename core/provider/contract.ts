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
import type { AttemptFacts, AttemptIds, RegistrationContext, SavedExam } from './facts.ts'
import type { ProviderRoutesApp, RouteSender } from './route-contract.ts'

export * from './answers.ts'
export * from './facts.ts'
export * from './route-contract.ts'

/**
 * Version of this contract (rules: docs/decisions/0007). A host takes every provider of its own major version whose minor version it has
 * reached: one built for 1.0.0 runs on a host with 1.1.0; one built for a later minor, or for another major, is refused at start.
 *
 * - 1.1.0 adds `routes` and, in `ProviderAttempts`, `find`, `receiveReview` and `reportError`
 * - 1.0.0 is the first
 */
export const CONTRACT_VERSION = '1.1.0'

/** Recognises a definition made by any installed copy of the contract: never `instanceof` across packages. */
export const PROVIDER_BRAND: unique symbol = Symbol.for('invigil.provider')
export const REFUSAL_BRAND: unique symbol = Symbol.for('invigil.provider-refusal')

/** Marks an option as secret: validated like text, never logged, never shown by `doctor` or the API. */
export const Secret = (options: { minLength?: number, description?: string } = {}) =>
  Type.String({ minLength: 1, ...options, secret: true })

// ---------------------------------------------------------------- what the host hands to a provider

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

/**
 * What a provider may know of and do to attempts, its own only: another provider's attempt does not exist here. Removed attempts do not either.
 * The same object in `create`, in methods and in routes; usable once the host has started, so not while `create` runs.
 *
 * Each may reject with an `Error` that has a `code`: `INV_BAD_REQUEST` (an argument is none), `INV_ATTEMPT_NOT_FOUND`, `INV_CONFLICT` (changed by
 * somebody else at the same moment; try again), `INV_ATTEMPTS_UNAVAILABLE` (the host's trouble). None has a deadline of its own; none calls the vendor before it is done,
 * but for what is said below.
 */
export interface ProviderAttempts {
  /** The attempt as it stands now, frozen; null when this provider has none with this id. One query. Since 1.1. */
  find (attemptExternalId: string): Promise<AttemptFacts | null>
  /** The vendor is ready: created or download_software_clicked becomes ready_to_start; anything else stays, and so does an unknown id. */
  markReady (attemptExternalId: string): Promise<void>
  /**
   * The vendor's verdict, as if it had come through the callback of the wire: calls this provider's `normaliseReview`, stores, gives the attempt its
   * status, tells the platform. A second review replaces the first where the operator allows it.
   * @param body as the vendor sent it: plain data of at most 1 MiB.
   * Rejects also with `INV_REVIEW_EXISTS`, `INV_REVIEW_INVALID`, `INV_NO_LONGER_PROCTORED`, and with what `normaliseReview` is refused for. Since 1.1.
   */
  receiveReview (attemptExternalId: string, body: Record<string, unknown>): Promise<void>
  /**
   * Proctoring broke at the vendor: an attempt that is being set up or worked on becomes `error`, with the time left saved for a resume; one that
   * is over stays. `markAttemptError` is called afterwards as for every error.
   * @param detail for the attempt's history and people of the platform, at most 1,000 characters are kept. Since 1.1.
   */
  reportError (attemptExternalId: string, detail: string): Promise<void>
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
 *
 * *Look-up*: awaited by a person, called once, never retried by the host; past its deadline the person gets 504, after another error 502.
 * *Effect*: queued with the change that caused it, in order per attempt, at least once, retried with growing pauses until it succeeds or an operator
 * gives it up; must be idempotent (`call.idempotencyKey` is the same for every retry). Nobody waits for it.
 * Five failures in a row, `normaliseReview` and `blocksContent` not counted, and the vendor is left alone for 30 seconds.
 *
 * Arguments are frozen copies. Answers must be plain data (texts, numbers, booleans, null, lists, objects) of at most 5 million characters,
 * 100,000 values and 40 levels; the host copies them, so an accessor is read once.
 */
export interface Provider extends Partial<ProviderAttributes> {
  /** Look-up, 10 s, once per attempt created with proctoring. Answers the vendor's attempt id (at most 255 characters), or the onboarding step that is missing. */
  registerAttempt (exam: SavedExam, context: RegistrationContext, call: CallInfo): Promise<Static<typeof RegistrationSchema>>
  /** Effect, 30 s, once per attempt, at the first start. The answer is ignored. */
  startAttempt? (ids: AttemptIds, call: CallInfo): Promise<void>
  /** Effect, 30 s, whenever the attempt is submitted. The answer is ignored. */
  stopAttempt? (ids: AttemptIds, call: CallInfo): Promise<void>
  /** Effect, 30 s, whenever the attempt ends in an error. The answer is ignored. */
  markAttemptError? (ids: AttemptIds, call: CallInfo): Promise<void>
  /** Effect, 30 s, once per removed attempt. False = the vendor did not remove it. "Already gone" is true. */
  removeAttempt? (ids: AttemptIds, call: CallInfo): Promise<boolean>
  /** Effect, 30 s, whenever a proctored exam or its review policy is saved. Answers the vendor's exam id (at most 255 characters), or null to keep the present one. */
  examSaved? (exam: SavedExam, call: CallInfo): Promise<string | null>
  /** Look-up, 5 s, each time an attempt is shown while it is being set up: often, so answer fast. */
  getAttempt? (attempt: AttemptFacts, call: CallInfo): Promise<AttemptDetails>
  /** Look-up, 5 s, when `getAttempt` gave no download address. */
  getSoftwareDownloadUrl? (call: CallInfo): Promise<string | null>
  /** Look-up, 5 s, whenever the settings of an exam are read; passed on to clients as it is. */
  getConfiguration? (call: CallInfo): Promise<Record<string, unknown> | null>
  /** When a review arrives, 5 s: turn it into the host's shape, without calling the vendor. Without this method reviews are refused. */
  normaliseReview? (review: ReceivedReview, call: CallInfo): Promise<NormalisedReview>
  /** Look-up, 5 s, on each visit of the instructor dashboard. Null = there is none to show. */
  getInstructorUrl? (query: InstructorUrlQuery, call: CallInfo): Promise<string | null>
  /** Look-up, 30 s, once per retired user. Null = nothing to do; false = could not. */
  retireUser? (userId: string, call: CallInfo): Promise<boolean | null>
  /** Look-up, 10 s, whenever onboarding states are shown and come from the vendor. */
  getOnboardingProfiles? (query: OnboardingQuery, call: CallInfo): Promise<OnboardingProfiles>
  /** Before content of a started attempt is shown, 2 s: at every page, so answer from what is at hand. True = show the wrong-browser page instead. */
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

/** In the table of methods: nobody looks at the answer. */
export const NOTHING = Type.Unknown()

/** One row per method: is it needed, how long may it take, what must it answer. */
export const PROVIDER_METHODS: MethodTable = {
  registerAttempt: { required: true, deadlineMs: 10_000, returns: RegistrationSchema },
  startAttempt: { required: false, deadlineMs: 30_000, returns: NOTHING },
  stopAttempt: { required: false, deadlineMs: 30_000, returns: NOTHING },
  markAttemptError: { required: false, deadlineMs: 30_000, returns: NOTHING },
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

// ---------------------------------------------------------------- routes of its own (who may call them, limits, the type of `app`: route-contract.ts)

declare module 'fastify' {
  interface FastifyRequest {
    /** In routes of providers: obey the signal, log through `log`. */
    call: CallInfo
    /** In routes of providers: who sent it. */
    sender: RouteSender | null
  }
}

/** All that the routes of a provider see: what `create` saw, and what it made. */
export interface ProviderRoutesContext<Options> extends ProviderContext<Options> { provider: Provider }

/**
 * Declares the routes of a provider. Called once at start, after `create`; must be done within the same 5 seconds. A throw, a route without a
 * permission or a path used twice is a fault of the provider at start.
 *
 * A handler sees neither cookies nor `Authorization` of the caller: the host has checked them. Throw `refuse(status, detail)` to refuse; anything
 * else thrown is answered 502 as `{ code, detail }`, logged, and counted in the provider's health.
 */
export type DeclareRoutes<Options extends TObject = TObject> = (app: ProviderRoutesApp, context: ProviderRoutesContext<Static<Options>>) => void | Promise<void>

// ---------------------------------------------------------------- what a plugin package exports

/** The argument of `defineProvider`. Paths are relative to the entry file and must stay inside the package. */
export interface ProviderDefinition<Options extends TObject = TObject> {
  /** Schema of the operator's `options`: unknown keys are refused, defaults applied, `Secret()` never logged. */
  options: Options
  /** Makes the provider. Called once at start; import and `create` together have 5 seconds. A throw is a fault at start. Call the vendor later. */
  create (context: ProviderContext<Static<Options>>): Provider | Promise<Provider>
  /** HTTP routes of its own under `/api/providers/<name>/`. Since 1.1. */
  routes?: DeclareRoutes<Options>
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
