import { readFile } from 'node:fs/promises'
import t from 'tap'
import { GROUPS } from '../../core/testkit/groups/index.ts'
import { CONFORMANCE_DOCS, withChecks } from '../../scripts/generate-conformance-docs.ts'

t.test('docs/conformance.md lists the checks; if not, run: node scripts/generate-conformance-docs.ts', async t => {
  const page = await readFile(CONFORMANCE_DOCS, 'utf8')
  t.ok(page === withChecks(page), 'docs/conformance.md is not what the tables say. Run "node scripts/generate-conformance-docs.ts" and commit the file.')
})

t.test('every check has an id of its own and a title', async t => {
  const ids = GROUPS.flatMap(({ id, checks }) => checks.map(check => `${id}.${check.id}`))
  t.equal(new Set(ids).size, ids.length)
  t.same(ids.filter(id => !/^[a-z]+\.[A-Za-z0-9-]+$/.test(id)), [])
  t.same(GROUPS.flatMap(({ checks }) => checks).filter(({ title }) => title.trim() === ''), [])
})
