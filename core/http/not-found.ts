import { promisify } from 'node:util'
import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { INV_METHOD_NOT_ALLOWED, INV_NOT_FOUND, INV_UNAUTHENTICATED } from '../errors.ts'

/** Paths of the old wire that end with a slash are found without it too, whatever the method (contract 02 §1.4). */
const OLD_WIRE = '/api/edx_proctoring/'

/** Answers what no route serves: 405 with `Allow` where the path exists under another method, 301 where only the last slash is missing, else 404. */
const notFound: FastifyPluginCallback = (app, _options, done) => {
  app.setNotFoundHandler(async (request, reply) => {
    const path = getPath(request)
    const rows = app.routeTable.match(path)
    if (rows.length === 0 && path.startsWith(OLD_WIRE) && app.routeTable.match(`${path}/`).length > 0) return reply.redirect(request.url.replace(/(?=\?|$)/, '/'), 301)
    // a route for files knows the method and may still not have the file
    if (rows.length === 0 || rows.some(row => row.method === request.method)) throw new INV_NOT_FOUND(`There is nothing at ${path}.`)
    // who may not even know the resource is told so before the method is looked at
    if (rows.every(row => row.permission !== 'public')) await assertSignedIn(app, request)
    const allowed = [...new Set(rows.map(row => row.method))].sort().join(', ')
    reply.header('allow', allowed)
    throw new INV_METHOD_NOT_ALLOWED(request.method, allowed)
  })
  done()
}

export default fp(notFound, { name: 'not-found', dependencies: ['permissions', 'errors'] })

async function assertSignedIn (app: FastifyInstance, request: FastifyRequest): Promise<void> {
  await promisify((done: (error?: Error) => void) => app.authenticate(request, done))()
  if (request.caller === null) throw new INV_UNAUTHENTICATED('Please sign in: this address needs a token.')
}

function getPath ({ url }: FastifyRequest): string {
  const [path = ''] = url.split('?')
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
