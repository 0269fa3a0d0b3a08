import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { INV_NOT_FOUND } from '../errors.ts'
import type { LoadedProvider } from './registry.ts'

const ONE_YEAR_SECONDS = 31_536_000
const FOREVER = `public, max-age=${ONE_YEAR_SECONDS}, immutable`

const HIDDEN_AND_PUBLIC = { schema: { hide: true }, config: { permission: 'public' } } as const

/** Serves what providers ship for the browser: `/static/providers/<name>/worker-<hash>.js` and `/static/providers/<name>/<hash>/<file>`. */
export default fp(async (app: FastifyInstance) => {
  // a scope of its own: `sendFile` here is not the `sendFile` of others
  await app.register(async scope => {
    await scope.register(fastifyStatic, { root: import.meta.dirname, serve: false, decorateReply: !scope.hasReplyDecorator('sendFile') })

    scope.get<{ Params: { name: string, file: string } }>('/static/providers/:name/:file', HIDDEN_AND_PUBLIC, async (request, reply) => {
      const { name, file } = request.params
      const worker = app.providers.find(name)?.worker
      if (!worker || !/^worker-[0-9a-f]+\.js$/.test(file)) throw new INV_NOT_FOUND('There is no such file.')
      allowEveryPage(reply, worker.path.endsWith(`/${file}`))
      return reply.type('text/javascript; charset=utf-8').send(worker.body)
    })

    scope.get<{ Params: { name: string, hash: string, '*': string } }>('/static/providers/:name/:hash/*', HIDDEN_AND_PUBLIC, async (request, reply) => {
      const { name, hash, '*': file } = request.params
      const provider = app.providers.find(name)
      const folder = findFolder(provider, file)
      if (folder === null) throw new INV_NOT_FOUND('There is no such file.')
      allowEveryPage(reply, provider?.staticAssets?.path.endsWith(`/${hash}/`) ?? false)
      return reply.sendFile(file, folder, { cacheControl: false })
    })
  })
}, { name: 'assets', dependencies: ['providers'] })

/** Only files that were there at the start are served, by their exact names. */
function findFolder (provider: LoadedProvider | undefined, file: string): string | null {
  return provider?.staticAssets?.files.has(file) ? provider.staticDir : null
}

/**
 * Pages of the learning platform load these from another origin. A name with an old hash is answered with the present file, uncached:
 * a learner's page outlives a restart with an updated provider and asks for the worker again at every message.
 */
function allowEveryPage (reply: FastifyReply, isPresent: boolean): void {
  reply.removeHeader('access-control-allow-credentials')
  reply.headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': isPresent ? FOREVER : 'no-store',
  })
}
