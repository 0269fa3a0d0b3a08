import type { FastifyInstance, HTTPMethods } from 'fastify'

/** The old wire names some paths with a slash at the end; who leaves it out is sent there. Says nothing about what is there, so it is open to all. */
export function redirectToSlash (app: FastifyInstance, method: HTTPMethods, path: string): void {
  app.route({
    method,
    url: path,
    config: { permission: 'public' },
    schema: { hide: true },
    handler: async ({ url }, reply) => reply.redirect(url.replace(/(?=\?|$)/, '/'), 301),
  })
}
