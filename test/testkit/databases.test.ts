import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { createTrialDatabases } from '../../core/testkit/house/database.ts'
import { ask, until } from '../helper/postgres-tools.ts'
import { databaseServer } from './kit.ts'

const DATABASE = join(import.meta.dirname, '../../core/testkit/house/database.ts')
const server = await databaseServer()
const runOf = (url: string): string => /invigil_conformance_\d+_[0-9a-f]{8}/.exec(url)?.[0] ?? 'none'
const countOf = async (run: string): Promise<number> => Number(await ask(server, `select count(*) from pg_database where starts_with(datname, '${run}')`))

t.test('the databases of a run are migrated, know nothing of each other, and are gone afterwards', async t => {
  const databases = createTrialDatabases(server, t.testdirName)
  t.teardown(() => databases.close())
  const [first, second] = [await databases.open(), await databases.open()]
  await ask(first.url, 'create table mine ()')
  t.equal(await ask(second.url, 'select to_regclass(\'exam\') is not null and to_regclass(\'mine\') is null'), true)
  const run = runOf(first.url)
  t.equal(runOf(second.url), run)
  await first.close()
  t.equal(await countOf(run), 2, 'the other one and what both were copied from')
  await databases.close()
  t.equal(await countOf(run), 0)
})

t.test('what a run that was killed left behind is taken away by the next, and nothing of a run that lives', async t => {
  const script = `import { createTrialDatabases } from ${JSON.stringify(DATABASE)}\nprocess.stdout.write((await createTrialDatabases(process.argv[1], '.').open()).url + '\\n')\nsetInterval(() => {}, 60_000)`
  const killed = spawn(process.execPath, ['--input-type=module', '-e', script, server], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = text(killed.stdout)
  await once(killed.stdout, 'readable')
  const living = createTrialDatabases(server, t.testdirName)
  t.teardown(() => living.close())
  const { url } = await living.open()
  killed.kill('SIGKILL')
  const left = runOf(await said)
  t.equal(await countOf(left), 2, 'while it lived nothing of it was taken')
  await until(async () => await ask(server, `select count(*)::int from pg_stat_activity where application_name = '${left}'`) === 0)

  const next = createTrialDatabases(server, t.testdirName)
  t.teardown(() => next.close())
  await next.open()
  t.equal(await countOf(left), 0)
  t.equal(await countOf(runOf(url)), 2)
})

t.test('a server where nothing can be made is told as such', async t => {
  const databases = createTrialDatabases('postgres://nobody@127.0.0.1:1/none', t.testdirName)
  await t.rejects(databases.open(), /no database could be made on the server named: .*The account needs the right to create databases/)
  await databases.close()
})

t.test('without a server an embedded one is started once for the run, and stopped', async t => {
  const workDir = t.testdir({})
  const databases = createTrialDatabases(null, workDir)
  const [first, second] = [await databases.open(), await databases.open()]
  t.equal(await ask(first.url, 'show data_directory'), await ask(second.url, 'show data_directory'))
  await databases.close()
  await t.rejects(ask(first.url, 'select 1'))
})
