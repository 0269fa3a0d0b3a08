import type { FastifyInstance } from 'fastify'

/** Nothing inline, nothing from elsewhere; only the learning platform may show these pages in a frame. */
function contentPolicy (invigilUrl: string): string {
  const frames = ["'self'", new URL(invigilUrl).origin, 'http://127.0.0.1:*', 'http://localhost:*'].join(' ')
  return `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ${frames}`
}

/** The worker's two addresses are asked from the exam page, which is another origin. */
const OPEN_TO_WORKERS = new Set(['/app/status', '/app/close'])

export function addPageRules (app: FastifyInstance, invigilUrl: string): void {
  const policy = contentPolicy(invigilUrl)
  app.addHook('onRequest', async (request, reply) => {
    const open = OPEN_TO_WORKERS.has(request.routeOptions.url ?? '')
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      ...(open && { 'access-control-allow-origin': '*' }),
    })
    // another site must not press the buttons of a console that has no sign-in
    const from = request.headers['sec-fetch-site'] ?? 'none'
    if (request.method !== 'GET' && !open && from !== 'same-origin' && from !== 'none') {
      return reply.code(403).send({ error: 'This form can only be sent from its own page.' })
    }
  })
}
