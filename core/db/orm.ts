import { Migrator } from '@mikro-orm/migrations'
import { MikroORM, UnderscoreNamingStrategy, type SqlEntityManager } from '@mikro-orm/postgresql'
import { entities } from '../models/index.ts'
import { migrations } from './migrations/index.ts'

export type { SqlEntityManager } from '@mikro-orm/postgresql'

export interface OrmOptions {
  /** Any PostgreSQL address `pg` understands. */
  url: string
  poolMax?: number
  /** Told of warnings, and of migrations that are made. */
  onMessage?: (message: string) => void
}

/** Opens the object mapper on one database. Nothing is connected until the first query. */
export function createOrm ({ url, poolMax = 10, onMessage }: OrmOptions): MikroORM {
  return new MikroORM({
    entities,
    clientUrl: url,
    dbName: databaseName(url),
    pool: { min: 0, max: poolMax },
    namingStrategy: UnderscoreNamingStrategy,
    extensions: [Migrator],
    migrations: { migrationsList: migrations, tableName: 'invigil_migrations', snapshot: false, transactional: true },
    driverOptions: { options: '-c timezone=UTC', ...socketOptions(url) },
    // the functions of indexes and triggers stand in the migrations alone
    schemaGenerator: { ignoreSchema: ['graphile_worker'], ignoreRoutines: true },
    logger: message => onMessage?.(message),
    colors: false,
  })
}

export const forkEntityManager = (orm: MikroORM): SqlEntityManager => orm.em.fork()

function databaseName (url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres'
}

/** MikroORM builds host and port from the authority of the address; a unix socket stands in its query. */
function socketOptions (url: string): { host?: string, port?: number } {
  const query = new URL(url).searchParams
  const host = query.get('host')
  return host ? { host, port: Number(query.get('port') ?? 5432) } : {}
}
