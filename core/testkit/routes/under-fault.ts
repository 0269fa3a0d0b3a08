import { until } from '../bench/bench.ts'
import { FAULTS, type Fault } from '../bench/faults.ts'
import type { Line, VendorCall } from '../bench/line.ts'
import { TOO_LATE } from './judge.ts'
import type { RouteAnswer, Stage } from './stage.ts'

/** `calls`: those the fault met. */
export interface Met { readonly answer: RouteAnswer, readonly fault: Fault, readonly calls: readonly VendorCall[] }

/** Asks while the vendor is unwell; null when the vendor was not asked. An endless fault stays, so that what still waits can be seen. */
export async function underFault ({ house: { line } }: Stage, id: string, ask: () => Promise<RouteAnswer>): Promise<Met | null> {
  const fault = FAULTS.find(row => row.id === id)
  if (!fault) throw new Error(`there is no fault "${id}"`)
  const before = line.calls.length
  line.disturb(fault)
  const answer = await ask()
  const { met } = line
  if (!fault.endless) line.disturb(null)
  return met === 0 ? null : { answer, fault, calls: line.calls.slice(before) }
}

/** From the abort until nothing may wait for the vendor any more. */
const GRACE_MS = 1_000

/** What still goes on after the deadline; null = nothing. */
export async function findUnended (line: Line, { answer, calls }: Met): Promise<string | null> {
  const waiting = () => calls.filter(({ ended }) => !ended)
  if (!await until(() => waiting().length === 0, GRACE_MS)) return `${GRACE_MS} ms later it still waits for ${listCalls(waiting())}`
  // headers have come, so the call has ended; who reads on without a signal does not end
  const deaf = answer.code === TOO_LATE ? calls.filter(({ hasSignal }) => !hasSignal) : []
  if (deaf.length > 0) return `it waits for ${listCalls(deaf)}`
  const before = line.calls.length
  const goesOn = await until(() => line.calls.length > before, 100)
  return goesOn ? `it goes on asking the vendor: ${line.calls.at(-1)?.method} ${line.calls.at(-1)?.url}` : null
}

const listCalls = (calls: readonly VendorCall[]): string => calls.slice(0, 2).map(({ method, url, hasSignal }) => `${method} ${url}${hasSignal ? '' : ' without a signal'}`).join(', ')
