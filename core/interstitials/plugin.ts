import { join } from 'node:path'
import fp from 'fastify-plugin'
import { createRenderer, type Renderer } from './render.ts'

declare module 'fastify' {
  interface FastifyInstance { renderer: Renderer }
}

/** Reads all templates and texts, with those of the providers laid over; a broken one stops the start. */
export default fp<{ root: string }>(async (app, { root }) => {
  const overlays = new Map(app.providers.list().map(({ name, templatesDir, localesDir }) => [name, { templatesDir, localesDir }]))
  app.decorate('renderer', createRenderer({
    templatesDir: join(root, 'templates'),
    localesDir: join(root, 'locales'),
    overlays,
    cache: true,
    onFault: (err, provider, template) => app.log.error({ err, provider, template }, 'A page of the provider failed; the core\'s was shown instead.'),
  }))
}, { name: 'interstitials', dependencies: ['providers'] })
