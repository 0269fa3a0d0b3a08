import corsPlugin from '@fastify/cors'
import type { FastifyPluginAsync } from 'fastify'
import fp from 'fastify-plugin'

export interface CorsOptions {
  /** Exact origins, from `server.cors_origins`. */
  origins: readonly string[]
}

/** Lets the platform's front ends call from their own origins, with cookies. Register it before `permissions`: a preflight is nobody's. */
const cors: FastifyPluginAsync<CorsOptions> = async (app, { origins }) => {
  if (origins.length === 0) return
  await app.register(corsPlugin, {
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'use-jwt-cookie', 'x-csrftoken', 'x-request-id'],
    exposedHeaders: ['invigil-error', 'invigil-view', 'x-request-id'],
    maxAge: 600,
  })
}

export default fp(cors, { name: 'cors' })
