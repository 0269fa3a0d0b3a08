import type { AttemptFacts, VendorReviewStatus } from '../../provider/contract.ts'
import type { RouteSamples, VendorStub, WorkerConformance } from '../define-conformance.ts'
import type { TrialDatabases } from '../house/server.ts'

/** A package.json, read and not believed. */
export type Manifest = Readonly<Record<string, unknown>>

/** What is looked at: one entry point of one package, and what the kit knows of its vendor. */
export interface Target {
  /** Real folder of the package. */
  readonly folder: string
  /** Null when package.json cannot be read. */
  readonly manifest: Manifest | null
  /** Name it is installed under in `hostRoot`. */
  readonly packageName: string
  /** Name of the entry point; also the provider's name during the run. */
  readonly entry: string
  /** A folder of the run's own that has the package among its node_modules. */
  readonly hostRoot: string
  /** For files of the run; gone afterwards. */
  readonly workDir: string
  readonly options: Readonly<Record<string, unknown>>
  /** Null: the provider is expected to call nobody. */
  readonly vendor: (() => VendorStub) | null
  readonly review: (verdict: VendorReviewStatus, attempt: AttemptFacts) => Record<string, unknown>
  readonly worker: WorkerConformance
  readonly routes: RouteSamples
  /** Path of the package's conformance file, or why there is none. */
  readonly conformanceFile: { readonly path: string } | { readonly missing: string }
  /** True: the vendor is the real one. */
  readonly isLive: boolean
  /** For the groups that build the whole service. */
  readonly databases: TrialDatabases
}

/** How a vendor signs in to the host during the run; long enough to be looked for. */
export const CALLBACK = Object.freeze({ client_id: 'vendor-under-test', client_secret: 'callback-secret-of-the-trial-7f3a9c' })

/** Another vendor that signs in to the same host; its provider is retired, its credentials are good. */
export const RIVAL = Object.freeze({ name: 'rival_of_the_trial', callback: Object.freeze({ client_id: 'rival-of-the-trial', client_secret: 'rival-secret-of-the-trial-51d0b8' }) })
