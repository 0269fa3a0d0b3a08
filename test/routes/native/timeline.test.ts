import t from 'tap'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE } from '../../helper/app.ts'
import { sendReview, takeExam } from '../../helper/attempts.ts'

interface Entry { at: string, about: string, what: string, who: { kind: string, name: string } | null, changes: Record<string, { before: unknown, after: unknown }>, request_id: string | null, effect: { kind: string, what: string, state: string } | null }
interface Timeline { attempt_id: number, timeline: Entry[] }
const urlOf = (id: number) => `/api/invigil/v1/attempts/${id}/timeline`
const CORA = { id: 301, username: 'cora', courseStaff: [COURSE] }

t.test('staff of the course see who did what when, and what came of it', async t => {
  const app = await buildTestApp(t)
  const attempt = await takeExam(app, ADA, await addExam(app))
  await sendReview(app, attempt, 'suspicious', [{ comment: 'spoke', status: 'Suspicious' }])
  await app.effects.drain()
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${attempt.id}`)
  const { status, body } = await asPerson(app, CORA)<Timeline>('GET', urlOf(attempt.id))
  t.equal(status, 200)
  const statuses = body.timeline.filter(({ about, changes }) => about === 'attempt' && changes.status).map(({ changes, who }) => [changes.status?.after, who?.kind])
  t.same(statuses.slice(0, 3), [['created', 'learner'], ['started', 'learner'], ['submitted', 'learner']])
  t.equal(statuses.at(-1)?.[0], 'second_review_required')
  t.ok(body.timeline.some(({ about, changes }) => about === 'review' && changes.review_status?.after === 'Suspicious'))
  t.ok(body.timeline.some(({ what, who }) => what === 'removed' && who?.name === 'sue'), 'a removed attempt keeps its story')
  const delivered = body.timeline.find(({ effect }) => effect?.what === 'mock.stopAttempt')
  t.match(delivered?.effect, { kind: 'provider', state: 'delivered' })
  t.same(body.timeline.map(({ at }) => at), body.timeline.map(({ at }) => at).toSorted(), 'oldest first')
  t.ok(body.timeline.every(({ about, request_id: id }) => about !== 'attempt' || typeof id === 'string'))
})

t.test('a learner sees what became of the own attempt, and nothing of the staff\'s part', async t => {
  const app = await buildTestApp(t)
  const attempt = await takeExam(app, ADA, await addExam(app))
  await sendReview(app, attempt, 'suspicious')
  const { status, body, text } = await asPerson(app, ADA)<Timeline>('GET', urlOf(attempt.id))
  t.equal(status, 200)
  t.same([...new Set(body.timeline.map(({ about }) => about))], ['attempt'])
  t.match(body.timeline[0], { who: { kind: 'learner', name: 'ada' }, request_id: null, effect: null })
  t.notMatch(text, /sue|Suspicious|external|version/i)
  t.match(text, /submitted/)
})

t.test('nobody else may look', async t => {
  const app = await buildTestApp(t)
  const { id } = await takeExam(app, ADA, await addExam(app), 'created')
  t.equal((await asPerson(app, BOB)('GET', urlOf(id))).status, 403)
  t.equal((await asPerson(app, { ...CORA, courseStaff: ['course-v1:other+c+r'] })('GET', urlOf(id))).status, 403)
  t.equal((await asPerson(app, null)('GET', urlOf(id))).status, 401)
  t.match(await asPerson(app, SUE)('GET', urlOf(id + 1)), { status: 404, body: { code: 'INV_NOT_FOUND' } })
  t.equal((await asPerson(app, SUE)('GET', '/api/invigil/v1/attempts/x/timeline')).status, 400)
})
