import t from 'tap'
import { findTroubles, worstOf, type ProviderFacts, type Trouble } from '../../core/operate/troubles.ts'

const NOW = new Date('2030-01-01T03:00:00Z')
const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString()
const failed = (seconds: number, code = 'INV_PROVIDER_FAILED') => ({ at: secondsAgo(seconds), method: 'startAttempt' as const, code, message: `out of order ${seconds}` })

const COUNTS = { ok: 0, refused: 0, failed: 0, timeout: 0, bad_answer: 0, unavailable: 0, cancelled: 0 }
const HEALTH: ProviderFacts['health'] = { circuit: 'closed', retryAt: null, pending: 0, counts: COUNTS, p50Ms: null, lastErrors: [] }
const QUEUE: ProviderFacts['queue'] = { pending: 0, dead: 0, oldestPendingSeconds: 0 }
const WELL: ProviderFacts = { name: 'acme', state: 'ready', faults: [], health: HEALTH, queue: QUEUE, exams: 3, liveAttempts: 2 }

const health = (changes: Partial<ProviderFacts['health']>) => ({ health: { ...HEALTH, ...changes } })
const queue = (changes: Partial<ProviderFacts['queue']>) => ({ queue: { ...QUEUE, ...changes } })

const CASES: readonly [name: string, changes: Partial<ProviderFacts>, expected: Pick<Trouble, 'code' | 'severity' | 'values'>[]][] = [
  ['a provider that works has none', {}, []],
  ['switched off: with the reasons and the exams that answer 503', { state: 'disabled', faults: ['It is not installed.', 'Install it.'] },
    [{ code: 'disabled', severity: 'wrong', values: { reason: 'It is not installed. Install it.', exams: 3 } }]],
  ['an open circuit: how long it stays so, in whole seconds, and the latest reason', health({ circuit: 'open', retryAt: '2030-01-01T03:00:12.400Z', lastErrors: [failed(1), failed(2)] }),
    [{ code: 'circuit_open', severity: 'wrong', values: { seconds: 13, reason: 'out of order 1' } }]],
  ['an open circuit whose time is over is not counted below zero', health({ circuit: 'open', retryAt: secondsAgo(5) }), [{ code: 'circuit_open', severity: 'wrong', values: { seconds: 0, reason: '' } }]],
  ['an open circuit that does not say until when', health({ circuit: 'open' }), [{ code: 'circuit_open', severity: 'wrong', values: { seconds: 0, reason: '' } }]],
  ['a circuit that tries', health({ circuit: 'half-open', lastErrors: [failed(40)] }), [{ code: 'circuit_trying', severity: 'watch', values: { reason: 'out of order 40' } }]],
  ['a circuit that tries and knows no reason', health({ circuit: 'half-open' }), [{ code: 'circuit_trying', severity: 'watch', values: { reason: '' } }]],
  ['a fresh failure', health({ lastErrors: [failed(599)] }), [{ code: 'failing', severity: 'watch', values: { reason: 'out of order 599' } }]],
  ['a failure ten minutes ago is no news', health({ lastErrors: [failed(600)] }), []],
  ['a refusal is an answer, not a failure', health({ lastErrors: [failed(1, 'INV_PROVIDER_REFUSED')] }), []],
  ['a refusal does not hide the failure before it', health({ lastErrors: [failed(1, 'INV_PROVIDER_REFUSED'), failed(30)] }), [{ code: 'failing', severity: 'watch', values: { reason: 'out of order 30' } }]],
  ['given up', queue({ dead: 1 }), [{ code: 'dead', severity: 'wrong', values: { count: 1 } }]],
  ['what waits for ten minutes is still on its way', queue({ pending: 4, oldestPendingSeconds: 600 }), []],
  ['what waits for longer', queue({ pending: 4, oldestPendingSeconds: 1530 }), [{ code: 'waiting', severity: 'watch', values: { count: 4, minutes: 26 } }]],
  ['retired, with exams and with learners in one', { state: 'retired' },
    [{ code: 'retired_live', severity: 'know', values: { count: 2 } }, { code: 'retired_exams', severity: 'know', values: { count: 3 } }]],
  ['retired, and nothing depends on it any more', { state: 'retired', exams: 0, liveAttempts: 0 }, []],
  ['all at once, the worst first', { ...health({ circuit: 'open', retryAt: null, lastErrors: [failed(1)] }), ...queue({ dead: 2, pending: 1, oldestPendingSeconds: 660 }) }, [
    { code: 'circuit_open', severity: 'wrong', values: { seconds: 0, reason: 'out of order 1' } },
    { code: 'dead', severity: 'wrong', values: { count: 2 } },
    { code: 'waiting', severity: 'watch', values: { count: 1, minutes: 11 } },
  ]],
]

for (const [name, changes, expected] of CASES) {
  t.test(name, async t => { t.strictSame(findTroubles({ ...WELL, ...changes }, NOW), expected) })
}

t.test('the worst of several decides the place; none comes last', async t => {
  const places = [[], ['know'], ['watch', 'know'], ['know', 'wrong']] as const
  t.same(places.map(severities => worstOf(severities.map(severity => ({ severity })))), [3, 2, 1, 0])
})
