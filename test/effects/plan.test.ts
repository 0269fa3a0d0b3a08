import t from 'tap'
import { planEffects, wakeUp } from '../../core/effects/plan.ts'
import { receiversOf, webhookKey } from '../../core/effects/webhook-filter.ts'
import type { Effect } from '../../core/domain/effect.ts'

const now = new Date('2030-01-01T00:00:00Z')
const hook = (url: string, ...events: string[]) => ({ url, secret: 's', events })
const stop: Effect = { kind: 'provider', subject: 'attempt:41', provider: 'test', method: 'stopAttempt', examExternalId: 'px', attemptExternalId: 'pa' }
const credit: Effect = { kind: 'lms', subject: 'attempt:41', service: 'credit', method: 'set_credit_requirement_status', args: {} }
const mail: Effect = { kind: 'email', subject: 'attempt:41', status: 'submitted', attemptId: 41 }
const event: Effect = { kind: 'event', subject: 'attempt:41', name: 'edx.special_exam.timed.attempt.started', context: { course_id: 'c' }, payload: { exam_id: 1 } }
const signal: Effect = { kind: 'signal', subject: 'attempt:41', payload: { attempt_id: 41 } }

t.test('each family of one attempt is a stream of its own, so that none waits for another', async t => {
  const { rows, jobs } = planEffects([credit, stop, mail, event], now, [hook('http://a', '*'), hook('http://b', '*')])
  t.same(rows.map(row => row.stream), [
    'attempt:41|lms', 'attempt:41|provider:test', 'attempt:41|email',
    `attempt:41|webhook:${webhookKey('http://a')}`, `attempt:41|webhook:${webhookKey('http://b')}`,
  ])
  t.same(jobs.map(job => job.job_key), rows.map(row => `deliver:${row.stream}`))
  t.equal(new Set(rows.map(row => row.idempotency_key)).size, rows.length)
})

t.test('one stream is woken once, however many effects it gets', async t => {
  const { rows, jobs } = planEffects([stop, stop, stop], now, [])
  t.equal(rows.length, 3)
  t.same(jobs, [wakeUp('attempt:41|provider:test')])
})

t.test('events without a receiver that wants them leave nothing', async t => {
  t.same(planEffects([event, signal], now, []), { rows: [], jobs: [] })
  t.same(planEffects([event], now, [hook('http://a', 'invigil.attempt.status')]), { rows: [], jobs: [] })
})

t.test('analytics events carry context and payload, the status signal and lifecycle events only their own fields', async t => {
  const lifecycle: Effect = { kind: 'event', subject: 'attempt:41', name: 'org.openedx.learning.exam.attempt.verified.v1', context: {}, payload: { exam_attempt: {} } }
  const { rows } = planEffects([event, signal, lifecycle], now, [hook('http://a', '*')])
  t.same(rows.map(row => row.payload), [
    { url: 'http://a', type: 'edx.special_exam.timed.attempt.started', data: { context: { course_id: 'c' }, payload: { exam_id: 1 } } },
    { url: 'http://a', type: 'invigil.attempt.status', data: { attempt_id: 41 } },
    { url: 'http://a', type: 'org.openedx.learning.exam.attempt.verified.v1', data: { exam_attempt: {} } },
  ])
})

t.test('a deadline becomes a job only, as far ahead as it is on the clock of the attempt', async t => {
  const { rows, jobs } = planEffects([{ kind: 'expiry', subject: 'attempt:41', attemptId: 41, dueAt: new Date('2030-01-01T00:01:00Z') }], now, [])
  t.same(rows, [])
  t.match(jobs, [{ identifier: 'expire_attempt', payload: { attemptId: 41 }, job_key: 'expire:41' }])
  t.ok(Math.abs((jobs[0]?.delay_ms ?? 0) - 60_000) <= 100)
  t.ok((jobs[0]?.priority ?? 0) < wakeUp('x').priority, 'deadlines go before deliveries')
})

t.test('a receiver takes what its patterns name, and each address once', async t => {
  const all = [hook('http://a', 'edx.special_exam.*'), hook('http://b', 'invigil.attempt.status'), hook('http://a', '*'), hook('http://c')]
  t.same(receiversOf(all, 'edx.special_exam.timed.created').map(({ url }) => url), ['http://a'])
  t.same(receiversOf(all, 'invigil.attempt.status').map(({ url }) => url), ['http://b', 'http://a'])
  t.same(receiversOf(all, 'edx.other').map(({ url }) => url), ['http://a'])
})
