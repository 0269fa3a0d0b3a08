import { randomUUID } from 'node:crypto'
import createClient from 'openapi-fetch'
import type { Api } from './api.ts'
import { InvigilError, readRefusal } from './error.ts'
import type { AttemptSummary, paths, RegisteredExam, View, Viewer } from './schema.ts'
import { createTransport, type Fetch } from './transport.ts'

/** A token of the platform, or what fetches one: asked before every request, so it may be short-lived. */
export type Token = string | (() => string | Promise<string>)

export interface InvigilClientOptions {
  /** E.g. `https://invigil.example.org`. */
  baseUrl: string
  token: Token
  fetch?: Fetch
  /** How often a request that only reads is asked again when the service is away for a moment. Default 2. */
  retries?: number
  /** Time for a request with its retries. Default 20 s: entering a proctored exam waits for the vendor. */
  timeoutMs?: number
}

export interface CallOptions {
  /** E.g. `accept-language` of the learner. */
  headers?: Record<string, string>
  signal?: AbortSignal
}

export type StudentView = { show: 'content' } | ({ show: 'page' } & View)

export interface InvigilClient {
  /** Every address of the service, typed. */
  readonly api: Api
  /** The same client in the name of another person. */
  as (token: Token): InvigilClient
  /** What to show in place of a section: its content, or a page. The one question to ask before a section is shown. */
  studentView (viewer: Viewer, options?: CallOptions & { document?: boolean }): Promise<StudentView>
  /** How a learner stands in the exams of an outline, by content id; null = none there, or none he may take. */
  attemptSummaries (outline: { course_id: string, content_ids: string[], user_id?: number | null }, options?: CallOptions): Promise<Record<string, AttemptSummary | null>>
  /** Makes the exams of a course these and no others; answers their ids in the order given. For staff; may be repeated. */
  registerExams (courseId: string, exams: readonly Omit<RegisteredExam, 'course_id'>[], options?: CallOptions): Promise<number[]>
}

/** A typed client of the service for servers of a learning platform. Cheap to make: `as` once per request is fine. */
export function createInvigilClient (options: InvigilClientOptions): InvigilClient {
  const { baseUrl, token, fetch = globalThis.fetch, retries = 2, timeoutMs = 20_000 } = options
  const transport = createTransport({ fetch, retries, timeoutMs })
  const plain = createClient<paths>({ baseUrl, fetch: transport.send })
  plain.use({
    async onRequest ({ request }) {
      if (!request.headers.has('x-request-id')) request.headers.set('x-request-id', randomUUID())
      if (!request.headers.has('authorization')) request.headers.set('authorization', `JWT ${typeof token === 'string' ? token : await token()}`)
    },
    async onResponse ({ request, response }) {
      if (!response.ok) throw await readRefusal(response, request.headers.get('x-request-id'))
    },
  })
  // refusals are thrown above, so an answer that arrives has data
  const api = plain as Api
  return { api, as: other => createInvigilClient({ ...options, token: other }), ...createHelpers(api, transport.sendRepeatable) }
}

function createHelpers (api: Api, fetch: (request: Request) => Promise<Response>): Pick<InvigilClient, 'studentView' | 'attemptSummaries' | 'registerExams'> {
  return {
    async studentView (viewer, { document = false, headers, signal } = {}) {
      const { data, response } = await api.POST('/api/invigil/v1/student_view', {
        body: viewer, ...(document && { params: { query: { document: '1' } } }), headers: { ...headers, accept: 'application/json' }, ...(signal && { signal }), fetch,
      })
      if (response.status === 204) return { show: 'content' }
      if (typeof data !== 'object') throw unexpected(response)
      return { show: 'page', ...data }
    },
    async attemptSummaries (outline, options) {
      const { data } = await api.POST('/api/invigil/v1/attempt_summaries', { body: outline, ...options, fetch })
      return data.summaries
    },
    async registerExams (courseId, exams, options) {
      const path = '/api/edx_proctoring/v1/proctored_exam/exam_registration/course_id/{course_id}'
      const { data } = await api.PATCH(path, { params: { path: { course_id: courseId } }, body: exams.map(exam => ({ ...exam, course_id: courseId })), ...options, fetch })
      return data.map(({ exam_id: id }) => id)
    },
  }
}

/** Something in between answered, and not the service. */
function unexpected ({ status, headers }: Response): InvigilError {
  return new InvigilError({ status, code: `HTTP_${status}`, detail: `Expected JSON, found ${headers.get('content-type') ?? 'nothing'}.`, requestId: headers.get('x-request-id') })
}
