import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'

export interface SecurityHeadersOptions {
  /** `server.public_url`: scripts come from there, and over https browsers are told to stay with it. */
  publicUrl: string
  /** Origins that may embed pages: those of the platform. */
  frameAncestors: readonly string[]
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers with a page for people: scripts and styles from this server only, workers from blobs, embedded by the platform. */
    page?: boolean
  }
}

type Headers = Readonly<Record<string, string>>

/**
 * Sets security headers. They are the same for every request of a kind, so they are written once here: computing them per request, as
 * @fastify/helmet does, costs more than all other hooks together.
 */
const securityHeaders: FastifyPluginCallback<SecurityHeadersOptions> = (app, options, done) => {
  const forData = buildDataHeaders(options)
  const forPages = buildPageHeaders(options)
  app.addHook('onRequest', (_request, reply, next) => {
    reply.headers(forData)
    next()
  })
  app.addHook('onRoute', route => {
    if (!route.config?.page) return
    route.onRequest = [(_request, reply, next) => { reply.headers(forPages); next() }, ...[route.onRequest ?? []].flat()]
  })
  done()
}

export default fp(securityHeaders, { name: 'security-headers' })

/** For JSON and errors: nothing may be loaded, embedded or kept. A kept answer would give a learner the time of another minute. */
export function buildDataHeaders ({ publicUrl }: SecurityHeadersOptions): Headers {
  return Object.freeze({
    'cache-control': 'no-store',
    'content-security-policy': 'default-src \'none\'; frame-ancestors \'none\'',
    'x-content-type-options': 'nosniff',
    ...isSecure(publicUrl) ? { 'strict-transport-security': 'max-age=31536000' } : {},
  })
}

export function buildPageHeaders (options: SecurityHeadersOptions): Headers {
  return Object.freeze({
    ...buildDataHeaders(options),
    'content-security-policy': writePolicy(options),
    'referrer-policy': 'strict-origin-when-cross-origin',
  })
}

function writePolicy ({ publicUrl, frameAncestors }: SecurityHeadersOptions): string {
  const own = `'self' ${new URL(publicUrl).origin}`
  // provider workers talk to their vendor and to the vendor's program on the learner's machine
  const outside = `https: wss: http://127.0.0.1:* http://localhost:*${isSecure(publicUrl) ? '' : ' http: ws:'}`
  return [
    'default-src \'none\'',
    `script-src ${own}`,
    `style-src ${own}`,
    `img-src ${own} data:`,
    `font-src ${own}`,
    `connect-src ${own} ${outside}`,
    `worker-src ${own} blob:`,
    // the vendor's dashboard stands in a frame of the instructor's page
    `frame-src ${own} https:${isSecure(publicUrl) ? '' : ' http:'}`,
    'form-action \'self\'',
    'base-uri \'none\'',
    'object-src \'none\'',
    `frame-ancestors ${['\'self\'', ...frameAncestors].join(' ')}`,
  ].join('; ')
}

function isSecure (publicUrl: string): boolean {
  return publicUrl.startsWith('https://')
}
