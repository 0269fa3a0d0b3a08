import { randomUUID } from 'node:crypto'
import fp from 'fastify-plugin'
import type { Clock } from './clock.ts'
import type { Config } from './config/schema.ts'
import type { DomainContext } from './domain/context.ts'
import type { LmsServices } from './lms/services.ts'
import { createUrls } from './urls.ts'

export interface DomainOptions {
  config: Config
  clock: Clock
  lms: LmsServices
  newAttemptCode?: () => string
}

declare module 'fastify' {
  interface FastifyInstance { domain: DomainContext }
}

/** Hands the use cases what they need; routes pass it on. */
export default fp<DomainOptions>(async (app, { config, clock, lms, newAttemptCode }) => {
  app.decorate('domain', {
    db: app.db,
    em: () => app.forkEm(),
    providers: app.providers,
    lms,
    clock,
    settings: config.settings,
    platform: config.lms,
    urls: createUrls(config),
    log: app.log,
    enqueue: (tx, effects, requestId) => app.effects.enqueue(tx, effects, requestId),
    newAttemptCode: newAttemptCode ?? (() => randomUUID().toUpperCase()),
  })
}, { name: 'domain', dependencies: ['database', 'providers'] })
