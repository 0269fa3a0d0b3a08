import { join } from 'node:path'
import t from 'tap'
import { runConformance } from '../../core/testkit/index.ts'
import { FIRST_PARTY } from '../../scripts/conformance.ts'
import { databaseServer, look } from './kit.ts'

// whole exams, a browser and npm, for every package
t.setTimeout(600_000)

const ROOT = join(import.meta.dirname, '../..')

for (const target of FIRST_PARTY) {
  t.test(`${target} conforms`, async t => {
    const { results, conformant } = await runConformance({ target, cwd: ROOT, databaseUrl: await databaseServer() })
    t.same(results.filter(({ state }) => state === 'failed' || state === 'not_checked').map(({ id, problems, reason }) => ({ id, problems, reason })), [])
    t.equal(conformant, true)
  })
}

t.test('a provider that conforms passes with a worker, pages, texts and files of its own', async t => {
  const { results, counts, conformant } = await look('good')
  t.same(results.filter(({ state }) => state === 'failed' || state === 'not_checked'), [])
  t.equal(conformant, true)
  t.ok(counts.passed > 90, String(counts.passed))
})
