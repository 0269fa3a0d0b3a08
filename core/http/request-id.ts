import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'

/** Answers every request with its id, so that a person can quote it. */
const requestId: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('x-request-id', request.id)
    next()
  })
  done()
}

export default fp(requestId, { name: 'request-id' })
