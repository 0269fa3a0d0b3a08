import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, tokenFor, type ExamFields, type Person } from '../../helper/app.ts'
import { HEARD, historyOf, takeEvents } from '../../helper/outbox.ts'

const CORA: Person = { id: 202, username: 'cora', courseStaff: [COURSE] }
const OTTO: Person = { id: 203, username: 'otto', courseStaff: ['course-v1:edX+Other+2030'] }
const PATH = `${API}/allowance`
const LIST = `${API}/${COURSE}/allowance`
const TIME = 'additional_time_granted'

interface Allowance { id: number, key: string, value: string, user: { username: string }, proctored_exam: { id: number } }
const list = async (app: FastifyInstance) => (await asPerson(app, SUE)<Allowance[]>('GET', LIST)).body
const grant = (app: FastifyInstance, body: object, person: Person | null = SUE) => asPerson(app, person)('PUT', PATH, body)

/** The app knows people once they came by. */
async function build (t: Parameters<typeof buildTestApp>[0], fields: ExamFields = { is_proctored: false }, config = {}) {
  const app = await buildTestApp(t, { config })
  for (const person of [ADA, BOB]) await asPerson(app, person)('GET', `${API}/attempt`)
  return { app, exam: await addExam(app, fields) }
}

t.test('an allowance is granted, changed and taken back', async t => {
  const { app, exam } = await build(t)
  t.match(await grant(app, { exam_id: exam, user_info: 'ada', key: TIME, value: '30' }), { status: 200, text: '', headers: { 'content-type': undefined } })
  const [first] = await list(app)
  t.strictSame(Object.keys(first ?? {}), ['id', 'created', 'modified', 'user', 'key', 'value', 'proctored_exam'])
  t.match(first, { user: { id: 101, username: 'ada', email: 'ada@example.com' }, key: TIME, value: '30', proctored_exam: { id: exam, course_id: COURSE, backend: 'mock' } })

  await grant(app, { exam_id: String(exam), user_info: 'ada@example.com', key: TIME, value: '45' })
  t.match(await list(app), [{ id: first?.id, value: '45' }], 'one per learner, exam and key')
  await grant(app, { exam_id: exam, user_info: 101, key: 'review_policy_exception', value: 'may use a calculator' })
  t.match(await list(app), [{ key: TIME }, { key: 'review_policy_exception', value: 'may use a calculator' }])

  t.match(await asPerson(app, SUE)('DELETE', PATH, { exam_id: exam, user_id: 101, key: TIME }), { status: 200, text: '' })
  t.match(await list(app), [{ key: 'review_policy_exception' }])
  t.equal((await list(app)).length, 1)
})

t.test('the story tells what was granted before and by whom; listeners hear each change', async t => {
  const { app, exam } = await build(t, { is_proctored: true }, HEARD)
  await takeEvents(app)
  await grant(app, { exam_id: exam, user_info: 'ada', key: TIME, value: '30' }, CORA)
  await grant(app, { exam_id: exam, user_info: 'ada', key: TIME, value: '45' })
  for (let times = 0; times < 2; times++) await asPerson(app, SUE)('DELETE', PATH, { exam_id: exam, user_id: '101', key: TIME })
  const about = { userId: 101, examId: exam, key: TIME }
  t.strictSame(await historyOf(app, 'allowance'), [
    { change: '+', before: null, after: { ...about, value: '30' }, actor: 'cora' },
    { change: '~', before: { ...about, value: '30' }, after: { ...about, value: '45' }, actor: 'sue' },
    { change: '-', before: { ...about, value: '45' }, after: null, actor: 'sue' },
  ])
  const told = (verb: string, value: string) => ({
    name: `edx.special_exam.proctored.allowance.${verb}`,
    context: { course_id: COURSE, org_id: 'edX' },
    payload: { exam_id: exam, allowance_user_id: 101, allowance_key: TIME, allowance_value: value },
  })
  const events = await takeEvents(app)
  t.match(events, [told('created', '30'), told('updated', '45'), told('deleted', '45')])
  t.equal(events.length, 3)
})

t.test('who is meant: a JSON number is an id, text a user name or an e-mail address, digits included', async t => {
  const { app, exam } = await build(t)
  for (const learner of ['ADA', ' ada ', 'Ada@Example.com', 101]) {
    t.equal((await grant(app, { exam_id: exam, user_info: learner, key: TIME, value: '1' })).status, 200, String(learner))
  }
  t.equal((await list(app)).length, 1)
  for (const nobody of ['101', 'zoe', 'zoe@example.com', '', '  ', 99999, 3_000_000_000, 1.5, null, undefined, true, ['ada'], { id: 101 }, 'a\0b']) {
    t.match(await grant(app, { exam_id: exam, user_info: nobody, key: TIME, value: '1' }), { status: 400, body: { detail: String } }, JSON.stringify(nobody))
  }
})

t.test('an exact user name goes before another spelling of it, and a user name before an e-mail address', async t => {
  const { app, exam } = await build(t)
  for (const person of [{ id: 301, username: 'Eve', email: '' }, { id: 302, username: 'eve', email: '' }, { id: 303, username: 'mallory', email: 'eve' }]) await asPerson(app, person)('GET', `${API}/attempt`)
  await grant(app, { exam_id: exam, user_info: 'eve', key: TIME, value: '1' })
  t.match(await list(app), [{ user: { id: 302 } }])
  t.match(await grant(app, { exam_id: exam, user_info: '', key: TIME, value: '1' }), { status: 400 }, 'no text is not the person without an e-mail address')
})

t.test('Q29: a value or key that cannot be granted is 400 with a text, and nothing is written', async t => {
  const { app, exam } = await build(t)
  const bad = [
    ...['', '-1', '3.0', 'x', '1e3', '²', 30, null, undefined, true, {}].map(value => ({ key: TIME, value })),
    ...[null, undefined, '', 7, 'k'.repeat(256)].map(key => ({ key, value: '30' })),
    ...[null, undefined, false, [], 'v'.repeat(256), 'a\0b'].map(value => ({ key: 'other', value })),
  ]
  for (const fields of bad) t.match(await grant(app, { exam_id: exam, user_info: 'ada', ...fields }), { status: 400, body: { detail: /./ } }, JSON.stringify(fields))
  t.same(await list(app), [])
  t.equal((await grant(app, { exam_id: exam, user_info: 'ada', key: 'other', value: 7 })).status, 200)
  t.match(await list(app), [{ key: 'other', value: '7' }])
})

t.test('an unknown exam is 400, an inactive one takes nothing and gives back all', async t => {
  const { app, exam } = await build(t)
  const fields = { user_info: 'ada', key: TIME, value: '30' }
  for (const id of [4711, 0, -1, 99999999999, undefined, null, '']) t.match(await grant(app, { exam_id: id, ...fields }), { status: 400, body: { detail: String } }, String(id))
  for (const id of ['abc', 1.5, [1]]) t.match(await grant(app, { exam_id: id, ...fields }), { status: 400, body: { detail: /exam_id/ } })
  await grant(app, { exam_id: exam, ...fields })
  await asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: exam, is_active: false })
  t.match(await grant(app, { exam_id: exam, ...fields, value: '60' }), { status: 400, body: { detail: /not active/ } })
  t.match(await list(app), [{ value: '30', proctored_exam: { is_active: false } }], 'lists show inactive exams too')
  t.equal((await asPerson(app, SUE)('DELETE', PATH, { exam_id: exam, user_id: 101, key: TIME })).status, 200)
  t.same(await list(app), [])
})

t.test('to take back what is not there is fine, for staff', async t => {
  const { app, exam } = await build(t)
  for (const body of [{}, { exam_id: exam }, { exam_id: 4711, user_id: 101, key: TIME }, { exam_id: exam, user_id: 101, key: 'k' }, { exam_id: exam, user_id: 101, key: 'k'.repeat(300) }]) {
    t.match(await asPerson(app, SUE)('DELETE', PATH, body), { status: 200, text: '' }, JSON.stringify(body))
  }
  for (const user of ['ada', 1.5, 3_000_000_000, {}]) t.match(await asPerson(app, SUE)('DELETE', PATH, { exam_id: exam, user_id: user, key: TIME }), { status: 400, body: { detail: /user_id/ } })
})

t.test('staff of the exam\'s course may, and nobody else, whatever course the body names (Q31)', async t => {
  const { app, exam } = await build(t)
  const body = { exam_id: exam, user_info: 'ada', key: TIME, value: '30' }
  const ways = [
    (person: Person | null, more = {}) => grant(app, { ...body, ...more }, person),
    (person: Person | null, more = {}) => asPerson(app, person)('DELETE', PATH, { exam_id: exam, user_id: 101, key: TIME, ...more }),
    (person: Person | null) => asPerson(app, person)('GET', LIST),
    (person: Person | null) => asPerson(app, person)('GET', `${API}/${COURSE}/grouped/allowance`),
  ]
  for (const ask of ways) {
    for (const person of [null, ADA, OTTO]) t.match(await ask(person), { status: 403, body: { detail: String } })
    t.match(await ask(OTTO, { course_id: 'course-v1:edX+Other+2030' }), { status: 403 })
    t.equal((await ask(CORA)).status, 200)
    t.equal((await ask(SUE)).status, 200)
  }
  for (const more of [{ exam_id: 4711 }, { exam_id: undefined }, { exam_id: undefined, course_id: COURSE }]) t.equal((await grant(app, { ...body, ...more }, CORA)).status, 403, 'no exam, no course')
  t.match(await asPerson(app, CORA)('DELETE', PATH, {}), { status: 403 })
})

t.test('forms are as good as JSON, and lists are no bodies', async t => {
  const { app, exam } = await build(t)
  const form = await asPerson(app, SUE)('PUT', PATH, undefined, {})
  t.equal(form.status, 400, 'no body at all')
  const headers = { authorization: `JWT ${await tokenFor(SUE)}`, 'content-type': 'application/x-www-form-urlencoded' }
  t.equal((await app.inject({ method: 'PUT', url: PATH, headers, payload: `exam_id=${exam}&user_info=ada&key=${TIME}&value=30` })).statusCode, 200)
  t.equal((await app.inject({ method: 'DELETE', url: PATH, headers, payload: `exam_id=${exam}&user_id=101&key=${TIME}` })).statusCode, 200)
  t.same(await list(app), [])
  t.match(await grant(app, []), { status: 400, body: { detail: String } })
})

t.test('the list in both shapes; other courses and old course ids stand for themselves', async t => {
  const { app, exam } = await build(t)
  const old = 'edX/DemoX/2030'
  const { body } = await asPerson(app, SUE)<{ exam_id: number }[]>('PATCH', `${API}/exam_registration/course_id/${old}`, [{
    course_id: old, content_id: 'x', exam_name: 'Old', time_limit_mins: 10, is_proctored: false, is_practice_exam: false, is_active: true, hide_after_due: false,
  }])
  for (const [id, user, key] of [[exam, 'bob', TIME], [exam, 'ada', TIME], [exam, 'bob', 'other'], [body[0]?.exam_id, 'ada', TIME]]) await grant(app, { exam_id: id, user_info: user, key, value: '5' })
  t.match((await list(app)).map(({ user, key }) => [user.username, key]), [['bob', TIME], ['ada', TIME], ['bob', 'other']])
  const grouped = await asPerson(app, SUE)<Record<string, Allowance[]>>('GET', `${API}/${encodeURIComponent(COURSE)}/grouped/allowance`)
  t.match(grouped.body, { bob: [{ key: TIME }, { key: 'other' }], ada: [{ key: TIME, value: '5' }] })
  t.strictSame(Object.keys(grouped.body), ['bob', 'ada'])
  for (const path of [old, encodeURIComponent(old)]) {
    t.match((await asPerson(app, SUE)('GET', `${API}/${path}/allowance`)).body, [{ user: { username: 'ada' } }])
    t.match((await asPerson(app, SUE)('GET', `${API}/${path}/grouped/allowance`)).body, { ada: [{ proctored_exam: { course_id: old } }] })
  }
  t.match(await asPerson(app, SUE)('GET', `${API}/course-v1:a+b+c/grouped/allowance`), { status: 200, text: '{}' })
  t.match(await asPerson(app, SUE)('GET', `${API}/course-v1:a+b+c/allowance`), { status: 200, text: '[]' })
})

t.test('extra time counts from the next start; a running attempt keeps the time it has', async t => {
  const { app, exam } = await build(t)
  const ada = asPerson(app, ADA)
  const extra = (value: string) => grant(app, { exam_id: exam, user_info: 'ada', key: TIME, value })
  await extra('30')
  const { body } = await ada<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, start_clock: 'true' })
  const minutes = async () => (await ada<{ allowed_time_limit_mins: number }>('GET', `${API}/attempt/${body.exam_attempt_id}`)).body.allowed_time_limit_mins
  t.equal(await minutes(), 120)
  await extra('60')
  t.equal(await minutes(), 120)
})

t.test('the same grant many times at once is one allowance', async t => {
  const { app, exam } = await build(t)
  const answers = await Promise.all(Array.from({ length: 20 }, (_none, index) => grant(app, { exam_id: exam, user_info: 'ada', key: TIME, value: String(index) })))
  t.same(new Set(answers.map(({ status }) => status)), new Set([200]))
  t.equal((await list(app)).length, 1)
  const story = await historyOf(app, 'allowance')
  t.equal(story.map(({ change }) => change).join(''), `+${'~'.repeat(19)}`)
  for (const [index, { before }] of story.entries()) if (index > 0) t.same(before, story[index - 1]?.after, 'each line begins where the former ended')
})
