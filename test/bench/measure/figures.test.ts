import t from 'tap'
import { isMet, type Finding } from '../../../bench/measure/finding.ts'
import { writeTable } from '../../../bench/measure/print.ts'
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
