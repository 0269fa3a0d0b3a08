import { Check as fits } from 'typebox/value'
import { isMethod, type DeclaredRoute, type Method } from '../../provider/routes/declared.ts'
import type { RouteSample, RouteSamples } from '../define-conformance.ts'

export type Fields = Readonly<Record<string, unknown>>

/** A request to a route, complete. */
export interface Request { readonly params: Fields, readonly query: Fields, readonly headers: Readonly<Record<string, string>>, readonly body: unknown }

/** One method of one route. */
export interface Way { readonly method: Method, readonly route: DeclaredRoute }

export const nameOf = ({ method, route }: Way): string => `${method} ${route.url}`
export const takesBody = ({ method }: Way): boolean => ['POST', 'PUT', 'PATCH'].includes(method)
export const waysOf = (table: readonly DeclaredRoute[]): Way[] => table.flatMap(route => route.methods.filter(isMethod).map(method => ({ method, route })))

const PARAMETER = /:([A-Za-z0-9_]+)(?:\([^)]*\))?\??/g
export const parametersOf = ({ url }: DeclaredRoute): string[] => [...url.matchAll(PARAMETER)].map(([, name]) => name ?? '')

/** A good request about an attempt: as the conformance file says, the rest as the schemas suggest. */
export function buildRequest (way: Way, samples: RouteSamples, externalId: string): Request {
  const { schema } = way.route
  const given: RouteSample = samples[nameOf(way)]?.(externalId) ?? {}
  const params = { ...Object.fromEntries(parametersOf(way.route).map(name => [name, externalId])), ...fieldsOf(sampleOf(schema.params, externalId)) }
  return {
    params: { ...params, ...given.params },
    query: given.query ?? fieldsOf(sampleOf(schema.querystring ?? schema.query, externalId)),
    headers: { ...textsOf(sampleOf(schema.headers, externalId)), ...given.headers },
    body: takesBody(way) ? 'body' in given ? given.body : sampleOf(schema.body, externalId) ?? {} : undefined,
  }
}

/** The request's path and query, relative to the provider's root. */
export function addressOf ({ route }: Way, { params, query }: Pick<Request, 'params' | 'query'>): string {
  const path = route.url.replace('*', () => encodeURIComponent(String(params['*'] ?? 'x'))).replaceAll(PARAMETER, (_, name: string) => encodeURIComponent(String(params[name] ?? '')))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
  return search === '' ? path : `${path}?${search}`
}

/** What can be named in a schema of whichever library; a schema that says nothing gives nothing. */
export function sampleOf (schema: unknown, externalId: string): unknown {
  if (schema === undefined) return undefined
  const facts = fieldsOf(schema)
  if ('default' in facts) return facts.default
  if ('const' in facts) return facts.const
  if (Array.isArray(facts.enum)) return facts.enum[0]
  const choices = facts.anyOf ?? facts.oneOf
  if (Array.isArray(choices)) return sampleOf(choices[0], externalId)
  if (Array.isArray(facts.allOf)) return Object.assign({}, ...facts.allOf.map(part => sampleOf(part, externalId)))
  switch (facts.type) {
    case 'object': return Object.fromEntries(Object.entries(fieldsOf(facts.properties)).map(([name, part]) => [name, sampleOf(part, externalId)]))
    case 'array': return Array.from({ length: Number(facts.minItems ?? 0) }, () => sampleOf(facts.items, externalId))
    case 'string': return textFor(facts, externalId)
    case 'integer': case 'number': return Number(facts.minimum ?? facts.maximum ?? 1)
    case 'boolean': return false
    case 'null': return null
    // anything is taken
    default: return externalId
  }
}

const TEXTS = ['2030-06-01T12:00:00.000Z', '2030-06-01', 'https://vendor.example/1', 'somebody@vendor.example', '0d6bb7ae-3c2c-4b6f-9b58-3a1f6cf5b6e1', '1', 'a', 'A', 'abcdef0123456789']

function textFor (facts: Fields, externalId: string): string {
  const { minLength } = facts
  const long = typeof minLength === 'number' ? ['x'.repeat(minLength)] : []
  return [externalId, ...TEXTS, ...long].find(text => fits({ ...facts }, text)) ?? externalId
}

export function fieldsOf (value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function textsOf (value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, part]) => [name, String(part)]))
}
