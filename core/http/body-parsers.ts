import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { INV_BAD_REQUEST } from '../errors.ts'
import { BODY_LIMIT } from './limits.ts'

const MAX_FIELDS = 1000
const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE']
const formBodies = new WeakSet<object>()

/** True for what came as a form or as multipart fields: all values in it are text. */
export function isFormBody (body: unknown): boolean {
  return typeof body === 'object' && body !== null && formBodies.has(body)
}

/** Every endpoint takes JSON, a form or multipart fields; no body at all is an empty object. */
const bodyParsers: FastifyPluginAsync = async app => {
  app.removeContentTypeParser('application/json')
  acceptJson(app, 'application/json')
  await app.register(formbody, { bodyLimit: BODY_LIMIT })
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (request, body: Buffer) => parseMultipart(request, body))
  app.addHook('onRoute', route => {
    if (![route.method].flat().some(method => METHODS_WITH_BODY.includes(method))) return
    route.preValidation = [settleBody, ...[route.preValidation ?? []].flat()]
  })
}

export default fp(bodyParsers, { name: 'body-parsers' })

/** For the one kind of route whose clients label JSON as anything: every content type is read as JSON within this scope. */
export function acceptAnythingAsJson (scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  acceptJson(scope, '*')
}
