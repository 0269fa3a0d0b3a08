import fp from 'fastify-plugin'
import { createDatabase, poolOf } from './database.ts'
import { migrateThrough } from './migrate.ts'
import { createOrm, forkEntityManager, type SqlEntityManager } from './orm.ts'
import type { Database } from './sql.ts'

export interface DatabaseOptions {
  /** Any PostgreSQL 14 or newer. */
  url: string
  poolMax: number
}

declare module 'fastify' {
  interface FastifyInstance {
    db: Database
    /** A fresh entity manager: one per use case. */
    forkEm (): SqlEntityManager
  }
}

/** Migrations that are under way are no reason to worry. */
const NEWS = /^\[migrator\] (?:Processing|Applied)\b/

/** Brings the database up to date and opens it. */
export default fp<DatabaseOptions>(async (app, { url, poolMax }) => {
  const orm = createOrm({ url, poolMax, onMessage: message => app.log[NEWS.test(message) ? 'info' : 'warn']({ database: message }, 'database') })
  app.addHook('onClose', () => orm.close(true))
  await migrateThrough(orm, url)
  app.decorate('db', createDatabase(await poolOf(orm)))
  app.decorate('forkEm', () => forkEntityManager(orm))
}, { name: 'database' })
