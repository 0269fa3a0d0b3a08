import { isErrorCode, type ErrorCode } from '../../core/http/refusals.ts'
import { listOf, recordOf, textOf, type Json } from './json.ts'
import { shapeOf } from './shape.ts'

/** One row of the documentation. */
export interface Operation { method: string, path: string, tag: string, summary: string, permission: string, takes: string, answers: string, refuses: readonly ErrorCode[] }

/** `named` are the shapes that have a name. */
export function operationsOf (document: Json, named: Json): Operation[] {
  return Object.entries(recordOf(document.paths)).flatMap(([path, methods]) =>
    Object.entries(recordOf(methods)).map(([method, operation]) => describe(method.toUpperCase(), path, recordOf(operation), named)))
}

function describe (method: string, path: string, operation: Json, named: Json): Operation {
  return {
    method,
    path,
    tag: textOf(operation.tags === undefined ? 'other' : listOf(operation.tags)[0]),
    summary: textOf(operation.summary),
    permission: textOf(operation['x-permission']),
    takes: [queryOf(operation), bodyOf(operation, named)].filter(Boolean).join('; '),
    answers: answersOf(operation, named),
    refuses: listOf(operation['x-refuses']).filter(isErrorCode),
  }
}

function queryOf ({ parameters }: Json): string {
  const names = listOf(parameters).map(recordOf).filter(parameter => parameter.in === 'query')
    .map(({ name, required }) => `${textOf(name)}${required ? '' : '?'}`)
  return names.length === 0 ? '' : `query ${names.join(', ')}`
}

function bodyOf ({ requestBody }: Json, named: Json): string {
  const [content] = Object.values(recordOf(recordOf(requestBody).content))
  return content === undefined ? '' : `body ${shapeOf(recordOf(content).schema, named)}`
}

/** What a success looks like; refusals are the same everywhere. */
function answersOf ({ responses }: Json, named: Json): string {
  const successes = Object.entries(recordOf(responses)).filter(([status]) => /^[23]/.test(status))
  return successes.map(([status, response]) => `${status === '200' ? '' : `${status}: `}${contentOf(status, recordOf(response), named)}`).join('; ')
}

function contentOf (status: string, { content }: Json, named: Json): string {
  const kinds = Object.entries(recordOf(content))
  if (kinds.length === 0) return status.startsWith('3') ? 'redirect' : 'nothing'
  return kinds.map(([type, media]) => type === 'application/json' ? shapeOf(recordOf(media).schema, named) : `\`${type}\``).join(' or ')
}
