import t from 'tap'
import { BACK_OFF, retryDelayMs } from '../../core/effects/back-off.ts'
import { DELIVERY_KINDS, type DeliveryKind } from '../../core/effects/kinds.ts'

const HOUR = 3_600_000

function waits (kind: DeliveryKind, chance: number): number[] {
  const delays: number[] = []
  for (let tries = 1; ; tries++) {
    const delay = retryDelayMs(kind, tries, chance)
    if (delay === null) return delays
    delays.push(delay)
  }
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

t.test('the first retry comes after about two seconds, each later one after twice the time, up to a cap', async t => {
  const delays = waits('provider', 0.5)
  t.same(delays.slice(0, 5), [2000, 4000, 8000, 16000, 32000])
  t.equal(Math.max(...delays), HOUR)
})

t.test('vendors, platform and mail are tried for about a day, webhooks for about three', async t => {
  for (const kind of DELIVERY_KINDS) {
    const hours = sum(waits(kind, 0.5)) / HOUR
    const wanted = kind === 'webhook' ? 72 : 24
    t.ok(Math.abs(hours - wanted) < 1.5, `${kind}: ${hours} h`)
    t.equal(waits(kind, 0.5).length, BACK_OFF[kind].tries - 1)
  }
})

t.test('chance moves a delay by a fifth at most', async t => {
  t.equal(retryDelayMs('lms', 1, 0), 1600)
  t.equal(retryDelayMs('lms', 1, 0.999999), 2400)
  t.ok(sum(waits('email', 0)) < sum(waits('email', 0.9)))
})
