import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { loadProviders, type LoadOptions } from './load.ts'
import type { ProviderRegistry } from './registry.ts'

declare module 'fastify' {
  interface FastifyInstance {
    providers: ProviderRegistry
  }
}

export type ProvidersOptions = Omit<LoadOptions, 'log'>

/** Loads the providers into `app.providers`; a fault of any of them is a fault of the start. */
export default fp(async (app: FastifyInstance, options: ProvidersOptions) => {
  const providers = await loadProviders({ ...options, log: app.log })
  app.decorate('providers', providers)
  app.addHook('onClose', async () => { await providers.close() })
}, { name: 'providers' })
