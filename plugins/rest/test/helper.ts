import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallInfo, Provider, ProviderContext, ProviderLog } from 'invigil/provider'
import type { Test } from 'tap'
import { Default } from 'typebox/value'
import { attemptFacts, examFacts } from '../../../core/testkit/bench/facts.ts'
import type { RestOptions } from '../options.ts'
import type { RestOverrides } from '../overrides.ts'
import { restProvider } from '../rest-provider.ts'

/** What the vendor does: JSON, or text, or nothing (the connection is cut), after a pause. */
export interface Reply { status?: number, json?: unknown, text?: string, headers?: Record<string, string>, cut?: boolean, afterMs?: number }
export interface Received { method: string, path: string, query: Record<string, string>, headers: IncomingMessage['headers'], text: string, json: unknown }
type Rule = Reply | ((received: Received, nth: number) => Reply)

export interface FaultyVendor {
  url: string
  /** Everything received, token requests included, in order. */
  received: Received[]
  /** The same without token requests. */
  calls (): Received[]
  tokenRequests (): Received[]
  /** How many connections were opened. */
  connections (): number
  /** Answers to `METHOD /path`; the newest rule wins. */
  on (route: string, rule: Rule): void
}

/** A real HTTP server that behaves as badly as a test wants. */
export async function startVendor (t: Test): Promise<FaultyVendor> {
  const received: Received[] = []
  const rules = new Map<string, { rule: Rule, times: number }>()
  const server = createServer(async (request, response) => {
    const message = await readMessage(request)
    received.push(message)
    const found = rules.get(`${message.method} ${message.path}`)
    if (!found) return response.writeHead(404).end('{"error": "no such thing"}')
    found.times++
    const reply = typeof found.rule === 'function' ? found.rule(message, found.times) : found.rule
    if (reply.afterMs) await sleep(reply.afterMs)
    if (reply.cut) return request.socket.destroy()
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers }).end(reply.text ?? JSON.stringify(reply.json))
  })
  let connections = 0
  server.on('connection', () => { connections++ })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { server.closeAllConnections(); server.close() })
  const on = (route: string, rule: Rule) => { rules.set(route, { rule, times: 0 }) }
  on('POST /oauth2/access_token', (_received, nth) => ({ json: { access_token: `token-${nth}`, expires_in: 3600 } }))
  const isToken = ({ path }: Received) => path.endsWith('/access_token')
  return {
    // a TCP server has an address with a port once it listens
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    calls: () => received.filter(message => !isToken(message)),
    tokenRequests: () => received.filter(isToken),
    connections: () => connections,
    on,
  }
}

async function readMessage (request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const [path = '', query = ''] = (request.url ?? '').split('?')
  return {
    method: request.method ?? '',
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: request.headers,
    text,
    json: request.headers['content-type'] === 'application/json' ? JSON.parse(text) : null,
  }
}

export interface LogLine { level: string, fields: object, message: string | undefined }

export function createLog (): ProviderLog & { lines: LogLine[] } {
  const lines: LogLine[] = []
  const at = (level: string) => (fields: object, message?: string) => { lines.push({ level, fields, message }) }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export function createContext<Options> (options: Options, now = new Date('2030-01-01T00:00:00Z')) {
  const marked: string[] = []
  const time = { now }
  const context: ProviderContext<Options> = {
    name: 'test',
    options,
    log: createLog(),
    fetch,
    clock: { now: () => time.now },
    attempts: { find: async () => null, receiveReview: async () => {}, reportError: async () => {}, markReady: async id => { marked.push(id) } },
  }
  return { context, time, marked }
}

export const SECRET = 'a-client-secret-of-decent-length'

/** The REST provider, connected to a vendor. */
export async function connect (vendor: { url: string }, options: Partial<RestOptions> = {}, overrides: RestOverrides = {}) {
  const definition = restProvider(overrides)
  // Default() fills in what the schema says; the host does the same before create()
  const filled = Default(definition.options, { base_url: vendor.url, client_id: 'our-id', client_secret: SECRET, ...options }) as RestOptions
  const { context, time } = createContext(filled)
  return { provider: withAll(await definition.create(context)), time }
}

/** The provider with every method in place, so that tests need no question marks. */
function withAll (provider: Provider): Required<Pick<Provider, RestMethod>> & Provider {
  const missing = REST_METHODS.filter(name => !provider[name])
  if (missing.length > 0) throw new Error(`the REST provider lacks ${missing.join(', ')}`)
  // checked on the line above
  return provider as Required<Pick<Provider, RestMethod>> & Provider
}

const REST_METHODS = [
  'registerAttempt', 'startAttempt', 'stopAttempt', 'markAttemptError', 'removeAttempt', 'examSaved', 'getAttempt', 'getSoftwareDownloadUrl',
  'getConfiguration', 'normaliseReview', 'getInstructorUrl', 'retireUser', 'getOnboardingProfiles',
] as const
type RestMethod = typeof REST_METHODS[number]

export function createCall (changes: Partial<CallInfo> = {}) {
  const log = createLog()
  const call: CallInfo = {
    signal: AbortSignal.timeout(5000), log, language: 'en', defaultLanguage: 'en', requestId: 'request-1', idempotencyKey: null, ...changes,
  }
  return { ...call, log }
}

export const EXAM = Object.freeze(examFacts({
  courseId: 'course-v1:A+B+C', contentId: 'block-v1:A+B+C+type@sequential+block@x', externalId: 'px-1', examName: 'Midterm', dueDate: '2030-02-01T00:00:00Z', backend: 'test',
}))

export const LEARNER = Object.freeze({
  attemptCode: 'D5A1B3F0-0000-4000-8000-000000000001',
  timeLimitMins: 90,
  isSampleAttempt: false,
  userId: 'ab'.repeat(20),
  fullName: 'Ada Lovelace',
  email: 'ada@example.com',
  lmsHost: 'https://lms.test',
  launchUrl: 'https://lms.test/start',
})

export const ATTEMPT = Object.freeze(attemptFacts({ attemptCode: LEARNER.attemptCode, externalId: 'pa-1', exam: EXAM }))

export const IDS = Object.freeze({ examExternalId: 'px-1', attemptExternalId: 'pa-1' })

/** The refusal a call ends with. */
export async function refusalOf (work: Promise<unknown>): Promise<{ status: unknown, message: string }> {
  const error: unknown = await work.then(() => null, (error: unknown) => error)
  if (!(error instanceof Error) || !('status' in error)) throw new Error(`expected a refusal, got ${String(error)}`)
  return { status: error.status, message: error.message }
}
