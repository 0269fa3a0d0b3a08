import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import t from 'tap'
import { findRunningServer } from '../../core/db/embedded/running.ts'
import { startEmbeddedPostgres } from '../../core/db/embedded.ts'

t.test('a second process finds the embedded server of the first, for as long as it runs', async t => {
  const home = await mkdtemp(join(tmpdir(), 'invigil-running-'))
  t.teardown(() => rm(home, { recursive: true, force: true }))
  const dataDir = join(home, 'postgres')
  t.equal(await findRunningServer(dataDir, 'invigil'), null, 'nothing was ever started')
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } })
  try {
    const url = await findRunningServer(dataDir, 'invigil')
    const client = new pg.Client({ connectionString: url ?? '' })
    await client.connect()
    t.match((await client.query('select current_database() as name')).rows, [{ name: 'invigil' }])
    await client.end()
  } finally {
    await postgres.stop()
  }
  t.equal(await findRunningServer(dataDir, 'invigil'), null, 'it has ended')
})
