import type { MikroORM } from '@mikro-orm/postgresql'
import { Client } from 'pg'
import { runMigrations as migrateJobQueue } from 'graphile-worker'
import { createOrm } from './orm.ts'

/** Any number, as long as no one else uses it: many processes may start at once, one migrates. */
const MIGRATION_LOCK = 4_815_162_342

/** Brings the database at `url` to the present schema: our tables and the job queue's. Safe to call from many processes at once. */
export async function migrate (url: string): Promise<void> {
  const orm = createOrm({ url, poolMax: 2 })
  try {
    await migrateThrough(orm, url)
  } finally {
    await orm.close(true)
  }
}

/** The same through an object mapper that is there already: to make one takes longer than to find nothing to do. */
export async function migrateThrough (orm: MikroORM, url: string): Promise<void> {
  await underLock(url, async () => {
    await migrateJobQueue({ connectionString: url, noPreparedStatements: true })
    await orm.migrator.up()
  })
}

/** Takes the newest `steps` migrations of our own tables back. */
export async function migrateDown (url: string, steps = 1): Promise<void> {
  await underLock(url, async () => {
    const orm = createOrm({ url, poolMax: 2 })
    try {
      for (let step = 0; step < steps; step++) await orm.migrator.down()
    } finally {
      await orm.close(true)
    }
  })
}

async function underLock (url: string, work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await work()
  } finally {
    await client.end()
  }
}
