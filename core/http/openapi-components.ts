import { STATUS_CODES } from 'node:http'

type Json = Readonly<Record<string, unknown>>

const REFUSAL = { $ref: '#/components/responses/Refusal' }
const RefusalResponse = {
  description: 'Why not. `detail` is for people; the code, which never changes, is in the header `Invigil-Error`.',
  headers: { 'Invigil-Error': { description: 'one of the codes of the README', schema: { type: 'string' } } },
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
}

/** Moves every schema that has a title to the components, under that title, and gives answers their words: the document is read by people and by generators. */
export function nameComponents (document: Json): Json {
  const schemas = new Map<string, Json>()
  const paths = mapOperations(document.paths, operation => moveSchemas(operation, schemas))
  const components = isRecord(document.components) ? document.components : {}
  return {
    ...document,
    components: { ...components, schemas: Object.fromEntries([...schemas].toSorted(([a], [b]) => a < b ? -1 : 1)), responses: { Refusal: RefusalResponse } },
    paths: mapOperations(paths, describeResponses),
  }
}

function mapOperations (paths: unknown, change: (operation: Json) => unknown): Json {
  return mapValues(paths, operations => mapValues(operations, operation => isRecord(operation) ? change(operation) : operation))
}

function moveSchemas (value: unknown, schemas: Map<string, Json>): unknown {
  if (Array.isArray(value)) return value.map(item => moveSchemas(item, schemas))
  if (!isRecord(value)) return value
  const { title, ...schema } = mapValues(value, part => moveSchemas(part, schemas))
  if (typeof title !== 'string') return title === undefined ? schema : { ...schema, title }
  const former = schemas.get(title)
  if (former && JSON.stringify(former) !== JSON.stringify(schema)) throw new Error(`OpenAPI: two schemas with the title "${title}" differ; expected one schema for a title. Rename one.`)
  schemas.set(title, schema)
  return { $ref: `#/components/schemas/${title}` }
}

function describeResponses (operation: Json): Json {
  return { ...operation, responses: mapValues(operation.responses, (response, status) => describeResponse(response, status)) }
}

function describeResponse (response: unknown, status: string): unknown {
  if (!isRecord(response)) return response
  const isDescribed = response.description !== 'Default Response'
  if (isRefusal(response)) return { ...REFUSAL, ...(isDescribed && { description: response.description }) }
  return !isDescribed ? { ...response, description: STATUS_CODES[status] ?? 'Answer' } : response
}

function isRefusal ({ content }: Json): boolean {
  const media = isRecord(content) ? content['application/json'] : undefined
  const schema = isRecord(media) ? media.schema : undefined
  return isRecord(schema) && schema.$ref === '#/components/schemas/Refusal'
}

function mapValues (value: unknown, change: (part: unknown, key: string) => unknown): Record<string, unknown> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part, key)])) : {}
}

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
