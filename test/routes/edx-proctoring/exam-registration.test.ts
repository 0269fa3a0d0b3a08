import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { ADA, addExam, API, asPerson, buildTestApp, COURSE, SUE, tokenFor, type Person } from '../../helper/app.ts'
import { HEARD, historyOf, takeEvents, takeVendorOrders } from '../../helper/outbox.ts'

const CORA: Person = { id: 202, username: 'cora', courseStaff: [COURSE] }
const URL = `${API}/exam_registration/course_id/${COURSE}`

const exam = (contentId: string, more: object = {}) => ({
  course_id: COURSE, content_id: contentId, exam_name: 'Midterm', time_limit_mins: 90, is_proctored: false, is_practice_exam: false, is_active: true, hide_after_due: false, ...more,
})

const tokenHeader = async () => `JWT ${await tokenFor(SUE)}`
type Saved = { exam_id: number }[]
const publish = (app: FastifyInstance, list: unknown, url = URL) => asPerson(app, SUE)<Saved>('PATCH', url, list as object) // some are deliberately no list
const read = async (app: FastifyInstance, id: number) => (await asPerson(app, SUE)('GET', `${API}/exam/exam_id/${id}`)).body
const count = async (app: FastifyInstance) => (await app.db.query<{ n: number }>({ name: 't', text: 'select count(*)::int as n from exam' }, []))[0]?.n

t.test('a publication makes the exams of a course those of its list, in its order', async t => {
  const app = await buildTestApp(t)
  const first = await publish(app, [exam('b'), exam('a', { is_proctored: true, due_date: '2031-05-01T10:00:00Z', external_id: 'px-9', backend: 'null' })])
  t.equal(first.status, 200)
  const [b, a] = first.body.map(({ exam_id: id }) => id)
  t.match(await read(app, a ?? 0), { course_id: COURSE, content_id: 'a', is_proctored: true, due_date: '2031-05-01T10:00:00Z', external_id: 'px-9', backend: 'null', is_active: true })
  t.match(await read(app, b ?? 0), { content_id: 'b', external_id: null, due_date: null, backend: 'mock', is_active: true })

  const second = await publish(app, [exam('c'), exam('a', { exam_name: 'Renamed', time_limit_mins: '45' })])
  t.match(second.body, [{ exam_id: Number }, { exam_id: a }], 'what is known keeps its id')
  t.match(await read(app, a ?? 0), { exam_name: 'Renamed', time_limit_mins: 45, is_proctored: false })
  t.match(await read(app, b ?? 0), { is_active: false, is_proctored: false }, 'what is not listed is switched off')

  t.match(await publish(app, []), { status: 200, text: '[]' })
  t.equal((await asPerson(app, SUE)<object[]>('GET', `${API}/exam/course_id/${COURSE}`)).text, '[]', 'an empty list switches all off')
})

t.test('Q28: a due date that is absent or null is cleared; an id and a provider that are absent or null stay', async t => {
  const app = await buildTestApp(t)
  const [{ exam_id: id } = { exam_id: 0 }] = (await publish(app, [exam('a', { due_date: '2031-05-01T10:00:00Z', external_id: 'px-9', backend: 'null' })])).body
  await publish(app, [exam('a')])
  t.match(await read(app, id), { due_date: null, external_id: 'px-9', backend: 'null' })
  await publish(app, [exam('a', { due_date: '2031-05-01' })])
  t.match(await read(app, id), { due_date: '2031-05-01T00:00:00Z' })
  await publish(app, [exam('a', { due_date: null, external_id: null })])
  t.match(await read(app, id), { due_date: null, external_id: 'px-9', backend: 'null' })
})

t.test('the course is the one of the path, whatever the items say; other courses are not touched', async t => {
  const app = await buildTestApp(t)
  const other = await addExam(app, { content_id: 'elsewhere' })
  const { body } = await publish(app, [exam('elsewhere')], `${API}/exam_registration/course_id/edX/Old/2030`)
  t.match(await read(app, body[0]?.exam_id ?? 0), { course_id: 'edX/Old/2030', content_id: 'elsewhere' })
  t.match(await read(app, other), { course_id: COURSE, is_active: true })
  const again = await publish(app, [exam('elsewhere', { course_id: COURSE, exam_name: 'Changed' })], `${API}/exam_registration/course_id/edX/Old/2030`)
  t.strictSame(again.body, body, 'an exam that is there stays the same')
  t.match(await read(app, body[0]?.exam_id ?? 0), { course_id: 'edX/Old/2030', exam_name: 'Changed' }, 'and in its course')
})

t.test('one bad item and nothing is written; faults stand where their items stand', async t => {
  const app = await buildTestApp(t)
  const known = await addExam(app)
  const { content_id: _, ...nameless } = exam('x')
  const answer = await publish(app, [exam('good'), { ...nameless, due_date: 'bad' }, exam('null-backend', { backend: null }), 7, ['x']])
  t.equal(answer.status, 422)
  t.match(answer.body, [
    {},
    { content_id: [String], due_date: [String] },
    { backend: [String] },
    { non_field_errors: [String] },
    { non_field_errors: [String] },
  ])
  t.strictSame(Object.keys(answer.body[0] ?? { none: true }), [])
  t.equal(await count(app), 1)
  t.match(await read(app, known), { is_active: true })
})

t.test('a new section that comes twice is refused, and what stands before its second place is kept', async t => {
  const app = await buildTestApp(t)
  const known = await addExam(app, { content_id: 'known' })
  const answer = await publish(app, [exam('a'), exam('b'), exam('a', { exam_name: 'Again' }), exam('c')])
  t.match(answer, { status: 400, body: { detail: String } })
  const { body } = await asPerson(app, SUE)<object[]>('GET', `${API}/exam/course_id/${COURSE}`)
  t.match(body, [{ id: known }, { content_id: 'a', exam_name: 'Midterm' }, { content_id: 'b' }], 'nothing is switched off')
  t.equal(body.length, 3)
})

t.test('a section that is known may come twice: the last one counts', async t => {
  const app = await buildTestApp(t)
  const known = await addExam(app, { content_id: 'known' })
  t.match(await publish(app, [exam('known'), exam('known', { exam_name: 'Again' })]), { status: 200, body: [{ exam_id: known }, { exam_id: known }] })
  t.match(await read(app, known), { exam_name: 'Again' })
})

t.test('what is no list is refused', async t => {
  const app = await buildTestApp(t)
  for (const body of [exam('a'), {}]) t.match(await publish(app, body), { status: 422, body: { non_field_errors: [String] } })
  const malformed = await app.inject({ method: 'PATCH', url: URL, payload: '[{', headers: { 'content-type': 'application/json', authorization: await tokenHeader() } })
  t.equal(malformed.statusCode, 400)
  const form = await app.inject({ method: 'PATCH', url: URL, payload: 'content_id=a', headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: await tokenHeader() } })
  t.equal(form.statusCode, 422)
})

t.test('only global staff may publish', async t => {
  const app = await buildTestApp(t)
  for (const person of [null, ADA, CORA]) t.match(await asPerson(app, person)('PATCH', URL, [exam('a')]), { status: 403, body: { detail: String } })
  t.equal(await count(app), 0)
})

t.test('an unknown provider is a clear 500, and nothing is written', async t => {
  const app = await buildTestApp(t)
  const answer = await publish(app, [exam('a'), exam('b', { is_proctored: true, backend: 'nobody' })])
  t.match(answer, { status: 500, body: { detail: /nobody/ } })
  t.equal(await count(app), 0)
  t.equal((await publish(app, [exam('a', { backend: 'nobody' })])).status, 200, 'a timed exam needs no provider')
})

t.test('vendors and listeners are told of each exam; who leaves proctoring is told as inactive', async t => {
  const app = await buildTestApp(t, { config: HEARD })
  const saved = (await publish(app, [exam('a', { is_proctored: true }), exam('b', { is_proctored: true }), exam('c')])).body
  const [a, b, c] = saved.map(({ exam_id: id }) => id)
  t.match(await takeEvents(app), [
    { name: 'edx.special_exam.proctored.created', payload: { exam_id: a } }, { name: 'edx.special_exam.proctored.created', payload: { exam_id: b } }, { name: 'edx.special_exam.timed.created', payload: { exam_id: c } },
  ])
  t.match(await takeVendorOrders(app), [{ provider: 'mock', method: 'examSaved', examId: a, overrides: {} }, { examId: b, overrides: {} }])

  await publish(app, [exam('b', { is_proctored: true }), exam('c')])
  t.match(await takeEvents(app), [
    { name: 'edx.special_exam.proctored.updated', payload: { exam_id: b } }, { name: 'edx.special_exam.timed.updated', payload: { exam_id: c } }, { name: 'edx.special_exam.timed.updated', payload: { exam_id: a, exam_is_active: false } },
  ])
  t.match(await takeVendorOrders(app), [{ examId: b, overrides: {} }, { provider: 'mock', method: 'examSaved', examId: a, overrides: { isActive: false, isProctored: false } }])

  await publish(app, [exam('b', { is_proctored: true }), exam('c')])
  t.equal((await takeEvents(app)).length, 2, 'what is off already is left alone')
  t.match((await historyOf(app, 'exam')).map(({ change }) => change).join(''), '+++~~~~~')
})

t.test('two publications at once come one after the other', async t => {
  const app = await buildTestApp(t)
  const answers = await Promise.all(Array.from({ length: 12 }, (_none, index) => publish(app, [exam('same'), exam(`own-${index % 3}`)])))
  t.same(new Set(answers.map(({ status }) => status)), new Set([200]))
  t.equal(await count(app), 4)
  t.equal((await asPerson(app, SUE)<object[]>('GET', `${API}/exam/course_id/${COURSE}`)).body.length, 2, 'the last one is the whole truth')
})

t.test('a course of three hundred exams is published in a moment', async t => {
  const app = await buildTestApp(t)
  const list = Array.from({ length: 300 }, (_none, index) => exam(`block-${index}`))
  t.equal((await publish(app, list)).body.length, 300)
  const before = performance.now()
  t.equal((await publish(app, list.toReversed())).status, 200)
  const ms = performance.now() - before
  t.comment(`300 updates took ${Math.round(ms)} ms`)
  t.ok(ms < 30_000)
})
