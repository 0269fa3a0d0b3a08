import { randomUUID } from 'node:crypto'
import type { VendorStub } from '../define-conformance.ts'

interface Question { readonly parts: Readonly<Record<string, string>>, readonly query: URLSearchParams, readonly json: Readonly<Record<string, unknown>> }

/** A vendor in memory that follows the REST conventions; for the conformance file of a provider made with `@invigil/rest`. */
export interface RestVendor extends VendorStub {
  /** Ids of the exams and attempts it knows. */
  readonly exams: ReadonlySet<string>
  readonly attempts: ReadonlyMap<string, { status: string }>
}

/**
 * @example export default defineConformance({ options: { client_id: 'me', client_secret: 'a-secret-to-look-for' }, vendor: () => createRestVendor() })
 */
export function createRestVendor (): RestVendor {
  const memory: Memory = { exams: new Set(), attempts: new Map(), tokens: new Set(), answered: new Map() }
  return { exams: memory.exams, attempts: memory.attempts, fetch: request => answer(memory, request) }
}

interface Memory {
  readonly exams: Set<string>
  readonly attempts: Map<string, { status: string }>
  readonly tokens: Set<string>
  /** Ids that were given out, by idempotency key. */
  readonly answered: Map<string, string>
}

async function answer (memory: Memory, request: Request): Promise<Response> {
  const url = new URL(request.url)
  if (url.pathname.endsWith('/access_token')) return issueToken(memory)
  if (!memory.tokens.has(request.headers.get('authorization')?.replace(/^JWT /, '') ?? '')) return Response.json({ error: 'no such token' }, { status: 401 })
  const text = await request.text()
  for (const { method, path, handle } of ROUTES) {
    const match = request.method === method ? path.exec(url) : null
    if (match) return handle(memory, { parts: textsOf(match.pathname.groups), query: url.searchParams, json: text === '' ? {} : JSON.parse(text) }, request)
  }
  return gone()
}

function issueToken ({ tokens }: Memory): Response {
  const token = randomUUID()
  tokens.add(token)
  return Response.json({ access_token: token, expires_in: 3600 })
}

const gone = () => Response.json({ error: 'there is no such thing' }, { status: 404 })
const textsOf = (groups: Record<string, string | undefined>) => Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, value ?? '']))

interface Route { readonly method: string, readonly path: URLPattern, handle (memory: Memory, question: Question, request: Request): Response }
const route = (method: string, pathname: string, handle: Route['handle']): Route => ({ method, path: new URLPattern({ pathname }), handle })

const ROUTES: readonly Route[] = [
  route('GET', '*/api/v1/config/', () => Response.json({ name: 'Vendor', download_url: 'https://vendor.example/download', rules: { allow_notes: 'Notes are allowed' }, instructions: ['Start the application.'] })),
  route('POST', '*/api/v1/exam/', ({ exams, answered }, _question, request) => once(answered, request, id => { exams.add(id) })),
  route('POST', '*/api/v1/exam/:exam/', ({ exams }, { parts }) => { exams.add(parts.exam ?? ''); return Response.json({ id: parts.exam }) }),
  route('POST', '*/api/v1/exam/:exam/attempt/', ({ exams, attempts, answered }, { parts }, request) => exams.has(parts.exam ?? '') ? once(answered, request, id => { attempts.set(id, { status: 'created' }) }) : gone()),
  route('GET', '*/api/v1/exam/:exam/attempt/:attempt/', ({ attempts }, { parts }) => {
    const attempt = attempts.get(parts.attempt ?? '')
    return attempt ? Response.json({ id: parts.attempt, status: attempt.status, download_url: 'https://vendor.example/download', instructions: ['Start the application.', 'Show your <b>identity card</b>.'] }) : gone()
  }),
  route('PATCH', '*/api/v1/exam/:exam/attempt/:attempt/', ({ attempts }, { parts, json }) => {
    const attempt = attempts.get(parts.attempt ?? '')
    if (!attempt) return gone()
    attempt.status = String(json.status)
    return Response.json({ status: attempt.status })
  }),
  route('DELETE', '*/api/v1/exam/:exam/attempt/:attempt/', ({ attempts }, { parts }) => attempts.delete(parts.attempt ?? '') ? Response.json({ status: 'deleted' }) : gone()),
  route('DELETE', '*/api/v1/user/:user/', () => Response.json(true)),
  route('GET', '*/api/v1/courses/:course/onboarding_statuses', (_memory, { query }) => {
    const profile = (userId: string) => ({ user_id: userId, status: 'approved_in_course', expiration_date: '2031-01-01T00:00:00Z' })
    const user = query.get('user_id')
    return Response.json(user ? profile(user) : { results: [profile(`learner-${query.get('page') ?? '1'}`)], count: 2, num_pages: 2, next: null, previous: null })
  }),
]

/** The same key gets the same id. */
function once (answered: Map<string, string>, request: Request, make: (id: string) => void): Response {
  const key = request.headers.get('idempotency-key')
  const known = key === null ? undefined : answered.get(key)
  const id = known ?? randomUUID()
  if (known === undefined) make(id)
  if (key !== null) answered.set(key, id)
  return Response.json({ id })
}
