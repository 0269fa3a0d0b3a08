import type { Difference } from '../comparison.ts'
import { isObject, type JsonObject } from '../json.ts'
import { match } from '../matcher.ts'
import type { Captures } from '../placeholders.ts'
import type { Channels, ChannelName } from '../schema.ts'
import { compareEmail } from './email.ts'
import { compareEvent } from './event.ts'
import type { Recorded } from './ledger.ts'
import { queuedLast } from './vendor-order.ts'

export type CompareRow = (expected: JsonObject, actual: unknown, captures: Captures, path: string) => Difference | null

const compareExactly: CompareRow = (expected, actual, captures, path) => match(expected, actual, { captures }, path)

/** The vendor sees a request id whenever Invigil has one; the original recorded it only where a scenario sent one. */
const compareVendorCall: CompareRow = (expected, actual, captures, path) => {
  if (!isObject(actual)) return match(expected, actual, { captures }, path)
  const { x_request_id: requestId, ...rest } = actual
  const seen = 'x_request_id' in expected ? { ...rest, x_request_id: requestId } : rest
  return match(expected, seen, { captures, request: actual }, path)
}

/** In the order in which channels are evaluated: captures flow downwards. */
const COMPARED: ReadonlyArray<readonly [ChannelName, CompareRow]> = [
  ['vendor_calls', compareVendorCall],
  ['token_calls', compareExactly],
  ['service_calls', compareExactly],
  ['emails', compareEmail],
  ['events', compareEvent],
  ['signals', compareExactly],
]

/** Look-ups are advisory by the format; Invigil keeps one history of its own for everything, which has no rows like the original's. */
export const UNCHECKED_CHANNELS: readonly ChannelName[] = ['service_queries', 'history']

/** Named channels are complete and ordered lists; a channel that is not named is not looked at. */
export function compareChannels (expected: Channels, recorded: Recorded, captures: Captures): Difference | null {
  for (const [name, compareRow] of COMPARED) {
    const rows = expected[name]
    const difference = rows ? compareChannel(name, rows, recorded[name] ?? [], compareRow, captures) : null
    if (difference) return difference
  }
  return null
}

function compareChannel (name: ChannelName, expected: unknown[], actual: unknown[], compareRow: CompareRow, captures: Captures): Difference | null {
  const asItCame = compareList(expected, actual, compareRow, captures, name)
  if (asItCame === null || name !== 'vendor_calls') return asItCame
  return compareList(queuedLast(expected), queuedLast(actual), compareRow, captures, name) && asItCame
}

function compareList (expected: unknown[], actual: unknown[], compareRow: CompareRow, captures: Captures, path: string): Difference | null {
  if (expected.length !== actual.length) {
    return { path, expected, actual, reason: `${expected.length} expected, ${actual.length} came` }
  }
  for (const [index, row] of expected.entries()) {
    const difference = compareRow(isObject(row) ? row : {}, actual[index], captures, `${path}[${index}]`)
    if (difference) return difference
  }
  return null
}
