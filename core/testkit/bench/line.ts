import type { FetchLike } from '../../provider/contract.ts'
import type { VendorStub } from '../define-conformance.ts'
import type { Fault } from './faults.ts'
import { unreachable } from './unreachable.ts'

/** One call the provider made to its vendor. */
export interface VendorCall {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether the provider gave the call a signal. */
  readonly hasSignal: boolean
  /** Of the answer; null while there is none. */
  status: number | null
  ended: boolean
}

/** The provider's way to its vendor: records what goes over it, and can be disturbed. */
export interface Line {
  readonly fetch: FetchLike
  readonly calls: readonly VendorCall[]
  /** From now on; null = all is well. */
  disturb (fault: Fault | null): void
  /** How many calls the present fault has met. */
  readonly met: number
  /** True when the provider called and no vendor was there to answer. */
  readonly lacksVendor: boolean
}

export function createLine (vendor: VendorStub | null, isLive: boolean): Line {
  const calls: VendorCall[] = []
  let fault: Fault | null = null
  let met = 0
  const reach = (request: Request): Promise<Response> => isLive ? fetch(request) : answerBy(vendor, request)

  return {
    calls,
    disturb (next) {
      fault = next
      met = 0
    },
    get met () { return met },
    get lacksVendor () { return !isLive && vendor === null && calls.length > 0 },
    async fetch (input, init) {
      const request = new Request(input, init)
      const signal = init?.signal ?? (input instanceof Request ? input.signal : null)
      const call = await record(request, signal !== null)
      calls.push(call)
      const nth = fault === null ? 0 : ++met
      try {
        const answering = fault === null ? reach(request) : fault.answer({ request, signal, nth, reach })
        const response = await orAborted(answering, signal)
        call.status = response.status
        return response
      } finally {
        call.ended = true
      }
    },
  }
}

async function answerBy (vendor: VendorStub | null, request: Request): Promise<Response> {
  if (vendor === null) throw unreachable('ENOTFOUND', `no vendor answers for ${new URL(request.url).host} here`)
  return vendor.fetch(request)
}

async function record (request: Request, hasSignal: boolean): Promise<VendorCall> {
  return {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: await request.clone().text(),
    hasSignal,
    status: null,
    ended: false,
  }
}

function orAborted (answering: Promise<Response>, signal: AbortSignal | null): Promise<Response> {
  if (signal === null) return answering
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  // whoever loses the race must not be an unhandled rejection
  promise.catch(() => {})
  answering.catch(() => {})
  return Promise.race([answering, promise]).finally(() => signal.removeEventListener('abort', abort))
}
