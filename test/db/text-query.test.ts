import t, { type Test } from 'tap'
import { createDatabase, poolOf, sqlWithin } from '../../core/db/database.ts'
import { createOrm } from '../../core/db/orm.ts'
import type { Sql } from '../../core/db/sql.ts'
import { createTestDatabase } from '../helper/database.ts'
import { ask, until } from '../helper/postgres-tools.ts'

async function open (t: Test, poolMax = 2) {
  const { url } = await createTestDatabase(t)
  const orm = createOrm({ url, poolMax })
  t.teardown(() => orm.close(true))
  const pool = await poolOf(orm)
  return { url, orm, pool, db: createDatabase(pool) }
}

const KINDS = {
  name: 'kinds',
  text: "select $1::int as a, $2::text as b, $3::boolean as c, null::text as d, timestamptz '2030-01-01 12:00:00.25+02' as e, json_build_object('x', 1) as f",
}

t.test('values come as PostgreSQL writes them, by position', async t => {
  const { db } = await open(t)
  t.same(await db.texts(KINDS, [7, 'a "b" ü', true]), [['7', 'a "b" ü', 't', null, '2030-01-01 10:00:00.25+00', '{"x" : 1}']])
  t.same(await db.texts(KINDS, [null, null, false]), [[null, null, 'f', null, '2030-01-01 10:00:00.25+00', '{"x" : 1}']])
})

t.test('any number of rows, and none', async t => {
  const { db } = await open(t)
  const series = { name: 'series', text: 'select n, n * 2 as twice from generate_series(1, $1::int) n' }
  t.same((await db.texts(series, [5000])).at(-1), ['5000', '10000'])
  t.same(await db.texts(series, [0]), [])
  t.same(await db.texts({ name: 'change', text: 'update exam set is_active = true where id = $1' }, [1]), [], 'a statement without rows')
})

t.test('a statement is parsed once per connection, beside the other kind of the same name', async t => {
  const { db, pool } = await open(t, 1)
  for (let turn = 0; turn < 3; turn++) {
    await db.texts(KINDS, [1, 'a', true])
    await db.query(KINDS, [1, 'a', true])
  }
  const { rows } = await pool.query("select name, generic_plans + custom_plans as runs from pg_prepared_statements where name like '%kinds' order by name")
  t.match(rows, [{ name: 'kinds' }, { name: 'texts:kinds' }])
})

t.test('a statement that fails rejects with PostgreSQL\'s code, and the next one works', async t => {
  const { db } = await open(t, 1)
  const divide = { name: 'divide', text: 'select 1 / $1::int' }
  await t.rejects(db.texts(divide, [0]), { code: '22012' })
  t.same(await db.texts(divide, [1]), [['1']])
  await t.rejects(db.texts({ name: 'nonsense', text: 'select from where' }, []), { code: '42601' })
  await t.rejects(db.texts({ name: 'nonsense', text: 'select from where' }, []), { code: '42601' }, 'and fails the same way again')
  t.same(await db.texts(divide, [1]), [['1']])
})

t.test('inside a transaction it sees what the transaction wrote, and a failure rolls back', async t => {
  const { db } = await open(t, 1)
  const count = { name: 'count', text: 'select count(*) from users' }
  const add = { name: 'add', text: 'insert into users (id, username, created_at, modified_at) values ($1, $2, now(), now()) returning id' }
  await t.rejects(db.transaction(async tx => {
    t.same(await tx.texts(add, [1, 'ada']), [['1']])
    t.same(await tx.texts(count, []), [['1']])
    await tx.texts(add, [1, 'ada'])
  }), { code: '23505' })
  t.same(await db.texts(count, []), [['0']])
})

t.test('what failed at its first run is known as parsed when its connection comes back', async t => {
  const { db } = await open(t, 1)
  const divide = { name: 'divide', text: 'select 1 / $1::int' }
  await t.rejects(db.transaction(tx => tx.texts(divide, [0])), { code: '22012' })
  t.same(await db.texts(divide, [1]), [['1']])
  const nonsense = { name: 'nonsense', text: 'select from where' }
  await t.rejects(db.transaction(tx => tx.texts(nonsense, [])), { code: '42601' })
  await t.rejects(db.transaction(tx => tx.texts(nonsense, [])), { code: '42601' }, 'and what was never parsed is not')
})

t.test('inside a transaction of the mapper the answers are the same', async t => {
  const { orm, db } = await open(t)
  const read = (sql: Sql) => sql.texts(KINDS, [7, 'a ? b', true])
  const within = await orm.em.fork().transactional(em => read(sqlWithin(em)))
  t.same(within.map(row => row.slice(0, 5)), (await read(db)).map(row => row.slice(0, 5)))
  t.same(JSON.parse(within[0]?.[5] ?? ''), { x: 1 })
})

t.test('a lost connection rejects what is under way, and the pool goes on with another', async t => {
  const { db, url } = await open(t, 1)
  const rejected = t.rejects(db.texts({ name: 'sleep', text: 'select pg_sleep(30)' }, []), { message: /terminat/ })
  const end = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and query = 'select pg_sleep(30)' and state = 'active'"
  t.ok(await until(async () => await ask(url, end) === '1'))
  await rejected
  t.same(await db.texts({ name: 'one', text: 'select 1' }, []), [['1']])
})
