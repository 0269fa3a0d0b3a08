import t, { type Test } from 'tap'
import { createCli } from '../helper/cli.ts'
import { createTestDatabase } from '../helper/database.ts'

async function buildScene (t: Test) {
  const { url } = await createTestDatabase(t, { key: 'empty', migrate: async () => {} })
  const cwd = t.testdir({ 'own.yaml': 'server: { log_level: silent }\nauth: { jwt: { secret: demo-only-jwt-secret-0123456789abcdef } }\n' })
  return createCli({ cwd, env: { DATABASE_URL: url, INVIGIL_CONFIG: 'own.yaml' } })
}

t.test('an empty database is brought up, taken down and up again', async t => {
  const invigil = await buildScene(t)
  t.match(await invigil('migrate', 'status'), { code: 1, out: /missing +0001-initial[^]*job queue +no/ })
  t.match(await invigil('migrate', 'up'), { code: 0, out: /applied +0001-initial[^]*missing +-[^]*job queue +yes/ })
  t.match((await invigil('migrate', 'status', '--json')).json(), { version: /^\d+/, pending: [], unknown: [], has_job_queue: true })
  t.match(await invigil('migrate', 'down'), { code: 2, err: /This loses data: it takes back \S+\. Say --yes/ })
  t.match(await invigil('migrate', 'status'), { code: 0 })
  const { applied } = (await invigil('migrate', 'status', '--json')).json<{ applied: string[] }>()
  t.match(await invigil('migrate', 'down', '--steps', `${applied.length}`, '--yes'), { code: 0, out: /applied +-/ })
  t.match(await invigil('migrate', 'up'), { code: 0, out: /missing +-/ })
})
