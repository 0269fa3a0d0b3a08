import type { FastifySchema } from 'fastify'
import type { DeclaredRoute } from './declared.ts'

const OF_OBJECTS = ['params', 'querystring', 'headers'] as const

/**
 * A provider's schema as far as the API's document can take it: a copy of plain data. Names and references would be those of another
 * document, so a schema with a reference is left out and titles go.
 */
export function documentRoute (provider: string, { schema }: DeclaredRoute): FastifySchema & Record<string, unknown> {
  const described: Record<string, unknown> = { tags: [`provider ${provider}`], hide: schema.hide === true }
  for (const key of ['summary', 'description']) if (typeof schema[key] === 'string') described[key] = schema[key]
  for (const key of OF_OBJECTS) {
    const part = copySchema(schema[key])
    if (part?.type === 'object') described[key] = part
  }
  const body = copySchema(schema.body)
  if (body) described.body = body
  const responses = Object.entries(isRecord(schema.response) ? schema.response : {})
    .flatMap(([status, response]) => [[status, copySchema(response)] as const])
    .filter(([status, response]) => response !== undefined && /^(?:[1-5]\d\d|[1-5]xx|default)$/i.test(status))
  if (responses.length > 0) described.response = Object.fromEntries(responses)
  return described
}

function copySchema (schema: unknown): Record<string, unknown> | undefined {
  if (!isRecord(schema)) return undefined
  try {
    const text = JSON.stringify(schema, (key, value: unknown) => (key === 'title' && typeof value === 'string') || key === '$id' ? undefined : value)
    const copy: unknown = JSON.parse(text)
    return text.includes('"$ref":') || !isRecord(copy) ? undefined : copy
  } catch {
    return undefined
  }
}

function isRecord (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
