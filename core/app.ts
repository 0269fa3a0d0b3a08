import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { createDemoClock, systemClock } from './clock.ts'
import type { Config } from './config/schema.ts'
import database from './db/plugin.ts'
import { isCourseStaffHere } from './domain/course-staff.ts'
import { obscureUserId } from './domain/obscure-user-id.ts'
import { rememberUser } from './domain/remember-user.ts'
import domain from './domain-plugin.ts'
import { createEffectSources } from './effect-sources.ts'
import effects from './effects/plugin.ts'
import auth from './http/auth.ts'
import bodyParsers from './http/body-parsers.ts'
import browserAssets from './http/browser-assets.ts'
import { asUser } from './http/caller.ts'
import cors from './http/cors.ts'
import errors from './http/errors.ts'
import { encodeKeysInPath } from './http/key-paths.ts'
import metrics from './http/metrics.ts'
import notFound from './http/not-found.ts'
import openapi from './http/openapi.ts'
import permissions from './http/permissions.ts'
import rateLimits from './http/rate-limits.ts'
import requestId from './http/request-id.ts'
import securityHeaders from './http/security-headers.ts'
import { buildServerOptions } from './http/server-options.ts'
import validator from './http/validator.ts'
import interstitials from './interstitials/plugin.ts'
import { createLms } from './lms/create.ts'
import { describePackage } from './package.ts'
import providerAssets from './provider/assets.ts'
import providers from './provider/plugin.ts'
import providerRoutes from './provider/routes/plugin.ts'
import type { Trial } from './provider/trial.ts'
import { listOpenCircuits } from './provider/view.ts'
import { createProviderAttempts } from './provider-attempts.ts'
import routes from './routes/index.ts'

export interface AppOptions {
  config: Config
  /** Any PostgreSQL; who calls starts the embedded one. */
  databaseUrl: string
  logger?: FastifyServerOptions['logger']
  /** Packages of providers are looked for from here upwards. */
  hostRoot?: string
  /** False: this process writes effects and leaves their delivery to others. */
  deliver?: boolean
  newAttemptCode?: () => string
  /** For `invigil/testkit`. */
  trial?: Trial
}

/** The house in reading order. It never listens; a start that fails leaves nothing open. */
export async function buildApp (options: AppOptions): Promise<FastifyInstance> {
  const { config, logger } = options
  const app = Fastify({ ...buildServerOptions(config), logger: logger ?? { level: config.server.log_level }, rewriteUrl: ({ url }) => encodeKeysInPath(url ?? '/') })
  try {
    await registerTransport(app, config)
    await registerHouse(app, options)
    return app
  } catch (error) {
    await app.close()
    throw error
  }
}

/** How requests come in and answers go out. */
async function registerTransport (app: FastifyInstance, { server }: Config): Promise<void> {
  await app.register(cookie)
  await app.register(requestId)
  await app.register(errors)
  await app.register(cors, { origins: server.cors_origins })
  await app.register(securityHeaders, { publicUrl: server.public_url, frameAncestors: server.cors_origins })
  await app.register(bodyParsers)
  await app.register(validator)
  await app.register(rateLimits)
}

async function registerHouse (app: FastifyInstance, { config, databaseUrl, hostRoot, deliver, newAttemptCode, trial }: AppOptions): Promise<void> {
  const { server, demo } = config
  const { root, version } = describePackage()
  const demoClock = demo.clock ? createDemoClock() : null
  const clock = demoClock ?? systemClock
  const lms = createLms(config, app.log)
  app.addHook('onClose', () => lms.close())

  // data, vendors, use cases, and what leaves the house
  await app.register(database, { url: databaseUrl, poolMax: config.database.pool_max })
  await app.register(providers, {
    config: config.providers,
    settings: config.settings,
    hostRoot: hostRoot ?? root,
    clock,
    attempts: name => createProviderAttempts(() => app.domain, name),
    workerCacheDir: `${config.data_dir}/workers`,
    sourceMaps: demo.enabled,
    trial,
  })
  await app.register(interstitials, { root })
  await app.register(domain, { config, clock, lms: lms.services, newAttemptCode })
  await app.register(effects, {
    database: app.db,
    jobs: { connectionString: databaseUrl },
    config,
    clock,
    providers: app.providers,
    lms: lms.services,
    renderer: app.renderer,
    sources: createEffectSources(() => app.domain),
    deliver,
  })

  // who may do what, and what can be asked
  await app.register(auth, { auth: config.auth, providers: config.providers.enabled, rememberUser: caller => rememberUser(app.db, asUser(caller), clock.now()) })
  await app.register(permissions, {
    isCourseStaff: async ({ userId }, courseId) => await isCourseStaffHere(app.db, userId, courseId) || lms.services.instructor.isCourseStaff(userId, courseId),
  })
  await app.register(notFound)
  await app.register(openapi, { version, publicUrl: server.public_url, cookieName: config.auth.cookies.header_payload })
  await app.register(metrics, { token: server.metrics_token, processMetrics: true, countEffects: async () => ({ ...await app.effects.counts() }), openCircuits: () => listOpenCircuits(app.providers) })
  app.providers.observe(app.metrics)
  await app.register(providerAssets)
  await app.register(browserAssets)
  await app.register(routes, { config, demoClock })
  await app.register(providerRoutes, { obscure: (userId, provider) => obscureUserId(config.settings.user_obfuscation_key, userId, provider) })
}
