import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallInfo, Provider, ProviderContext, RegistrationContext } from 'invigil/provider'
import type { Test } from 'tap'
import { Default } from 'typebox/value'
import { attemptFacts, examFacts } from '../../../core/testkit/bench/facts.ts'
import type { RpnowOptions } from '../options.ts'
import definition from '../provider.ts'

export const OPTIONS = {
  organization: 'edx',
  exam_sponsor: 'edX LMS',
  exam_register_endpoint: 'http://127.0.0.1:1/register',
  secret_key_id: 'foo',
  secret_key: '4B230FA45A6EC5AE8FDE2AFFACFABAA16D8A3D0B',
  crypto_key: '123456789123456712345678',
  software_download_url: 'http://rpnow.test/download',
  send_email: true,
}
export const NOW = new Date('2030-01-02T03:04:05Z')
export const LAUNCH_URL = 'http://localhost:8000/api/edx_proctoring/proctoring_launch_callback/start_exam/CODE'

export const EXAM = Object.freeze(examFacts({ courseId: 'course-v1:edX+D+R', contentId: 'block', examName: 'Sample: Exam/1', backend: 'software_secure' }))

export const LEARNER: RegistrationContext = Object.freeze({
  attemptCode: 'CODE',
  timeLimitMins: 90,
  isSampleAttempt: false,
  userId: 'ab'.repeat(20),
  fullName: 'John Q Public',
  email: 'j@x.org',
  lmsHost: 'http://localhost:8000',
  launchUrl: LAUNCH_URL,
  reviewPolicy: 'Closed Book',
})

export const ATTEMPT = Object.freeze(attemptFacts({ attemptCode: 'CODE', externalId: 'RP-1', status: 'submitted', exam: EXAM }))

export interface Received { headers: IncomingHttpHeaders, text: string }
export interface Reply { status?: number, text?: string, headers?: Record<string, string>, cut?: boolean, afterMs?: number }

/** A real server in the vendor's place. */
export async function startVendor (t: Test, reply: Reply) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push({ headers: request.headers, text: Buffer.concat(chunks).toString() })
    if (reply.cut) return request.socket.destroy()
    setTimeout(() => response.writeHead(reply.status ?? 200, reply.headers).end(reply.text), reply.afterMs ?? 0).unref()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { server.closeAllConnections(); server.close() })
  const { port } = server.address() as AddressInfo // a TCP server has an address with a port once it listens
  return { received, url: `http://127.0.0.1:${port}/register` }
}

const log = { debug () {}, info () {}, warn () {}, error () {} }

export const createCall = (changes: Partial<CallInfo> = {}): CallInfo =>
  ({ signal: AbortSignal.timeout(5000), log, language: 'en', defaultLanguage: 'en', requestId: null, idempotencyKey: null, ...changes })

export async function start (options: Partial<RpnowOptions> = {}): Promise<Provider> {
  // Default() fills in what the schema says; the host does the same before create()
  const filled = Default(definition.options, { ...OPTIONS, ...options }) as RpnowOptions
  const context: ProviderContext<RpnowOptions> = {
    name: 'software_secure', options: filled, log, fetch, clock: { now: () => NOW }, attempts: { find: async () => null, receiveReview: async () => {}, reportError: async () => {}, markReady: async () => {} },
  }
  return definition.create(context)
}
