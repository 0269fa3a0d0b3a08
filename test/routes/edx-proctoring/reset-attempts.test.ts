import t from 'tap'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, type Person } from '../../helper/app.ts'
import { HEARD, historyOf, takeEvents, takeVendorOrders } from '../../helper/outbox.ts'

const CORA: Person = { id: 202, username: 'cora', courseStaff: [COURSE] }
const OTTO: Person = { id: 203, username: 'otto', courseStaff: ['course-v1:edX+Other+2030'] }

async function build (t: Parameters<typeof buildTestApp>[0]) {
  const app = await buildTestApp(t, { config: HEARD })
  const exam = await addExam(app, { is_practice_exam: true })
  const enter = async (person: Person) => (await asPerson(app, person)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true' })).body.exam_attempt_id
  const reset = (person: Person | null, examId: number | string = exam, userId: number | string = 101, body?: object) =>
    asPerson(app, person)('DELETE', `${API}/exam_id/${examId}/user_id/${userId}/reset_attempts`, body)
  const live = async () => (await app.db.query<{ id: number }>({ name: 'live', text: 'select id from attempt where archived_at is null order by id' }, [])).map(({ id }) => id)
  return { app, enter, reset, live }
}

t.test('all of a learner\'s attempts at the exam are taken out of use, the oldest first; others\' stay', async t => {
  const { app, enter, reset, live } = await build(t)
  const [first, second, bobs] = [await enter(ADA), await enter(ADA), await enter(BOB)]
  await takeEvents(app)
  await takeVendorOrders(app)
  t.match(await reset(CORA), { status: 200, text: '', headers: { 'content-type': undefined } })
  t.same(await live(), [bobs])
  t.match(await takeEvents(app), [
    { name: 'edx.special_exam.practice.attempt.deleted', payload: { attempt_id: first } }, { name: 'edx.special_exam.practice.attempt.deleted', payload: { attempt_id: second } },
  ])
  t.match(await takeVendorOrders(app), [{ method: 'removeAttempt' }, { method: 'removeAttempt' }])
  t.match((await historyOf(app, 'attempt')).filter(({ change }) => change === '-'), [{ actor: 'cora' }, { actor: 'cora' }])
  t.type(await enter(ADA), 'number', 'the learner may begin anew')
})

t.test('a bare text says that there is nothing to reset', async t => {
  const { enter, reset } = await build(t)
  await enter(BOB)
  for (const [exam, user] of [[undefined, 101], [4711, 101], [undefined, 4711], [0, 0], [undefined, 99999999999], [99999999999, 101]]) t.match(await reset(SUE, exam, user), { status: 404, text: /^".+"$/ })
  t.match(await reset(CORA), { status: 404, text: /^".+"$/ }, 'staff of the course are told too')
  t.match(await reset(SUE, 'abc'), { status: 404, body: { detail: String } })
})

t.test('staff of the exam\'s course may, and nobody else, whatever course the body names (Q31, Q43)', async t => {
  const { enter, reset, live } = await build(t)
  const attempt = await enter(ADA)
  for (const person of [null, ADA, OTTO]) t.match(await reset(person), { status: 403, body: { detail: String } })
  t.equal((await reset(OTTO, undefined, undefined, { course_id: 'course-v1:edX+Other+2030' })).status, 403)
  t.equal((await reset(OTTO, 4711)).status, 403, 'an unknown exam is nobody\'s')
  t.same(await live(), [attempt])
  t.equal((await reset(SUE)).status, 200)
})

t.test('two resets at once: the attempts are removed once', async t => {
  const { app, enter, reset, live } = await build(t)
  for (let times = 0; times < 3; times++) await enter(ADA)
  const answers = await Promise.all(Array.from({ length: 6 }, () => reset(SUE)))
  t.equal(answers.filter(({ status }) => status === 200).length, 1)
  for (const { status } of answers) t.ok([200, 404, 409].includes(status), String(status))
  t.same(await live(), [])
  t.equal((await historyOf(app, 'attempt')).filter(({ change }) => change === '-').length, 3)
})
