import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsync } from 'fastify'
import fp from 'fastify-plugin'
import { INV_TOO_MANY_REQUESTS } from '../errors.ts'

/** For `config.rateLimit` of routes that strangers can reach; each address has its own count. */
export const TOKEN_RATE = Object.freeze({ max: 60, timeWindow: 60_000 })
export const OPEN_CALLBACK_RATE = Object.freeze({ max: 300, timeWindow: 60_000 })

/** Limits only routes that ask for it: a learner in a running exam is never turned away. */
const rateLimits: FastifyPluginAsync = async app => {
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { after }) => new INV_TOO_MANY_REQUESTS(after),
  })
}

export default fp(rateLimits, { name: 'rate-limits', dependencies: ['errors'] })
