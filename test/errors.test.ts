import { readFile } from 'node:fs/promises'
import t from 'tap'
import * as errors from '../core/errors.ts'

const README = new URL('../README.md', import.meta.url)
const ROW = /^\| `(INV_[A-Z_]+)` \| (\d{3}) \| (.+) \|$/

t.test('the README\'s table of errors and core/errors.ts are equal', async t => {
  const rows = (await readFile(README, 'utf8')).split('\n').map(line => ROW.exec(line)).filter(match => match !== null)
  const documented = Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]))
  const coded = Object.fromEntries(Object.entries(errors).map(([name, Fault]) => [name, new Fault('', '', '', '', '').statusCode]))
  t.same(documented, coded)
})

t.test('a constant\'s name is its code', async t => {
  for (const [name, Fault] of Object.entries(errors)) t.equal(new Fault('', '', '', '', '').code, name)
})
