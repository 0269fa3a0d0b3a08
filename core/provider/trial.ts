import type { FetchLike, ProviderMethod } from './contract.ts'

/** What a trial of a provider lends it, and sees of it. The service itself uses none of this; `invigil/testkit` does. */
export interface Trial {
  /** Takes the place of the network. */
  fetch?: FetchLike
  /** Milliseconds until a call, or a request to a route, is aborted, in place of the contract's. */
  deadlineMs?: number
  /** Told of every call, with what the method itself answers: the door stops waiting at the deadline, this promise does not. */
  called?: (method: ProviderMethod, answer: Promise<unknown>) => void
}
