import { INV_BAD_REQUEST, INV_INTERNAL, INV_TOO_LARGE, INV_UNSUPPORTED_MEDIA_TYPE } from '../errors.ts'
import { BODY_LIMIT } from './limits.ts'

/** An error as a client sees it. */
export interface ErrorFacts {
  status: number
  code: string
  detail: string
  /** The body, where it is not the usual one. */
  answer?: unknown
}

/** What a text about an error may need to know of the request. */
export interface ErrorContext { requestId: string, contentType: string | undefined }

type HostError = Error & { code: string, statusCode?: number }

/** The framework's own faults in our words, by its codes. */
const FRAMEWORK_FAULTS: Readonly<Record<string, (context: ErrorContext) => HostError>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => new INV_BAD_REQUEST('The request body is not valid JSON.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new INV_BAD_REQUEST('The request body is empty; expected JSON.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new INV_BAD_REQUEST('The request body is not as long as Content-Length says.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ({ contentType }) => new INV_UNSUPPORTED_MEDIA_TYPE(contentType ?? 'none'),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new INV_TOO_LARGE(BODY_LIMIT),
  FST_ERR_BAD_URL: () => new INV_BAD_REQUEST('The path of the request cannot be read: after a percent sign two hex digits of UTF-8 are expected.'),
}

/** Codes for client errors of plugins, by status. */
const CODES_BY_STATUS: Readonly<Record<number, string>> = {
  401: 'INV_UNAUTHENTICATED', 403: 'INV_FORBIDDEN', 404: 'INV_NOT_FOUND', 413: 'INV_TOO_LARGE', 415: 'INV_UNSUPPORTED_MEDIA_TYPE', 429: 'INV_TOO_MANY_REQUESTS',
}

/** Decides what a client is told. An error nobody planned for tells nothing but the request's id. */
export function describeError (error: unknown, context: ErrorContext): ErrorFacts {
  const { code, statusCode, message, answer } = readError(error)
  const translate = FRAMEWORK_FAULTS[code]
  if (translate) return readHostError(translate(context))
  if (code.startsWith('INV_') && isRefusal(statusCode)) return { status: statusCode, code, detail: message, ...(answer !== undefined && { answer }) }
  if (isRefusal(statusCode) && statusCode < 500) return { status: statusCode, code: CODES_BY_STATUS[statusCode] ?? 'INV_BAD_REQUEST', detail: message }
  return readHostError(new INV_INTERNAL(context.requestId))
}

function readHostError ({ code, statusCode, message }: HostError): ErrorFacts {
  return { status: statusCode ?? 500, code, detail: message }
}

function isRefusal (status: number | undefined): status is number {
  return status !== undefined && Number.isInteger(status) && status >= 400 && status <= 599
}

function readError (error: unknown): { code: string, statusCode: number | undefined, message: string, answer: unknown } {
  if (!(error instanceof Error)) return { code: '', statusCode: undefined, message: '', answer: undefined }
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    statusCode: 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined,
    message: error.message,
    answer: 'answer' in error ? error.answer : undefined,
  }
}
