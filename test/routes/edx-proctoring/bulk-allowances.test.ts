import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, tokenFor, type Person } from '../../helper/app.ts'
import { HEARD, historyOf, takeEvents } from '../../helper/outbox.ts'

const OTHER = 'course-v1:edX+Other+2030'
const CORA: Person = { id: 202, username: 'cora', courseStaff: [COURSE] }
const OTTO: Person = { id: 203, username: 'otto', courseStaff: [OTHER] }
const PATH = `${API}/bulk_allowance`
const TIME = 'additional_time_granted'

interface Allowance { key: string, value: string, user: { username: string }, proctored_exam: { id: number } }
type Fields = Partial<Record<'course_id' | 'exam_ids' | 'user_ids' | 'allowance_type' | 'value', unknown>>

async function build (t: Parameters<typeof buildTestApp>[0], config = {}) {
  const app = await buildTestApp(t, { config })
  for (const person of [ADA, BOB]) await asPerson(app, person)('GET', `${API}/attempt`)
  const mid = await addExam(app, { is_proctored: false })
  const quiz = await addExam(app, { content_id: 'quiz', is_proctored: false, time_limit_mins: 21 })
  const bulk = (fields: Fields, person: Person | null = SUE, path = PATH) =>
    asPerson(app, person)('PUT', path, { course_id: COURSE, exam_ids: `${mid},${quiz}`, user_ids: 'ada,bob', allowance_type: TIME, value: '30', ...fields })
  const granted = async () => (await asPerson(app, SUE)<Allowance[]>('GET', `${API}/${COURSE}/allowance`)).body
    .map(({ user, proctored_exam: { id }, key, value }) => `${user.username} ${id === mid ? 'mid' : 'quiz'} ${key} ${value}`).toSorted()
  return { app, mid, quiz, bulk, granted }
}

t.test('every pair of the lists is granted, and 200 is empty', async t => {
  const { bulk, granted } = await build(t)
  t.match(await bulk({}), { status: 200, text: '', headers: { 'content-type': undefined } })
  t.same(await granted(), [`ada mid ${TIME} 30`, `ada quiz ${TIME} 30`, `bob mid ${TIME} 30`, `bob quiz ${TIME} 30`])
  t.equal((await bulk({ user_ids: 'ada', value: '45' })).status, 200)
  t.same(await granted(), [`ada mid ${TIME} 45`, `ada quiz ${TIME} 45`, `bob mid ${TIME} 30`, `bob quiz ${TIME} 30`])
})

t.test('white space counts for nothing, empty items are dropped, none counts twice', async t => {
  const { bulk, granted, mid, quiz } = await build(t)
  t.equal((await bulk({ exam_ids: ` ${mid}, ${quiz},, ${mid},`, user_ids: ' ada ,a da, ada@example.com\n,' })).status, 200)
  t.same(await granted(), [`ada mid ${TIME} 30`, `ada quiz ${TIME} 30`])
})

t.test('Q30: lists are as good as text', async t => {
  const { bulk, granted, mid, quiz } = await build(t)
  t.equal((await bulk({ exam_ids: [mid, String(quiz)], user_ids: ['ada'] })).status, 200)
  t.same(await granted(), [`ada mid ${TIME} 30`, `ada quiz ${TIME} 30`])
  t.equal((await bulk({ exam_ids: mid, user_ids: 'ada', value: '5' })).status, 200, 'a single number will do')
  for (const fields of [{ exam_ids: { id: 1 } }, { user_ids: [null] }, { exam_ids: true }]) t.match(await bulk(fields), { status: 400, body: { detail: String } })
})

t.test('a multiplier is granted as the minutes it makes of each limit, rounded half to even', async t => {
  const { bulk, granted } = await build(t)
  t.equal((await bulk({ allowance_type: 'time_multiplier', value: '1.5' })).status, 200)
  t.same(await granted(), [`ada mid ${TIME} 45`, `ada quiz ${TIME} 10`, `bob mid ${TIME} 45`, `bob quiz ${TIME} 10`])
  t.equal((await bulk({ allowance_type: 'time_multiplier', value: 2, user_ids: 'ada' })).status, 200)
  t.match(await granted(), [`ada mid ${TIME} 90`, `ada quiz ${TIME} 21`])
})

t.test('other types take any value', async t => {
  const { bulk, granted } = await build(t)
  t.equal((await bulk({ allowance_type: 'review_policy_exception', value: 'may use a calculator', user_ids: 'ada' })).status, 200)
  t.equal((await bulk({ allowance_type: 'k', value: 7, user_ids: 'bob' })).status, 200)
  t.same(await granted(), ['ada mid review_policy_exception may use a calculator', 'ada quiz review_policy_exception may use a calculator', 'bob mid k 7', 'bob quiz k 7'])
})

t.test('some: 207 with all pairs as they were sent', async t => {
  const { app, bulk, granted, mid, quiz } = await build(t)
  const pairs = (exams: unknown[], users: string[]) => exams.flatMap(exam => users.map(user => ({ exam_id: String(exam), user_id: user })))
  for (const type of [[TIME, '30'], ['time_multiplier', '1.5']]) {
    const answer = await bulk({ exam_ids: `${mid},0099999`, allowance_type: type[0], value: type[1] })
    t.equal(answer.status, 207)
    t.same(answer.body, pairs([mid, '0099999'], ['ada', 'bob']))
  }
  t.same((await bulk({ user_ids: 'ada, zoe' })).body, pairs([mid, quiz], ['ada', 'zoe']))
  await asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: quiz, is_active: false })
  t.match(await bulk({ value: '7', user_ids: 'ada' }), { status: 207 })
  t.same(await granted(), [`ada mid ${TIME} 7`, `ada quiz ${TIME} 30`, `bob mid ${TIME} 45`], 'an inactive exam takes nothing')
})

t.test('none: 400 that names the form\'s field', async t => {
  const { app, bulk, granted, mid, quiz } = await build(t)
  const none = [{ exam_ids: '99998,99999' }, { exam_ids: '' }, { user_ids: '' }, { user_ids: ' , ' }, { user_ids: 'x,101' }, { exam_ids: '99999999999' }, { exam_ids: undefined }, { user_ids: undefined }]
  for (const fields of none) {
    const { status, body } = await bulk(fields)
    t.equal(status, 400, JSON.stringify(fields))
    t.strictSame(Object.keys(body), ['detail', 'field'])
    t.match(body, { detail: /./, field: 'user_info' })
  }
  for (const exam of [mid, quiz]) await asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: exam, is_active: false })
  t.match(await bulk({}), { status: 400, body: { field: 'user_info' } })
  t.same(await granted(), [])
})

t.test('a bad value: 400 that names the form\'s field, and nothing is written', async t => {
  const { bulk, granted } = await build(t)
  const bad = [
    ...['3.0', '-1', '', 'x', '²', 30, null, undefined, {}].map(value => ({ value })),
    ...['', '0.5', '0', '-2', 'd30', 'inf', 'nan', 'Infinity', 0.5, null, undefined, []].map(value => ({ allowance_type: 'time_multiplier', value })),
    ...[null, 'v'.repeat(256)].map(value => ({ allowance_type: 'k', value })),
  ]
  for (const fields of bad) t.match(await bulk(fields), { status: 400, body: { detail: /./, field: 'allowance_value' } }, JSON.stringify(fields))
  for (const fields of [{ allowance_type: undefined }, { allowance_type: null }, { allowance_type: ' ' }, { exam_ids: '1,abc' }, { exam_ids: '-1' }, { exam_ids: '1.5' }]) {
    t.match(await bulk(fields), { status: 400, body: { detail: /./ } }, JSON.stringify(fields))
  }
  t.same(await granted(), [])
})

t.test('a multiplier that makes no sense of an exam fails for that exam only', async t => {
  const { app, bulk, granted, quiz } = await build(t)
  await asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: quiz, time_limit_mins: -5 })
  t.equal((await bulk({ allowance_type: 'time_multiplier', value: '2' })).status, 207)
  t.same(await granted(), [`ada mid ${TIME} 90`, `bob mid ${TIME} 90`])
})

t.test('the course may stand in the path, old ids raw or encoded', async t => {
  const { bulk, granted } = await build(t)
  const inPath = (course: string) => `${API}/${course}/bulk_allowance`
  t.equal((await bulk({ course_id: undefined }, CORA, inPath(COURSE))).status, 200)
  t.equal((await bulk({ course_id: undefined, value: '31' }, CORA, inPath(encodeURIComponent(COURSE)))).status, 200)
  t.match(await granted(), [`ada mid ${TIME} 31`])
  for (const old of ['edX/DemoX/2030', 'edX%2FDemoX%2F2030']) t.match(await bulk({ exam_ids: '' }, { ...CORA, courseStaff: ['edX/DemoX/2030'] }, inPath(old)), { status: 400 })
})

t.test('Q31: staff of each exam\'s own course may, whatever course is named', async t => {
  const { app, bulk, granted, mid } = await build(t)
  const { body } = await asPerson(app, SUE)<{ exam_id: number }[]>('PATCH', `${API}/exam_registration/course_id/${OTHER}`, [{
    course_id: OTHER, content_id: 'x', exam_name: 'Other', time_limit_mins: 10, is_proctored: false, is_practice_exam: false, is_active: true, hide_after_due: false,
  }])
  const elsewhere = body[0]?.exam_id
  for (const path of [PATH, `${API}/${COURSE}/bulk_allowance`]) for (const person of [null, ADA, OTTO]) t.match(await bulk({}, person, path), { status: 403, body: { detail: String } })
  t.equal((await bulk({ course_id: OTHER }, OTTO)).status, 403)
  t.equal((await bulk({}, OTTO, `${API}/${OTHER}/bulk_allowance`)).status, 403)
  t.equal((await bulk({ exam_ids: `${mid},${elsewhere}` }, CORA)).status, 403, 'one foreign exam spoils the list')
  t.equal((await bulk({ value: 'bad' }, OTTO)).status, 403, 'strangers are not told what is wrong')
  t.same(await granted(), [])
  t.equal((await bulk({ exam_ids: elsewhere }, OTTO)).status, 200)
  t.equal((await bulk({}, CORA)).status, 200)
  t.equal((await bulk({ exam_ids: `${mid},${elsewhere}` }, { ...CORA, courseStaff: [COURSE, OTHER] })).status, 200)
  t.equal((await bulk({ exam_ids: '99999' }, CORA)).status, 400, 'where no exam is there, the course that is named will do')
  t.equal((await bulk({ exam_ids: '99999' }, OTTO)).status, 403)
  t.equal((await bulk({ exam_ids: '99999', course_id: undefined }, CORA)).status, 403)
})

t.test('Q16: the story and the events of a bulk are those of its parts', async t => {
  const { app, bulk } = await build(t, HEARD)
  await takeEvents(app)
  await bulk({ user_ids: 'bob' })
  t.match(await takeEvents(app), [{ name: /allowance\.created$/, payload: { allowance_user_id: 102, allowance_value: '30' } }, { name: /allowance\.created$/ }])
  await bulk({ value: '45' })
  t.same((await takeEvents(app)).map(({ name, payload }) => [name.split('.').at(-1), payload.allowance_user_id, payload.allowance_value]), [
    ['created', 101, '45'], ['updated', 102, '45'], ['created', 101, '45'], ['updated', 102, '45'],
  ])
  t.match((await historyOf(app, 'allowance')).slice(2).map(({ change, before, after }) => [change, before?.value ?? null, after?.value]), [
    ['+', null, '45'], ['~', '30', '45'], ['+', null, '45'], ['~', '30', '45'],
  ])
})

t.test('forms are as good as JSON', async t => {
  const { app, granted, mid } = await build(t)
  const headers = { authorization: `JWT ${await tokenFor(SUE)}`, 'content-type': 'application/x-www-form-urlencoded' }
  const payload = new URLSearchParams({ course_id: COURSE, exam_ids: `${mid},`, user_ids: 'ada', allowance_type: 'time_multiplier', value: '1.5' }).toString()
  t.equal((await app.inject({ method: 'PUT', url: PATH, headers, payload })).statusCode, 200)
  t.same(await granted(), [`ada mid ${TIME} 45`])
})

t.test('a thousand learners in ten exams are granted together, and bulks at once do not wait for each other for ever', async t => {
  const { app, bulk } = await build(t)
  await addPeople(app, 1000)
  const exams = await Promise.all(Array.from({ length: 10 }, (_none, index) => addExam(app, { content_id: `many-${index}`, is_proctored: false })))
  const everybody = Array.from({ length: 1000 }, (_none, index) => `learner-${index}`).join()
  const before = performance.now()
  t.equal((await bulk({ exam_ids: exams.join(), user_ids: everybody })).status, 200)
  t.comment(`10000 pairs took ${Math.round(performance.now() - before)} ms`)
  t.same(await app.db.query({ name: 'n', text: 'select count(*)::int as n from allowance' }, []), [{ n: 10_000 }])
  const some = Array.from({ length: 50 }, (_none, index) => `learner-${index}`)
  const answers = await Promise.all([0, 1, 2, 3, 4, 5].map(turn => bulk({
    exam_ids: (turn % 2 ? exams : exams.toReversed()).join(), user_ids: (turn % 2 ? some : some.toReversed()).join(), value: String(turn),
  })))
  t.same(answers.map(({ status }) => status), [200, 200, 200, 200, 200, 200])
  t.match(await bulk({ exam_ids: exams.join(), user_ids: `${everybody},${Array.from({ length: 1001 }, (_none, index) => `more-${index}`)}` }), { status: 400, body: { detail: /at most 20000/ } })
})

async function addPeople (app: FastifyInstance, count: number): Promise<void> {
  await app.db.query({
    name: 'people',
    text: "insert into users (id, username, email, created_at, modified_at) select 1000 + n, 'learner-' || n, 'learner-' || n || '@example.com', now(), now() from generate_series(0, $1::int - 1) n",
  }, [count])
}
