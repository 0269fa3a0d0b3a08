import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import fp from 'fastify-plugin'
import { INV_BAD_REQUEST } from '../errors.ts'
import { BODY_LIMIT } from './limits.ts'
import { holdsNul, NO_NUL, settleJson } from './storable-text.ts'

const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'
const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE']
const POISON = ['__proto__', 'constructor', 'prototype']

/** Bodies whose values are all text, as they came in a form. */
const formBodies = new WeakSet<object>()

export function isFormBody (body: unknown): boolean {
  return typeof body === 'object' && body !== null && formBodies.has(body)
}

/** Every endpoint takes JSON, a form or multipart fields, whatever the method; no body at all is an empty object. */
const bodyParsers: FastifyPluginAsync = async app => {
  app.removeContentTypeParser(['application/json', 'text/plain'])
  acceptJson(app, 'application/json')
  await app.register(formbody, { bodyLimit: BODY_LIMIT })
  app.addContentTypeParser(MULTIPART, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, readMultipart)
  // per route: GET, the most frequent method, has no body to look at
  app.addHook('onRoute', route => {
    if (![route.method].flat().some(method => METHODS_WITH_BODY.includes(method))) return
    route.preValidation = [settleBody, ...[route.preValidation ?? []].flat()]
  })
}

export default fp(bodyParsers, { name: 'body-parsers' })

/** For routes whose clients label JSON as anything: within this scope every content type is read as JSON. */
export function acceptAnythingAsJson (scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  acceptJson(scope, '*')
}

function acceptJson (scope: FastifyInstance, contentType: string): void {
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.addContentTypeParser(contentType, { parseAs: 'string', bodyLimit: BODY_LIMIT }, (request: FastifyRequest, body: string, done) => {
    // some clients announce JSON and send nothing
    if (body.trim() === '') return done(null, {})
    const settled = settleJson(body)
    if ('fault' in settled) done(new INV_BAD_REQUEST(settled.fault))
    else parse(request, settled.json, done)
  })
}

/** The runtime's own parser: the plugin for it would hang three hooks on every request. */
async function readMultipart (request: FastifyRequest, body: Buffer): Promise<Record<string, unknown>> {
  const headers = { 'content-type': request.headers['content-type'] ?? MULTIPART }
  const fields = await new Response(new Uint8Array(body), { headers }).formData().catch(refuseMultipart)
  const result: Record<string, unknown> = Object.create(null)
  for (const name of new Set(fields.keys())) {
    const values = fields.getAll(name)
    if (values.some(value => typeof value !== 'string')) throw new INV_BAD_REQUEST(`The multipart field "${name}" is a file; expected text.`)
    result[name] = values.length === 1 ? values[0] : values
  }
  return result
}

function refuseMultipart (): never {
  throw new INV_BAD_REQUEST('The multipart body cannot be read; expected fields between boundaries as the Content-Type names them.')
}

function settleBody (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { body } = request
  if (body === undefined) request.body = {}
  else if (typeof body === 'object' && body !== null && isForm(request.headers['content-type'])) {
    if (POISON.some(name => Object.hasOwn(body, name))) return done(new INV_BAD_REQUEST('The form has a field with a name that is not allowed.'))
    if (holdsNul(body)) return done(new INV_BAD_REQUEST(NO_NUL))
    formBodies.add(body)
  }
  done()
}

function isForm (contentType = ''): boolean {
  const type = contentType.toLowerCase()
  return type.startsWith(FORM) || type.startsWith(MULTIPART)
}
