import t from 'tap'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, SUE, type Person } from '../helper/app.ts'
import { sendReview, statusOf, takeExam } from '../helper/attempts.ts'
import { HEARD, takeEvents, takeVendorOrders } from '../helper/outbox.ts'

/** Odd corners of the reference about attempts, by their numbers in its register, asked through the public door. */

interface Stored { id: number, status: string, started_at: string | null, completed_at: string | null, allowed_time_limit_mins: number | null, time_remaining_seconds: number }

const app = await buildTestApp(t, { config: HEARD })
const clock = (body: object) => app.inject({ method: 'POST', url: '/demo/clock', payload: body })
await clock({ freeze: '2030-01-01T00:00:00Z' })
const pass = (seconds: number) => clock({ advance_seconds: seconds })
/** So many seconds after the beginning of a test. */
const later = async (seconds: number) => new Date((await now()) + seconds * 1000).toISOString().replace('.000Z', 'Z')
const now = async () => Date.parse((await clock({ advance_seconds: 0 })).json().now)

const mark = (attempt: number, learner: Person) => asPerson(app, SUE)('PUT', `${API}/attempt/${attempt}`, { action: 'mark_ready_to_resume', user_id: learner.id })
const read = async (attempt: number, person = ADA) => (await asPerson(app, person)<Stored>('GET', `${API}/attempt/${attempt}`)).body
const put = (attempt: number, action: string, person = ADA) => asPerson(app, person)('PUT', `${API}/attempt/${attempt}`, { action })
const start = async (exam: number, person = ADA) => (await takeExam(app, person, exam, 'started')).id

let exams = 0
/** A new exam in a course of its own. */
async function publish (fields: object = {}): Promise<{ exam: number, course: string }> {
  const course = `course-v1:edX+Demo+${++exams}`
  const { body } = await asPerson(app, SUE)<{ exam_id: number }[]>('PATCH', `${API}/exam_registration/course_id/${course}`, [{
    course_id: course, content_id: 'mid', exam_name: 'Midterm', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false, ...fields,
  }])
  return { exam: body[0]?.exam_id ?? 0, course }
}

t.test('Q6: a list shows an attempt as submitted soon after its time is over, though nobody looked at it', async t => {
  const { exam, course } = await publish()
  const attempt = await start(exam)
  const end = await later(5400)
  await pass(91 * 60)
  const { body } = await asPerson(app, SUE)<{ proctored_exam_attempts: Stored[] }>('GET', `${API}/attempt/grouped/course_id/${course}`)
  t.match(body.proctored_exam_attempts, [{ id: attempt, status: 'submitted', completed_at: end }])
})

t.test('Q7: who starts when nothing is left of the time is submitted at once with 200, and the vendor hears of the start first', async t => {
  const { exam } = await publish({ is_practice_exam: false, due_date: await later(600) })
  const { id } = await takeExam(app, ADA, exam, 'created')
  await takeVendorOrders(app)
  await pass(660)
  const at = await later(0)
  t.equal((await put(id, 'start')).status, 200)
  await pass(1)
  t.match(await read(id), { status: 'submitted', allowed_time_limit_mins: 0, started_at: at, completed_at: at })
  t.strictSame((await takeVendorOrders(app)).map(({ method }) => method), ['startAttempt', 'stopAttempt'])
})

t.test('Q8: saved seconds are given back rounded up, and none is none', async t => {
  const exam = (await publish()).exam
  for (const [used, minutes] of [[5341, 1], [5339, 2], [5400, 0], [0, 90]] as const) {
    const person = { id: 400 + used, username: `after-${used}` }
    const attempt = await start(exam, person)
    await pass(used)
    await put(attempt, 'error', person)
    t.equal((await mark(attempt, person)).status, 200)
    const again = await start(exam, person)
    t.equal((await read(again, person)).allowed_time_limit_mins, minutes, `after ${used} seconds`)
  }
})

t.test('Q9: an error before the start saves no time, so a resume gives all of it', async t => {
  const { exam } = await publish()
  const { id } = await takeExam(app, ADA, exam, 'created')
  await put(id, 'error')
  const [stored] = await app.db.query<{ saved: number | null }>({ name: 't-saved', text: 'select time_remaining_seconds as saved from attempt where id = $1' }, [id])
  t.equal(stored?.saved, null)
  await mark(id, ADA)
  t.equal((await read(await start(exam))).allowed_time_limit_mins, 90)
})

t.test('Q12: a platform without credit, grades and certificates breaks no verdict', async t => {
  const { exam } = await publish()
  const attempt = await takeExam(app, ADA, exam)
  for (const [verdict, status] of [['suspicious', 'second_review_required'], ['passed', 'verified']] as const) {
    await sendReview(app, attempt, verdict)
    t.equal(await statusOf(app, attempt.id), status)
  }
  const bobs = await takeExam(app, BOB, exam, 'created')
  t.equal((await put(bobs.id, 'decline', BOB)).status, 200)
})

t.test('Q13: each received review is told once, with the status it made, and its comments are not added to the former ones', async t => {
  const attempt = await takeExam(app, ADA, (await publish()).exam)
  await takeEvents(app)
  const received = async () => (await takeEvents(app)).filter(({ name }) => name.endsWith('review_received')).map(({ payload }) => payload.attempt_status)
  await sendReview(app, attempt, 'suspicious', [{ comment: 'spoke', status: 'Suspicious' }, { comment: 'left', status: 'Suspicious' }])
  t.strictSame(await received(), ['second_review_required'])
  await sendReview(app, attempt, 'passed', [{ comment: 'fine', status: 'Clean' }])
  t.strictSame(await received(), ['verified'])
  t.strictSame(await app.db.query({ name: 't-comments', text: 'select comment from review_comment' }, []), [{ comment: 'fine' }])
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${attempt.id}`)
  t.strictSame(await received(), [], 'a removal is no review')
})

t.test('Q15: the event of a removal names the attempt', async t => {
  const { id } = await takeExam(app, ADA, (await publish()).exam)
  await takeEvents(app)
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${id}`)
  t.match(await takeEvents(app), [{ name: 'edx.special_exam.proctored.attempt.deleted', payload: { attempt_id: id } }])
})

t.test('Q18: a reset that comes past the due date changes nothing', async t => {
  const { exam } = await publish({ is_practice_exam: true, due_date: await later(600) })
  const { id } = await takeExam(app, ADA, exam, 'created')
  await put(id, 'error')
  await pass(601)
  t.equal((await put(id, 'reset_attempt')).status, 400)
  t.equal((await read(id)).status, 'error')
})

t.test('Q34: a learner cannot let himself resume, whether he names himself or not; staff of the course can, for the one they name', async t => {
  const { exam, course } = await publish()
  const attempt = await start(exam)
  await put(attempt, 'error')
  const cora: Person = { id: 202, username: 'cora', courseStaff: [course] }
  for (const [person, body] of [[ADA, {}], [ADA, { user_id: ADA.id }], [BOB, { user_id: ADA.id }], [cora, {}], [cora, { user_id: BOB.id }]] as const) {
    t.equal((await asPerson(app, person)('PUT', `${API}/attempt/${attempt}`, { action: 'mark_ready_to_resume', ...body })).status, 403, `${person.username} ${JSON.stringify(body)}`)
  }
  t.equal((await asPerson(app, cora)('PUT', `${API}/attempt/${attempt}`, { action: 'mark_ready_to_resume', user_id: ADA.id })).status, 200)
})

t.test('Q40, Q41: the seconds of a finished attempt are 0, and right after the end nothing is running any more', async t => {
  const attempt = await start((await publish()).exam)
  const end = await later(5400)
  await pass(600)
  t.equal((await read(attempt)).time_remaining_seconds, 4800)
  await pass(4801)
  const running = await asPerson(app, ADA)('GET', `${API}/attempt`)
  t.strictSame(running.body, { in_timed_exam: false, is_proctored: false })
  t.match(await read(attempt), { status: 'submitted', time_remaining_seconds: 0, completed_at: end })
})

t.test('Q74, Q76: a new verdict without a reviewer takes the place of the former one; one for a removed attempt is stored as inactive', async t => {
  const attempt = await takeExam(app, ADA, (await publish()).exam)
  await sendReview(app, attempt, 'suspicious', [], 'sue@example.com')
  t.equal(await statusOf(app, attempt.id), 'rejected', 'a human said so')
  await sendReview(app, attempt, 'suspicious')
  t.equal(await statusOf(app, attempt.id), 'second_review_required', 'nobody did')
  const reviews = () => app.db.query({ name: 't-reviews', text: 'select is_attempt_active as active, reviewed_by_id as reviewer from review where attempt_code = $1' }, [attempt.code])
  t.strictSame(await reviews(), [{ active: true, reviewer: null }])
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${attempt.id}`)
  t.strictSame(await reviews(), [{ active: false, reviewer: null }])
})

t.test('Q83: which verdicts pass is the provider\'s own: without a list a violation of the rules does', async t => {
  for (const [options, status] of [[{}, 'verified'], [{ passing_statuses: ['Clean'] }, 'second_review_required']] as const) {
    const own = await buildTestApp(t, { config: { providers: { default: 'mock', enabled: { mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000, ...options } } } } } })
    const attempt = await takeExam(own, ADA, await addExam(own))
    await sendReview(own, attempt, 'violation')
    t.equal(await statusOf(own, attempt.id), status, JSON.stringify(options))
  }
})
