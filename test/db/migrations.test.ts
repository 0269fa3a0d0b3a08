import t from 'tap'
import pg from 'pg'
import { migrate, migrateDown } from '../../core/db/migrate.ts'
import { migrations } from '../../core/db/migrations/index.ts'
import { createOrm } from '../../core/db/orm.ts'
import { createTestDatabase } from '../helper/database.ts'

t.test('the migrations build exactly what the entities describe', async t => {
  const { url } = await createTestDatabase(t)
  const orm = createOrm({ url })
  t.teardown(() => orm.close(true))
  t.equal((await orm.schema.getUpdateSchemaSQL()).trim(), '')
})

t.test('the migrations go down to nothing and up again', async t => {
  const { url } = await createTestDatabase(t)
  await migrateDown(url, migrations.length)
  t.same(await tables(url), ['invigil_migrations'])
  await migrate(url)
  t.ok((await tables(url)).includes('attempt'))
})

t.test('many processes may migrate at once', async t => {
  const { url } = await createTestDatabase(t)
  await migrateDown(url, migrations.length)
  await Promise.all([migrate(url), migrate(url), migrate(url)])
  t.ok((await tables(url)).includes('effect'))
})

async function tables (url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'public' order by 1")
    return rows.map(({ name }) => name)
  } finally {
    await client.end()
  }
}
