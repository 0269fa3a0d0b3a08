import { request } from 'node:http'
import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, tokenFor, type Person } from '../../helper/app.ts'

const CORA: Person = { id: 202, username: 'cora', courseStaff: [COURSE] }
const PATH = `${API}/active_exams_for_user`
const OTHER = 'edX/DemoX/2030'

interface Active { exam: { id: number, course_id: string }, attempt: { id: number, status: string }, allowances: { key: string }[] }
const ask = (app: FastifyInstance, person: Person | null = ADA, query = '', body?: object) => asPerson(app, person)<Active[]>('GET', PATH + query, body)
const coursesOf = async (answer: ReturnType<typeof ask>) => (await answer).body.map(({ exam }) => exam.course_id)

/** Ada works on an exam in each of two courses, and has one behind her. */
async function build (t: Parameters<typeof buildTestApp>[0]) {
  const app = await buildTestApp(t)
  const here = await addExam(app, { is_proctored: false })
  const done = await addExam(app, { content_id: 'done', is_proctored: false })
  const { body } = await asPerson(app, SUE)<{ exam_id: number }[]>('PATCH', `${API}/exam_registration/course_id/${OTHER}`, [{
    course_id: OTHER, content_id: 'x', exam_name: 'Other', time_limit_mins: 10, is_proctored: false, is_practice_exam: false, is_active: true, hide_after_due: false,
  }])
  const there = body[0]?.exam_id ?? 0
  const attempts: number[] = []
  for (const exam of [done, here, there]) {
    const entered = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, start_clock: 'true' })
    attempts.push(entered.body.exam_attempt_id)
  }
  await asPerson(app, ADA)('PUT', `${API}/attempt/${attempts[0]}`, { action: 'submit' })
  await asPerson(app, ADA)('PUT', `${API}/attempt/${attempts[1]}`, { action: 'stop' })
  return { app, here, there, attempts }
}

t.test('what I am working on, newest first, with what I am granted there', async t => {
  const { app, here, there, attempts } = await build(t)
  for (const [exam, key] of [[here, 'additional_time_granted'], [here, 'other'], [there, 'third']]) await asPerson(app, SUE)('PUT', `${API}/allowance`, { exam_id: exam, user_info: 'ada', key, value: '5' })
  await asPerson(app, BOB)('GET', `${API}/attempt`)
  await asPerson(app, SUE)('PUT', `${API}/allowance`, { exam_id: here, user_info: 'bob', key: 'not hers', value: '5' })
  const { status, body } = await ask(app)
  t.equal(status, 200)
  t.match(body, [
    { exam: { id: there, course_id: OTHER }, attempt: { id: attempts[2], status: 'started', user: { username: 'ada' } }, allowances: [{ key: 'third', value: '5', proctored_exam: { id: there } }] },
    { exam: { id: here, course_id: COURSE }, attempt: { id: attempts[1], status: 'ready_to_submit' }, allowances: [{ key: 'additional_time_granted' }, { key: 'other' }] },
  ])
  t.equal(body.length, 2)
  t.equal(body[1]?.allowances.length, 2)
  t.strictSame(Object.keys(body[0] ?? {}), ['exam', 'attempt', 'allowances'])
  t.equal((await ask(app, BOB)).text, '[]')
})

t.test('one course, named in the query or in the body', async t => {
  const { app } = await build(t)
  t.same(await coursesOf(ask(app, ADA, `?course_id=${encodeURIComponent(COURSE)}`)), [COURSE])
  t.same(await coursesOf(ask(app, ADA, '', { course_id: OTHER })), [OTHER])
  t.same(await coursesOf(ask(app, ADA, '?course_id=', { course_id: null })), [OTHER, COURSE])
  t.same(await coursesOf(ask(app, ADA, '?course_id=nowhere')), [])
  const headers = { authorization: `JWT ${await tokenFor(ADA)}`, 'content-type': 'application/x-www-form-urlencoded' }
  const form = await app.inject({ method: 'GET', url: PATH, headers, payload: new URLSearchParams({ course_id: COURSE, user_id: '101' }).toString() })
  t.match(form.json<Active[]>(), [{ exam: { course_id: COURSE } }])
})

t.test('Q32: only staff may name another user', async t => {
  const { app } = await build(t)
  t.match(await asPerson(app, null)('GET', PATH), { status: 403, body: { detail: String } })
  for (const person of [BOB, CORA]) {
    t.match(await ask(app, person, '?user_id=101'), { status: 403, body: { detail: String } })
    t.match(await ask(app, person, '', { user_id: 101 }), { status: 403 })
    t.equal((await ask(app, person)).text, '[]')
  }
  t.same(await coursesOf(ask(app, ADA, '?user_id=101')), [OTHER, COURSE], 'oneself may be named')
  t.same(await coursesOf(ask(app, SUE, '?user_id=101')), [OTHER, COURSE])
  t.same(await coursesOf(ask(app, SUE, '', { user_id: '101', course_id: COURSE })), [COURSE])
  t.equal((await ask(app, SUE, '?user_id=4711')).text, '[]')
  t.equal((await ask(app, SUE)).text, '[]', 'nobody named is oneself')
})

t.test('what cannot be read is refused', async t => {
  const { app } = await build(t)
  for (const query of ['?user_id=ada', '?user_id=1.5', '?user_id=99999999999', '?course_id=%00']) t.match(await ask(app, SUE, query), { status: 400, body: { detail: String } }, query)
  for (const body of [{ user_id: {} }, { course_id: 7 }, ['list']]) t.match(await ask(app, SUE, '', body), { status: 400, body: { detail: String } })
  const headers = { authorization: `JWT ${await tokenFor(SUE)}`, 'content-type': 'application/json' }
  t.equal((await app.inject({ method: 'GET', url: PATH, headers, payload: '{"user_id":' })).statusCode, 400)
  t.equal((await app.inject({ method: 'GET', url: PATH, headers, payload: ' ' })).statusCode, 200)
  t.equal((await app.inject({ method: 'GET', url: PATH, headers, payload: JSON.stringify({ course_id: 'x'.repeat(70_000) }) })).statusCode, 413)
})

t.test('over a real connection, which goes on after a body that is too long', async t => {
  const { app } = await build(t)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const send = (body: string) => new Promise<{ status: number | undefined, text: string }>((resolve, reject) => {
    const outgoing = request(new URL(PATH, url), { method: 'GET', headers: { authorization: `JWT ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', chunk => { text += chunk }).on('end', () => resolve({ status: response.statusCode, text }))
    })
    outgoing.on('error', reject).end(body)
  })
  const token = await tokenFor(SUE)
  t.match(await send(JSON.stringify({ user_id: 101, course_id: COURSE })), { status: 200, text: /"course-v1:edX\+Demo\+2030"/ })
  t.match(await send(JSON.stringify({ course_id: 'x'.repeat(200_000) })), { status: 413, text: /larger/ })
})
