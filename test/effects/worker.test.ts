import t from 'tap'
import { startWorker } from '../../core/effects/worker.ts'
import { openDatabase, until } from '../helper/effects-app.ts'
import { createLogLines } from '../provider/host.ts'

const addJob = { name: 'test-add', text: "select graphile_worker.add_job('count', '{}')" }

t.test('a queue that stops by itself is started again, and a stop is the end of it', async t => {
  const { url, db } = await openDatabase(t)
  const { log, lines } = createLogLines()
  let ran = 0
  const worker = await startWorker({ pool: { connectionString: url }, tasks: { count: () => { ran++ } }, concurrency: 2, log })
  await db.query(addJob, [])
  t.ok(await until(() => ran === 1))
  t.ok(await until(() => lines().some(({ msg }) => String(msg).includes('looking for jobs'))), 'it listens')
  await new Promise(resolve => setTimeout(resolve, 100))
  // the library ends its pool when it is told of a new schema
  const { exitCode } = process
  await db.query({ name: 'test-notify', text: "select pg_notify('worker:migrate', '{\"migrationNumber\": 1, \"breaking\": true}')" }, [])
  t.ok(await until(() => lines().some(({ msg }) => String(msg).includes('started again'))))
  process.exitCode = exitCode
  await db.query(addJob, [])
  t.ok(await until(() => ran === 2, 10_000))
  await worker.stop()
  await db.query(addJob, [])
  await new Promise(resolve => setTimeout(resolve, 300))
  t.equal(ran, 2)
})

t.test('a database that cannot be reached is told at once', async t => {
  await t.rejects(startWorker({ pool: { connectionString: 'postgres://nobody@127.0.0.1:1/none' }, tasks: {}, concurrency: 1, log: createLogLines().log }))
})
