import type { FastifySchema, RouteOptions } from 'fastify'
import { Type, type TSchema } from 'typebox'
import { DetailSchema } from '../schemas/edx-proctoring.ts'
import { nameOperation } from './operation-name.ts'
import { PERMISSIONS, type Permission } from './permissions.ts'
import { statusOf, type ErrorCode } from './refusals.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The body as the documentation shows it, where the check at run time is a looser one: old clients send the same fields as JSON, as a form
     * and as text, with more beside them. Null: none is needed.
     */
    documentedBody?: TSchema | null
    /** Answers as the documentation shows them, by status; they replace or join those of the schema. */
    documentedResponse?: Readonly<Record<string, object>>
  }
}

type Route = { schema: FastifySchema, url: string, route: RouteOptions }

const BY_USER = [{ platformToken: [] }, { platformCookies: [] }]
const BY_OWN_VENDOR = [{ vendorToken: ['callbacks'] }, { vendorSignature: [] }]
const BY_VENDOR = [{ vendorToken: ['callbacks'] }, { vendorSignature: [] }, { platformToken: [] }]

/** Says in each operation what it is called, whom it is for, and what goes in and out. */
export function describeOperation ({ schema, url, route }: Route): { schema: FastifySchema, url: string } {
  const { permission, documentedBody, documentedResponse, refuses = [] } = route.config ?? {}
  if (permission === undefined) return { schema, url }
  const method = [route.method].flat()[0] ?? 'GET'
  const description = [schema?.description, `For ${PERMISSIONS[permission].who}.`].filter(Boolean).join(' ')
  const described: FastifySchema = { ...schema }
  if (documentedBody === null) delete described.body
  else if (documentedBody) described.body = documentedBody
  if (described.querystring) described.querystring = withOptionalDefaults(described.querystring)
  const responses = responsesOf(schema)
  described.response = { default: DetailSchema, ...responses, ...refusalsAmong(responses, refuses), ...documentedResponse }
  return { schema: Object.assign(described, { operationId: schema?.operationId ?? nameOperation(method, url), description, security: securityOf(permission), 'x-permission': permission, 'x-refuses': refuses }), url }
}

/** What has a default need not be sent. */
function withOptionalDefaults (schema: unknown): unknown {
  if (!Type.IsObject(schema)) return schema
  const required = schema.required?.filter(name => !Object.hasOwn(schema.properties[name] ?? {}, 'default')) ?? []
  return { ...schema, required }
}

/** Refusals by status, with their codes; where the wire has another shape for one, both are shown. */
function refusalsAmong (responses: object, refuses: readonly ErrorCode[]): object {
  const byStatus = Map.groupBy(refuses, statusOf)
  return Object.fromEntries([...byStatus].map(([status, codes]) => {
    const own: unknown = Reflect.get(responses, status)
    const schema = own === undefined ? DetailSchema : { anyOf: [own, DetailSchema] }
    return [status, { description: codes.join(', '), content: { 'application/json': { schema } } }]
  }))
}

/** A route that says nothing of its answers answers with something. */
function responsesOf (schema: FastifySchema | undefined): object {
  return typeof schema?.response === 'object' && schema.response !== null ? schema.response : { 200: Object.freeze({ type: 'null', description: 'OK' }) }
}

function securityOf (permission: Permission) {
  if (permission === 'public') return []
  if (permission === 'own-vendor') return BY_OWN_VENDOR
  return permission === 'vendor' ? BY_VENDOR : BY_USER
}
