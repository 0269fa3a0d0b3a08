import type { Static, TSchema } from 'typebox'
import type { AllowList } from './allow-list.ts'
import type { PROVIDER_METHODS, Provider, ProviderAttributes, ProviderMethod } from './contract.ts'
import type { ProviderFault } from './faults.ts'
import type { AskRoute, DeclaredRoute } from './routes/declared.ts'

/** What a caller of a provider may say about the call; all else is the door's business. */
export interface CallOptions {
  language?: string
  requestId?: string | null
  idempotencyKey?: string | null
  attemptId?: number
}

type Arguments<M extends ProviderMethod> = Parameters<NonNullable<Provider[M]>> extends [...infer Rest, unknown] ? Rest : never
type Answer<M extends ProviderMethod> = (typeof PROVIDER_METHODS)[M]['returns'] extends infer S extends TSchema
  ? (unknown extends Static<S> ? Awaited<ReturnType<NonNullable<Provider[M]>>> : Static<S>)
  : never

/**
 * The one door to a provider's methods: deadline, circuit, frozen input, checked answer, wrapped error.
 * A method the provider does not have answers `undefined`.
 */
export interface GuardedCall {
  <M extends ProviderMethod>(method: M, args: Arguments<M>, options?: CallOptions): Promise<Answer<M> | undefined>
}

export interface WorkerAsset {
  /** Path on this server, e.g. `/static/providers/mock/worker-1a2b3c4d.js`. */
  path: string
  /** Subresource integrity, `sha384-...`. */
  integrity: string
  /** The bundled classic script. */
  body: Buffer
}

/** The files of a provider's static folder. */
export interface StaticAssets {
  /** Path on this server that the files hang under, e.g. `/static/providers/mock/1a2b3c4d/`. */
  path: string
  /** Relative paths with `/`; nothing else is served. */
  files: ReadonlySet<string>
}

export interface ProviderRoutes { readonly table: readonly DeclaredRoute[], readonly ask: AskRoute }

export type CallOutcome = 'ok' | 'refused' | 'failed' | 'timeout' | 'bad_answer' | 'unavailable' | 'cancelled'

/** A method of the contract, a route of the provider's own, or code of it that ran when nobody had asked. */
export type CallPlace = ProviderMethod | 'routes' | 'background'

/** Told of every guarded call, for metrics. */
export interface CallObserver {
  called (call: { provider: string, method: CallPlace, outcome: CallOutcome, ms: number }): void
}

/** How a provider has been doing since the start of this process. Fit to be shown: no secrets. */
export interface ProviderHealth {
  circuit: 'closed' | 'open' | 'half-open'
  /** When an open circuit lets the next call through, ISO 8601. */
  retryAt: string | null
  /** Calls under way. */
  pending: number
  counts: Readonly<Record<CallOutcome, number>>
  /** Median of the latest answered calls. */
  p50Ms: number | null
  /** The latest failures, newest first. */
  lastErrors: readonly { at: string, method: CallPlace, code: string, message: string }[]
}

/** A provider as the rest of the house sees it. Frozen. */
export interface LoadedProvider {
  readonly name: string
  /** ready: works. disabled: failed at start and the operator allowed it. retired: gone, its records stay readable. */
  readonly state: 'ready' | 'disabled' | 'retired'
  readonly package: { readonly name: string, readonly version: string, readonly entryPoint: string } | null
  readonly contract: string | null
  readonly attributes: Readonly<ProviderAttributes>
  /** The courses it is for. */
  readonly allowList: AllowList
  readonly worker: WorkerAsset | null
  /** Absolute folders, or null. */
  readonly templatesDir: string | null
  readonly localesDir: string | null
  readonly staticDir: string | null
  readonly staticAssets: StaticAssets | null
  /** Its own routes, to be mounted under `/api/providers/<name>`; null when it has none. */
  readonly routes: ProviderRoutes | null
  /** Whether the provider has the method, so that a caller can skip work. */
  has (method: ProviderMethod): boolean
  readonly call: GuardedCall
  /** Why it is disabled; empty otherwise. */
  readonly faults: readonly ProviderFault[]
  health (): ProviderHealth
}

/** All providers of this process by name. Made once at start, never changed. */
export interface ProviderRegistry {
  /** Name of the default provider, or null when none is configured. */
  readonly defaultName: string | null
  /** Undefined for a name that is not configured at all. */
  find (name: string): LoadedProvider | undefined
  /**
   * The provider that serves exams with this stored name (null = the default).
   * @throws INV_PROVIDER_NOT_FOUND (500), INV_PROVIDER_NOT_CONFIGURED (500), INV_PROVIDER_DISABLED (503), INV_PROVIDER_RETIRED (503)
   */
  require (name: string | null): LoadedProvider
  /** In configured order. */
  list (): readonly LoadedProvider[]
  /** Tells the observer of every call from now on. */
  observe (observer: CallObserver): void
  /** Ends calls under way and closes the providers' connections. */
  close (): Promise<void>
}
