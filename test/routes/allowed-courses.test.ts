import t, { type Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { hostApi } from '../../core/index.ts'
import { ADA, addExam, API, asPerson, BOB, buildTestApp, COURSE, SUE } from '../helper/app.ts'
import { sendReview, statusOf, takeExam } from '../helper/attempts.ts'

const FREE = 'course-v1:Free+Bio+2030'
const SLOW = { package: '@invigil/mock', options: { ready_after_ms: 60_000 } }

/** `mock` is for organisation edX, `acme` for the courses of Free, `open` for all. */
const build = (t: Test, narrowed: object = {}, fallback = 'mock') => buildTestApp(t, {
  config: { providers: { default: fallback, enabled: { mock: { ...SLOW, organizations: ['edX'], ...narrowed }, acme: { ...SLOW, courses: ['course-v1:Free+*'] }, open: SLOW } } },
})

const fields = (contentId: string, more: object = {}) => ({
  content_id: contentId, course_id: COURSE, external_id: 'px-1', exam_name: 'Midterm', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false, ...more,
})
const create = (app: FastifyInstance, more: object) => asPerson(app, SUE)('POST', `${API}/exam`, fields('block-v1:new', more))
const publish = (app: FastifyInstance, course: string, list: object[]) => asPerson(app, SUE)<object[]>('PATCH', `${API}/exam_registration/course_id/${course}`, list)
const listed = async (app: FastifyInstance, course: string) => (await asPerson(app, SUE)<{ backend: string | null, exam_name: string }[]>('GET', `${API}/exam/course_id/${course}`)).body
const enter = (app: FastifyInstance, person: typeof ADA, examId: number, proctored = true) => asPerson(app, person)('POST', `${API}/attempt`, { exam_id: examId, attempt_proctored: proctored, start_clock: false })

/** What an operator does between two starts of the service, without one. */
const moveTo = (app: FastifyInstance, course: string) => app.db.query({ name: 't-move', text: 'with a as (update attempt set course_id = $1) update exam set course_id = $1' }, [course])

t.test('an exam that is created goes only to a provider that is allowed for its course', async t => {
  const app = await build(t)
  t.equal((await create(app, {})).status, 200, 'the default serves edX')
  const refused = await create(app, { course_id: FREE })
  t.equal(refused.status, 400)
  t.match(refused.body, { detail: /^The exam names no provider, and the default one, "mock", is not allowed for course course-v1:Free\+Bio\+2030; allowed are: acme, open\./ })
  t.equal(refused.headers['invigil-error'], 'INV_PROVIDER_NOT_FOR_COURSE')
  t.strictSame(await listed(app, FREE), [], 'nothing was written')
  t.equal((await create(app, { course_id: FREE, is_proctored: false })).status, 200, 'without proctoring nobody is asked')
  const [{ id } = { id: 0 }] = (await asPerson(app, SUE)<{ id: number }[]>('GET', `${API}/exam/course_id/${FREE}`)).body
  const change = (more: object) => asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: id, ...more })
  t.equal((await change({ exam_name: 'Renamed' })).status, 200)
  t.match(await change({ is_proctored: true, exam_name: 'Not this' }), { status: 400, body: { detail: /"mock" is not allowed/ } })
  t.match(await listed(app, FREE), [{ exam_name: 'Renamed', is_proctored: false }])
})

t.test('a publication is refused where its item stands, on the field backend, and nothing is written', async t => {
  const app = await build(t)
  const bad = await publish(app, FREE, [fields('a', { backend: 'acme' }), fields('b', { backend: 'mock' }), fields('c'), fields('d', { is_proctored: false, backend: 'mock' })])
  t.equal(bad.status, 422)
  t.match(bad.body, [{}, { backend: [/^Provider "mock" is not allowed for course .*; allowed are: acme, open\./] }, { backend: [/default one, "mock"/] }, {}])
  t.strictSame(Object.keys(bad.body[0] ?? { none: 1 }), [])
  t.equal(bad.body.length, 4)
  t.strictSame(await listed(app, FREE), [])
  t.match(await publish(app, FREE, [fields('a', { backend: 'acme' }), fields('b', { backend: 'open' })]), { status: 200 })
  t.match(await publish(app, FREE, [fields('a'), fields('b')]), { status: 200 }, 'a provider that is not named stays, and it is allowed')
  t.match(await listed(app, FREE), [{ backend: 'acme' }, { backend: 'open' }])
})

t.test('where no provider is allowed the text says so', async t => {
  const app = await buildTestApp(t, { config: { providers: { default: 'mock', enabled: { mock: { ...SLOW, organizations: ['edX'] } } } } })
  t.match(await create(app, { course_id: FREE }), { status: 400, body: { detail: /no provider is\./ } })
})

t.test('when a provider is withdrawn from a course nobody begins, and whoever is in it goes on', async t => {
  const app = await build(t)
  const exam = await addExam(app)
  const practice = await addExam(app, { content_id: 'practice', is_practice_exam: true })
  const ada = await takeExam(app, ADA, exam, 'started')
  const tried = await takeExam(app, ADA, practice)
  await moveTo(app, FREE)

  const refused = await enter(app, BOB, exam)
  t.equal(refused.status, 503)
  t.match(refused.body, { detail: /^Provider "mock" no longer serves course course-v1:Free\+Bio\+2030: attempts under way go on, new ones cannot be made\./ })
  t.equal(refused.headers['invigil-error'], 'INV_PROVIDER_WITHDRAWN')
  t.strictSame(await app.db.query({ name: 't-bob', text: 'select id from attempt where user_id = $1' }, [BOB.id]), [], 'nothing was written')
  t.match(await enter(app, ADA, practice), { status: 503 }, 'a practice exam is not taken again either')
  t.match(await asPerson(app, ADA)('PUT', `${API}/attempt/${tried.id}`, { action: 'reset_attempt' }), { status: 503 })
  t.equal(await statusOf(app, tried.id), 'submitted')

  t.equal((await asPerson(app, ADA)('PUT', `${API}/attempt/${ada.id}`, { action: 'submit' })).status, 200)
  await sendReview(app, ada, 'passed')
  t.equal(await statusOf(app, ada.id), 'verified')
  t.match(await asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: exam, time_limit_mins: 30 }), { status: 200 }, 'the exam can still be changed')
  t.match(await publish(app, FREE, [fields('block-v1:mid')]), { status: 422, body: [{ backend: [/Provider "mock" is not allowed/] }] }, 'a publisher hears of it')
  t.match(await publish(app, FREE, []), { status: 200 }, 'switching off is always possible')
})

t.test('an attempt that broke off is gone on with although the provider was withdrawn', async t => {
  const app = await build(t)
  const exam = await addExam(app)
  const { id } = await takeExam(app, ADA, exam, 'started')
  await asPerson(app, ADA)('PUT', `${API}/attempt/${id}`, { action: 'error' })
  t.equal((await asPerson(app, SUE)('PUT', `${API}/attempt/${id}`, { action: 'mark_ready_to_resume', user_id: ADA.id })).status, 200)
  await moveTo(app, FREE)
  t.equal((await enter(app, ADA, exam)).status, 200)
})

t.test('an authoring tool is offered what a course may use', async t => {
  const host = hostApi(await build(t))
  const names = (course?: string) => host.providerChoices(course).map(({ name }) => name)
  t.strictSame(names(), ['mock', 'acme', 'open'])
  t.strictSame(names(COURSE), ['mock', 'open'])
  t.strictSame(names(FREE), ['acme', 'open'])
  t.strictSame(names('Free/Old/2030'), ['open'])
})
