import { STATUS_CODES } from 'node:http'
import { listOf, recordOf, textOf, type Json } from './json.ts'
import { shapeOf } from './shape.ts'

/** One row of the documentation. */
export interface Operation { method: string, path: string, tag: string, summary: string, permission: string, takes: string, answers: string }

export function operationsOf (document: Json): Operation[] {
  return Object.entries(recordOf(document.paths)).flatMap(([path, methods]) =>
    Object.entries(recordOf(methods)).map(([method, operation]) => describe(method.toUpperCase(), path, recordOf(operation))))
}

function describe (method: string, path: string, operation: Json): Operation {
  return {
    method,
    path,
    tag: textOf(operation.tags === undefined ? 'other' : listOf(operation.tags)[0]),
    summary: textOf(operation.summary),
    permission: textOf(operation['x-permission']),
    takes: [queryOf(operation), bodyOf(operation)].filter(Boolean).join('; '),
    answers: answersOf(operation),
  }
}

function queryOf ({ parameters }: Json): string {
  const names = listOf(parameters).map(recordOf).filter(parameter => parameter.in === 'query')
    .map(({ name, required }) => `${textOf(name)}${required ? '' : '?'}`)
  return names.length === 0 ? '' : `query ${names.join(', ')}`
}

function bodyOf ({ requestBody }: Json): string {
  const [content] = Object.values(recordOf(recordOf(requestBody).content))
  return content === undefined ? '' : `body ${shapeOf(recordOf(content).schema)}`
}

/** What a success looks like; refusals are the same everywhere. */
function answersOf ({ responses }: Json): string {
  const successes = Object.entries(recordOf(responses)).filter(([status]) => /^[23]/.test(status))
  return successes.map(([status, response]) => `${status === '200' ? '' : `${status}: `}${contentOf(status, recordOf(response))}`).join('; ')
}

function contentOf (status: string, { content }: Json): string {
  const kinds = Object.entries(recordOf(content))
  if (kinds.length === 0) return status.startsWith('3') ? STATUS_CODES[status] ?? '' : 'nothing'
  return kinds.map(([type, media]) => type === 'application/json' ? shapeOf(recordOf(media).schema) : `\`${type}\``).join(' or ')
}
