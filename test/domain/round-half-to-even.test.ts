import t from 'tap'
import { roundHalfToEven } from '../../core/domain/round-half-to-even.ts'

t.test('halves go to the even neighbour, all else to the nearest', async t => {
  const cases: [number, number][] = [[0, 0], [0.4, 0], [0.5, 0], [0.6, 1], [1.5, 2], [2.5, 2], [3.5, 4], [10.5, 10], [-0.5, 0], [-1.5, -2], [-2.5, -2], [7.49, 7]]
  for (const [value, rounded] of cases) t.equal(Math.abs(roundHalfToEven(value) - rounded), 0, `${value} -> ${rounded}`)
})
