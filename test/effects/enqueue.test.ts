import t from 'tap'
import { sqlWithin } from '../../core/db/database.ts'
import { createOrm } from '../../core/db/orm.ts'
import type { Effect } from '../../core/domain/effect.ts'
import { enqueueEffects } from '../../core/effects/enqueue.ts'
import { listEffects } from '../../core/effects/ledger.ts'
import { openDatabase } from '../helper/effects-app.ts'

const effects: Effect[] = [
  { kind: 'lms', subject: 'attempt:41', service: 'credit', method: 'set_credit_requirement_status', args: { req_name: 'what? is $1 "this" {}', status: 'submitted' } },
  { kind: 'provider', subject: 'attempt:41', provider: 'test', method: 'stopAttempt', examExternalId: null, attemptExternalId: 'pa-1' },
  { kind: 'email', subject: 'attempt:41', status: 'submitted', attemptId: 41 },
  { kind: 'expiry', subject: 'attempt:41', attemptId: 41, dueAt: new Date('2030-01-01T01:00:00Z') },
]
const options = { now: new Date('2030-01-01T00:00:00.123Z'), webhooks: [], requestId: 'req-1' }
const expected = ['e-mail: submitted', 'test.stopAttempt', 'credit.set_credit_requirement_status']

t.test('effects are written in order, with the clock of the application, inside a plain transaction', async t => {
  const { db } = await openDatabase(t)
  await db.transaction(tx => enqueueEffects(tx, effects, options))
  const rows = await listEffects(db, {})
  t.same(rows.map(({ what }) => what), expected)
  t.match(rows[0], { subject: 'attempt:41', state: 'pending', tries: 0, createdAt: '2030-01-01T00:00:00.123Z', dueAt: '2030-01-01T00:00:00.123Z', requestId: 'req-1' })
  const jobs = await db.query<{ key: string, ahead: number }>({ name: 'jobs', text: 'select key, round(extract(epoch from run_at - now()) / 60)::int as ahead from graphile_worker.jobs order by key' }, [])
  t.same(jobs, [
    { key: 'deliver:attempt:41|email', ahead: 0 },
    { key: 'deliver:attempt:41|lms', ahead: 0 },
    { key: 'deliver:attempt:41|provider:test', ahead: 0 },
    { key: 'expire:41', ahead: 60 },
  ])
})

t.test('the same inside a transaction of the object mapper', async t => {
  const { url, db } = await openDatabase(t)
  const orm = createOrm({ url })
  t.teardown(() => orm.close(true))
  await orm.em.fork().transactional(em => enqueueEffects(sqlWithin(em), effects, options))
  t.same((await listEffects(db, {})).map(({ what }) => what), expected)
  await t.rejects(orm.em.fork().transactional(async em => {
    await enqueueEffects(sqlWithin(em), effects, options)
    throw new Error('no')
  }))
  t.equal((await listEffects(db, {})).length, 3)
})

t.test('lists are filtered and paged by id, newest first', async t => {
  const { db } = await openDatabase(t)
  for (const id of [1, 2]) await enqueueEffects(db, effects.map(effect => ({ ...effect, subject: `attempt:${id}` })), options)
  const all = await listEffects(db, {})
  t.equal(all.length, 6)
  const page = await listEffects(db, { limit: 4 })
  t.same([...page, ...await listEffects(db, { limit: 4, before: page.at(-1)?.id ?? 0 })], all)
  t.same((await listEffects(db, { subject: 'attempt:1' })).map(({ subject }) => subject), ['attempt:1', 'attempt:1', 'attempt:1'])
  t.same((await listEffects(db, { kind: 'lms', state: 'pending', before: 5 })).map(({ stream }) => stream), ['attempt:2|lms', 'attempt:1|lms'])
  t.same(await listEffects(db, { state: 'dead' }), [])
})
