import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import t, { type Test } from 'tap'
import { readLockFile } from '../../core/db/embedded/holder.ts'
import { isAlive } from '../../core/db/embedded/process.ts'
import { createTestDatabase } from './database.ts'
import { describeRun, joinRun, lockFile, type TestRun } from './postgres-run.ts'
import { readCurrentSchema } from './postgres-template.ts'
import { ask, exists, until } from './postgres-tools.ts'

const nameOf = (url: string): string => new URL(url).pathname.slice(1)

/** A process that stands for tap: when it is gone, its run is over. */
async function startOwner (t: Test): Promise<ChildProcess & { readonly pid: number }> {
  const owner = spawn('sleep', ['60'], { stdio: 'ignore' })
  t.teardown(() => owner.kill('SIGKILL'))
  await once(owner, 'spawn')
  const { pid } = owner
  if (pid === undefined) throw new Error('expected a pid')
  return Object.assign(owner, { pid })
}

async function killOwner (t: Test, run: TestRun): Promise<boolean> {
  const server = Number((await readLockFile(join(run.folder, 'data')))[0])
  const keeper = Number(await readFile(lockFile(run.folder), 'utf8'))
  t.ok(isAlive(server) && isAlive(keeper))
  process.kill(run.owner, 'SIGKILL')
  return await until(async () => !isAlive(server) && !isAlive(keeper) && !await exists(run.folder))
}

t.test('two databases made in parallel are copies of one migrated template and know nothing of each other', async t => {
  let migrations = 0
  const schema = {
    key: `standin_${process.pid}`,
    async migrate (url: string) {
      migrations++
      await ask(url, 'create table note (text text)')
    },
  }
  const [one, two] = await Promise.all([createTestDatabase(t, schema), createTestDatabase(t, schema)])
  t.equal(migrations, 1)
  await ask(one.url, "insert into note values ('of one')")
  t.equal(await ask(one.url, 'select count(*)::int from note'), 1)
  t.equal(await ask(two.url, 'select count(*)::int from note'), 0)
})

t.test('a database is dropped when its test is over, though somebody is still connected', async t => {
  let url = ''
  const visitor = { current: new pg.Client() }
  await t.test('a test with a database', async t => {
    url = (await createTestDatabase(t)).url
    visitor.current = new pg.Client({ connectionString: url })
    visitor.current.on('error', () => {})
    await visitor.current.connect()
  })
  await t.rejects(ask(url, 'select 1'), { code: '3D000' })
  await visitor.current.end()
  const { url: other } = await createTestDatabase(t)
  t.equal(await ask(other, `select count(*)::int from pg_database where datname = '${nameOf(url)}'`), 0)
})

t.test('by default it has the tables of the application and the queue', async t => {
  const { url } = await createTestDatabase(t)
  t.equal(await ask(url, "select count(*)::int from pg_tables where tablename = 'invigil_migrations'"), 1)
  t.equal(await ask(url, "select count(*)::int from pg_namespace where nspname = 'graphile_worker'"), 1)
})

t.test('a migration that fails is told and tried again, never half a template', async t => {
  const key = `failing_${process.pid}`
  const failing = { key, migrate: async (url: string) => { await ask(url, 'create table half ()'); throw new Error('no further') } }
  await t.rejects(createTestDatabase(t, failing), { message: 'no further' })
  const { url } = await createTestDatabase(t, { key, migrate: async () => {} })
  t.equal(await ask(url, "select count(*)::int from pg_tables where tablename = 'half'"), 0)
})

t.test('the key of the present schema is stable', async t => {
  const { key } = await readCurrentSchema()
  t.match(key, /^[0-9a-f]{12}$/)
  t.equal((await readCurrentSchema()).key, key)
})

t.test('all who join a run share one server, which goes when the run\'s owner is killed', async t => {
  const run = describeRun((await startOwner(t)).pid)
  const [one, two] = await Promise.all([joinRun(run), joinRun(run)])
  t.equal(one, two)
  t.equal(await ask(`${one}postgres`, 'show fsync'), 'off')
  t.ok(await killOwner(t, run), 'nothing of the run is left')
})

t.test('a keeper that was killed is succeeded by another, and that one ends too', async t => {
  const run = describeRun((await startOwner(t)).pid)
  await joinRun(run)
  const first = Number(await readFile(lockFile(run.folder), 'utf8'))
  process.kill(first, 'SIGKILL')
  t.ok(await until(() => !isAlive(first)))
  t.equal(await ask(`${await joinRun(run)}postgres`, 'select 1'), 1)
  t.ok(await killOwner(t, run), 'nothing of the run is left')
})
