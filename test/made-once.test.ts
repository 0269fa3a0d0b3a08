import t from 'tap'
import { madeOnce } from '../core/made-once.ts'

t.test('what belongs to an object is made once, also where it is nothing', async t => {
  const asked: object[] = []
  const find = madeOnce((key: { made?: string }) => {
    asked.push(key)
    return key.made
  })
  const [first, empty] = [{ made: 'once' }, {}]
  t.strictSame([find(first), find(first), find(empty), find(empty)], ['once', 'once', undefined, undefined])
  t.strictSame(asked, [first, empty])
  t.equal(find({ made: 'anew' }), 'anew', 'another object is another, though it looks alike')
})
