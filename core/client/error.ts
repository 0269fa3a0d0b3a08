import type * as errors from '../errors.ts'

/** Codes of the service (the table in README.md), and what this client says where no service answered. */
export type InvigilErrorCode = keyof typeof errors | 'UNREACHABLE' | 'TIMEOUT' | `HTTP_${number}`

export interface InvigilErrorFacts {
  /** HTTP status; 0 where no answer came. */
  status: number
  /** The header `Invigil-Error`; `HTTP_<status>` for an answer without one, which came from something in between. */
  code: string
  /** Why not, for people. */
  detail: string
  /** What to quote: the service's log has it in every line about this request. */
  requestId: string | null
  /** The refusal's body, read as JSON where it is JSON. */
  body?: unknown
}

/** Every refusal and every failure to reach the service. An abort by the caller is not one: it is thrown as it came. */
export class InvigilError extends Error {
  override readonly name = 'InvigilError'
  readonly status: number
  readonly code: InvigilErrorCode
  readonly detail: string
  readonly requestId: string | null
  readonly body: unknown

  constructor ({ status, code, detail, requestId, body }: InvigilErrorFacts, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options)
    this.status = status
    // a newer service may know more codes than this client
    this.code = code as InvigilErrorCode
    this.detail = detail
    this.requestId = requestId
    this.body = body
  }
}

/** The refusal that a response is. Reads its body. */
export async function readRefusal (response: Response, requestId: string | null): Promise<InvigilError> {
  const text = await response.text()
  const body = parse(text)
  return new InvigilError({
    status: response.status,
    code: response.headers.get('invigil-error') ?? `HTTP_${response.status}`,
    detail: detailOf(body) || `The service answered HTTP status ${response.status}.`,
    requestId: response.headers.get('x-request-id') ?? requestId,
    body,
  })
}

const LONGEST_DETAIL = 500

/** `detail` of an object, a bare text, or lists of faults by field. */
function detailOf (body: unknown): string {
  if (typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string') return body.detail
  return (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, LONGEST_DETAIL)
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
