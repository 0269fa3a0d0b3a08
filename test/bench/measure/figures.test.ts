import { readFile } from 'node:fs/promises'
import t from 'tap'
import { isMet, type Finding } from '../../../bench/measure/finding.ts'
import { placeFigures, writeTable } from '../../../bench/measure/print.ts'
import { compare, takeTurns, type Sample } from '../../../bench/measure/rounds.ts'
import { spreadOf } from '../../../bench/measure/statistics.ts'

t.test('a spread is the middle value and the bounds of the middle half', async t => {
  t.same(spreadOf([5, 1, 4, 2, 3]), { median: 3, low: 2, high: 4 })
  t.same(spreadOf([1, 2]), { median: 1.5, low: 1.25, high: 1.75 })
  t.same(spreadOf([7]), { median: 7, low: 7, high: 7 })
  t.throws(() => spreadOf([]), /nothing was measured/)
})

t.test('sides take turns, each going first in every other pair, and warm-up rounds are not counted', async t => {
  const order: string[] = []
  const side = (name: string) => async (): Promise<Sample> => {
    order.push(name)
    return { rate: name === 'ours' ? 8 : 10 }
  }
  const pairs = await takeTurns(side('ours'), side('beside'), { rounds: 2, warmUp: 1 })
  t.same(order, ['beside', 'ours', 'ours', 'beside', 'beside', 'ours'])
  t.same(pairs, [[{ rate: 8 }, { rate: 10 }], [{ rate: 8 }, { rate: 10 }]])
})

t.test('the ratio is taken within each pair, so that a machine that slows down does not change it', async t => {
  const pairs: [Sample, Sample][] = [[{ rate: 80, cost: 10 }, { rate: 100, cost: 8 }], [{ rate: 8, cost: 100 }, { rate: 10, cost: 80 }]]
  t.equal(compare(pairs, 'rate', 'more').ratio.median, 0.8)
  t.equal(compare(pairs, 'cost', 'less').ratio.median, 0.8)
  t.throws(() => compare(pairs, 'weight', 'less'), /no figure weight/)
})

t.test('an aim is met by the median, and the table says so', async t => {
  const one = (value: number) => spreadOf([value])
  const finding = (fields: Partial<Finding>): Finding => ({ what: 'x', unit: 'ms', ours: one(1500), beside: null, ratio: null, aim: null, ...fields })
  t.equal(isMet(finding({})), null)
  t.equal(isMet(finding({ aim: { atMost: 2000 } })), true)
  t.equal(isMet(finding({ aim: { atMost: 1000 } })), false)
  t.equal(isMet(finding({ ratio: one(0.79), aim: { ratio: 0.8 } })), false)
  t.equal(isMet(finding({ ratio: one(0.8), aim: { ratio: 0.8 } })), true)
  t.match(writeTable([finding({ aim: { atMost: 1000 } })]), /x +1500 \(1500 to 1500\) ms +at most 1000 ms +NOT MET/)
})

t.test('a growth is met up to its limit, and told as such', async t => {
  const one = (value: number) => spreadOf([value])
  const finding = (ratio: number): Finding => ({ what: 'x', unit: 'ms', ours: one(3), beside: one(2), ratio: one(ratio), aim: { within: 1.5 } })
  t.equal(isMet(finding(1.5)), true)
  t.equal(isMet(finding(1.51)), false)
  t.equal(isMet({ ...finding(1), ratio: null }), false)
  t.match(writeTable([finding(1.5)]), /1\.5 \(1\.5 to 1\.5\) +at most 1\.5 +met/)
  t.equal(compare([[{ ms: 3 }, { ms: 2 }]], 'ms', 'growth').ratio.median, 1.5)
})

t.test('figures take the place of the last ones between the marks of a page, and nothing else changes', async t => {
  const finding: Finding = { what: 'x', unit: 'ms', ours: spreadOf([1]), beside: null, ratio: null, aim: { atMost: 2 } }
  const run = { machine: 'a machine', date: new Date('2030-01-02T03:04:05Z') }
  const once = placeFigures('# A\n\n<!-- figures:begin -->\nold\n<!-- figures:end -->\n\nend\n', [finding], run)
  t.equal(once, '# A\n\n<!-- figures:begin -->\n2030-01-02, a machine\n\n|  | Invigil | beside | ratio | aim |  |\n|---|---|---|---|---|---|\n| x | 1 (1 to 1) ms |  |  | at most 2 ms | met |\n<!-- figures:end -->\n\nend\n')
  t.equal(placeFigures(once, [finding], run), once)
  t.throws(() => placeFigures('# A', [finding], run), /figures:begin/)
  t.match(placeFigures(await readFile(new URL('../../../bench/README.md', import.meta.url), 'utf8'), [finding], run), '2030-01-02, a machine', 'the page of the benchmarks has them')
})
