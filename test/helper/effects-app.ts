import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { join } from 'node:path'
import pg from 'pg'
import type { Test } from 'tap'
import { Default, Parse } from 'typebox/value'
import { systemClock, type Clock } from '../../core/clock.ts'
import { ConfigSchema, type Config } from '../../core/config/schema.ts'
import { createDatabase } from '../../core/db/database.ts'
import type { Database } from '../../core/db/sql.ts'
import effectsPlugin, { type EffectsOptions, type EffectSources } from '../../core/effects/plugin.ts'
import { createRenderer } from '../../core/interstitials/render.ts'
import { createNoLms } from '../../core/lms/none.ts'
import { createLogLines } from '../provider/host.ts'
import { createTestDatabase } from './database.ts'

const PROJECT = join(import.meta.dirname, '../..')

export interface EffectsAppOptions extends Partial<Pick<EffectsOptions, 'providers' | 'lms' | 'renderer' | 'deliver' | 'leaseSeconds' | 'sweepSeconds'>> {
  url: string
  clock?: Clock
  /** Laid over the defaults of the configuration. */
  config?: { [K in keyof Config]?: object }
  sources?: Partial<EffectSources>
}

export interface EffectsApp { app: FastifyInstance, db: Database, config: Config, logged: () => Record<string, unknown>[] }

export function readConfig (overrides: object = {}): Config {
  return Parse(ConfigSchema, Default(ConfigSchema, structuredClone(overrides)))
}

/** SQL on a test database, closed with the test. */
export async function openDatabase (t: Test): Promise<{ url: string, db: Database }> {
  const { url } = await createTestDatabase(t)
  return { url, db: connect(t, url) }
}

export function connect (t: Test, url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  // a test may cut connections
  pool.on('error', () => {}).on('connect', client => client.on('error', () => {}))
  t.teardown(() => pool.end())
  return createDatabase(pool)
}

/** The effects plugin alone, on a real database. What the domain would lend is given by the test. */
export async function buildEffectsApp (t: Test, { url, clock = systemClock, config: overrides = {}, sources = {}, ...rest }: EffectsAppOptions): Promise<EffectsApp> {
  const { log, lines } = createLogLines()
  const loggerInstance: FastifyBaseLogger = log
  const app = Fastify({ loggerInstance })
  const config = readConfig(overrides)
  const db = connect(t, url)
  t.teardown(() => app.close())
  await app.register(effectsPlugin, {
    database: db,
    jobs: { connectionString: url },
    clock,
    config,
    providers: { find: () => undefined },
    lms: createNoLms(),
    renderer: createRenderer({ templatesDir: join(PROJECT, 'templates'), localesDir: join(PROJECT, 'locales'), cache: true }),
    sources: {
      loadExamForProvider: async () => null,
      storeExamExternalId: async () => {},
      loadEmailFacts: async () => null,
      expireAttempt: async () => {},
      expireDue: async () => 0,
      tidyUp: async () => {},
      ...sources,
    },
    ...rest,
  })
  return { app, db, config, logged: lines }
}

/** Waits for something that happens elsewhere. */
export async function until (condition: () => boolean | Promise<boolean>, patienceMs = 30_000): Promise<boolean> {
  for (const started = performance.now(); performance.now() - started < patienceMs;) {
    if (await condition()) return true
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  return false
}
