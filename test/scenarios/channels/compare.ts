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

/** Named channels are complete and ordered lists; a channel that is not named is not looked at. */
export function compareChannels (expected: Channels, recorded: Recorded, captures: Captures): Difference | null {
  for (const [name, compareRow] of COMPARED) {
    const rows = expected[name]
    const difference = rows ? compareChannel(name, rows, recorded[name] ?? [], compareRow, captures) : null
    if (difference) return difference
  }
  return compareQueries(expected.service_queries ?? [], recorded.service_queries ?? [], captures)
}

/** Number and order of look-ups are Invigil's matter, and so is what it knows without asking. What it does ask, it must ask as the original did. */
function compareQueries (expected: unknown[], actual: unknown[], captures: Captures): Difference | null {
  for (const [index, row] of expected.entries()) {
    const alike = actual.filter(query => queryName(query) === queryName(row))
    const differences = alike.map(query => match(row, query, { captures }, `service_queries[${index}]`))
    if (differences.length > 0 && !differences.includes(null)) return differences[0] ?? null
  }
  return null
}

/** Look-ups the original made and Invigil did not, because it knows the answer already (a token says who is course staff). */
export function unasked (expected: Channels, { service_queries: actual = [] }: Recorded): string[] {
  const asked = new Set(actual.map(queryName))
  return (expected.service_queries ?? []).map(queryName).filter(name => !asked.has(name))
}

const queryName = (query: unknown) => isObject(query) ? `${String(query.service)}.${String(query.method)}` : ''

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
