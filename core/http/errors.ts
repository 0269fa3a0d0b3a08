import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { describeError, type ErrorFacts } from './describe-error.ts'

/** Paths whose clients know `{"detail"}` and nothing else. */
const OLD_WIRE = ['/api/edx_proctoring/', '/api/v1/']
/** Paths whose clients take 403 for "not signed in" (contract Q21). */
const FORBIDDEN_MEANS_SIGNED_OUT = '/api/edx_proctoring/'
/** Carries the vendor's own status, which says nothing about who asks us (Q37). */
const VENDOR_REFUSED = 'INV_PROVIDER_REFUSED'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Says "you may not" with an empty body, as the old wire does on a few paths. */
    emptyRefusal?: boolean
  }
}

/** Turns every error into one JSON shape per family of paths, always with its code in the header `Invigil-Error`. */
const errors: FastifyPluginCallback = (app, _options, done) => {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  done()
}

export default fp(errors, { name: 'errors' })

export function answerError (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const facts = describeError(error, { requestId: request.id, contentType: request.headers['content-type'] })
  log(error, facts, request)
  const isSignedOut = facts.status === 401 && facts.code !== VENDOR_REFUSED
  const status = isSignedOut && request.url.startsWith(FORBIDDEN_MEANS_SIGNED_OUT) ? 403 : facts.status
  reply.code(status).header('invigil-error', facts.code)
  if (isSignedOut && status === 401) reply.header('www-authenticate', 'JWT realm="api"')
  if (facts.code === 'INV_FORBIDDEN' && request.routeOptions.config?.emptyRefusal) return reply.send()
  return reply.type('application/json; charset=utf-8').serializer(asItIs).send(writeBody(request.url, facts))
}

/** As text, so that a route's own schema for answers of this status does not cut it. */
function writeBody (url: string, { code, detail, answer }: ErrorFacts): string {
  if (answer !== undefined) return JSON.stringify(answer)
  return JSON.stringify(OLD_WIRE.some(prefix => url.startsWith(prefix)) ? { detail } : { code, detail })
}

function asItIs (text: unknown): string {
  return String(text)
}

function log (error: unknown, { status, code }: ErrorFacts, request: FastifyRequest): void {
  if (code === 'INV_INTERNAL') request.log.error({ err: error }, 'unexpected error')
  else if (status >= 500) request.log.warn({ err: error }, 'cannot serve')
  else request.log.debug({ err: error }, 'refused')
}
