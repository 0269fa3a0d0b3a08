import type { AttemptFacts, VendorReviewStatus } from '../provider/contract.ts'

/** Recognises a definition made by any installed copy of the kit. */
export const CONFORMANCE_BRAND: unique symbol = Symbol.for('invigil.conformance')

/** Stands in the vendor's place: answers what the provider would send over the network. */
export interface VendorStub {
  fetch (request: Request): Promise<Response> | Response
}

export type VendorReview = (verdict: VendorReviewStatus, attempt: AttemptFacts) => Record<string, unknown>

/** What may differ from one entry point of a package to the next. */
export interface EntryConformance {
  /** As an operator writes them under `options`. Secrets among them should be long and unlike any other word: the kit looks for them where they must not be. */
  options?: Record<string, unknown>
  /** A new stub for every check; without it the provider is expected to call nobody. */
  vendor?: () => VendorStub
  /** The body the vendor would post as a review; default: the standard body `{status, comments}`. */
  review?: VendorReview
  worker?: WorkerConformance
  /** How own routes are asked, by method and path as declared; default: what their schemas suggest. */
  routes?: RouteSamples
}

/** A good request to a route; what is left out is made from the route's schema. */
export interface RouteSample {
  params?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
}

/** @example { 'POST /hook': externalId => ({ body: { session: externalId, event: 'ready' } }) } */
export type RouteSamples = Readonly<Record<string, (attemptExternalId: string) => RouteSample>>

/** What the provider's script in the browser talks to. */
export interface WorkerConformance {
  /** Origins the script may call, e.g. `https://app.vendor.example:54545`; default: none. */
  origins?: readonly string[]
  /** Answers those calls as the vendor's application does when all is well. */
  application?: () => VendorStub
}

/** The argument of `defineConformance`. */
export interface ConformanceDefinition extends EntryConformance {
  options: Record<string, unknown>
  /** By entry point; each key given replaces the one above. */
  entries?: Record<string, EntryConformance>
}

export interface Conformance extends ConformanceDefinition { readonly [CONFORMANCE_BRAND]: true }

/**
 * Tells the kit about a provider's vendor. The default export of the file that `invigil.conformance` in package.json names.
 * @example
 * export default defineConformance({
 *   options: { base_url: 'https://vendor.test', client_id: 'id', client_secret: 'a-secret-to-look-for' },
 *   vendor: () => ({ fetch: request => Response.json(request.method === 'POST' ? { id: crypto.randomUUID() } : {}) }),
 * })
 */
export function defineConformance (definition: ConformanceDefinition): Conformance {
  return Object.freeze({ ...definition, [CONFORMANCE_BRAND]: true as const })
}

export function isConformance (value: unknown): value is Conformance {
  return typeof value === 'object' && value !== null && Reflect.get(value, CONFORMANCE_BRAND) === true
}
