import type { LightMyRequestResponse } from 'fastify'
import type { Route } from './paths.ts'

/** Refusals of the old wire that are no `{detail}`: clients rely on them. */
const OTHER_REFUSALS: readonly { route: RegExp, status: number, is: (body: unknown, response: LightMyRequestResponse) => boolean, what: string }[] = [
  { route: /^POST .*\/attempt\/:external_id\/ready$/, status: 404, is: isText, what: 'a bare JSON string' },
  { route: /^POST .*\/attempt\/:external_id\/reviewed$/, status: 412, is: isText, what: 'a bare JSON string' },
  { route: /^POST .*\/attempt\/:external_id\/reviewed$/, status: 403, is: (_body, { body }) => body === '', what: 'nothing' },
  { route: /^DELETE .*\/reset_attempts$/, status: 404, is: isText, what: 'a bare JSON string' },
  { route: /^GET .*\/user_onboarding\/status$/, status: 404, is: isText, what: 'a bare JSON string' },
  { route: /^GET .*\/v1\/instructor\/:course_id/, status: 404, is: isText, what: 'a bare JSON string' },
  { route: /^GET .*\/v1\/instructor\/:course_id/, status: 400, is: isText, what: 'a bare JSON string' },
  { route: /^POST .*\/v1\/retire_(?:backend_)?user\//, status: 403, is: (_body, { body }) => body === '', what: 'nothing' },
  { route: /^POST .*\/proctored_exam\/exam$/, status: 400, is: isFieldFaults, what: 'faults by field' },
  { route: /^PATCH .*\/exam_registration\//, status: 422, is: body => isFieldFaults(body) || (Array.isArray(body) && body.every(isFieldFaults)), what: 'faults by field, per exam' },
  { route: /^GET .*\/start_exam\/:attempt_code$/, status: 404, is: (_body, { headers }) => String(headers['content-type']).startsWith('text/plain'), what: 'plain text, for a person' },
]

/** Nothing of how the house is made may be told to strangers. */
const INDISCREET = /\.ts\b|node_modules|violates|invalid input|\bat \S+ \(|\bselect \S+ from\b|\binsert into\b/

/** What is wrong with an answer to a hostile request; null when nothing is. */
export function judge (route: Pick<Route, 'name' | 'method'>, response: LightMyRequestResponse): string | null {
  const { statusCode: status, body, headers } = response
  const shown = `${status} ${body.slice(0, 200)}`
  // Q82: a provider nobody loaded is the operator's fault, and says so
  const namesProvider = status === 500 && headers['invigil-error'] === 'INV_PROVIDER_NOT_FOUND' && hasDetail(parse(response))
  if (status >= 500 && !namesProvider) return shown
  if (String(headers['set-cookie'] ?? '').includes('x=1')) return `header injected: ${shown}`
  if (status < 400 || route.method === 'HEAD') return null
  if (INDISCREET.test(body)) return `indiscreet: ${shown}`
  const value = parse(response)
  if (hasDetail(value)) return null
  const other = OTHER_REFUSALS.find(rule => rule.status === status && rule.route.test(route.name) && rule.is(value, response))
  return other ? null : `no detail: ${shown}`
}

export function parse ({ headers, body }: Pick<LightMyRequestResponse, 'headers' | 'body'>): unknown {
  if (!String(headers['content-type'] ?? '').startsWith('application/json')) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function hasDetail (value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'detail' in value && typeof value.detail === 'string' && value.detail !== ''
}

function isText (value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isFieldFaults (value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) &&
    Object.values(value).every(faults => Array.isArray(faults) && faults.length > 0 && faults.every(isText))
}
