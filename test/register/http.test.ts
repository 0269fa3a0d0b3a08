import t from 'tap'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, tokenFor } from '../helper/app.ts'
import { takeExam } from '../helper/attempts.ts'
import { HEARD, takeEvents } from '../helper/outbox.ts'

/** Odd corners of the reference about requests and answers, by their numbers in its register. */

const app = await buildTestApp(t, { config: HEARD })
const ada = asPerson(app, ADA)
const sue = asPerson(app, SUE)

t.test('Q22, Q27: true and false are understood as JSON, as text in any case, and in forms', async t => {
  const headers = { authorization: `JWT ${await tokenFor(SUE)}`, 'content-type': 'application/x-www-form-urlencoded' }
  for (const [index, [yes, no]] of [[true, false], ['true', 'false'], ['True', 'False'], ['TRUE', 'FALSE']].entries()) {
    const fields = { course_id: COURSE, content_id: `flag-${index}`, exam_name: 'Flag', external_id: 'px', time_limit_mins: '90', is_proctored: String(no), is_practice_exam: String(no), is_active: String(yes), hide_after_due: String(no) }
    const created = await app.inject({ method: 'POST', url: `${API}/exam`, headers, payload: new URLSearchParams(fields).toString() })
    t.equal(created.statusCode, 200, created.body)
    const { status, body } = await ada<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: created.json().exam_id, start_clock: yes, attempt_proctored: no })
    t.equal(status, 200)
    t.match((await ada('GET', `${API}/attempt/${body.exam_attempt_id}`)).body, { status: 'started', taking_as_proctored: false }, String(yes))
  }
  t.equal((await ada('POST', `${API}/attempt`, { exam_id: 1, start_clock: 'perhaps' })).status, 400)
})

t.test('Q23: an action that is missing or unknown is 400', async t => {
  const { id } = await takeExam(app, ADA, await addExam(app, { content_id: 'q23' }), 'created')
  for (const body of [{}, { action: null }, { action: 'dance' }, { action: ['start'] }, { action: 'constructor' }]) t.equal((await ada('PUT', `${API}/attempt/${id}`, body)).status, 400, JSON.stringify(body))
})

t.test('Q24: the documented forms of asking for an exam work; without any of them it is 400', async t => {
  const exam = await addExam(app, { content_id: 'q24' })
  for (const query of [`exam_id=${exam}`, `course_id=${encodeURIComponent(COURSE)}&content_id=q24`]) t.match((await ada('GET', `${API}/exam?${query}`)).body, { id: exam }, query)
  for (const query of ['', '?exam_id=', '?exam_id=x', '?exam_id=0', '?exam_id=99999', '?course_id=x', '?content_id=q24', '?course_id=x&content_id=q24']) t.equal((await ada('GET', `${API}/exam${query}`)).status, 400, query)
  t.equal((await ada('GET', `${API}/exam/exam_id/0`)).status, 400)
})

t.test('Q26: a creation takes neither due date nor provider, needs an external id, and tells a second one as the validator did', async t => {
  const fields = { course_id: COURSE, content_id: 'q26', exam_name: 'Twice', external_id: 'px', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false, due_date: '2040-01-01T00:00:00Z', backend: 'null' }
  const { body } = await sue<{ exam_id: number }>('POST', `${API}/exam`, fields)
  t.match((await ada('GET', `${API}/exam/exam_id/${body.exam_id}`)).body, { due_date: null, backend: 'mock', external_id: 'px' })
  const again = await sue<Record<string, string[]>>('POST', `${API}/exam`, fields)
  t.equal(again.status, 400)
  t.strictSame(Object.keys(again.body), ['non_field_errors'])
  for (const external of [null, '', undefined]) t.strictSame(Object.keys((await sue('POST', `${API}/exam`, { ...fields, content_id: 'q26b', external_id: external })).body), ['external_id'])
})

t.test('Q35: one external id at two providers is two attempts: each vendor means its own, staff the newest', async t => {
  const exams = [await addExam(app, { content_id: 'q35a' }), await addExam(app, { content_id: 'q35b' })]
  const attempts = []
  for (const [index, exam] of exams.entries()) attempts.push(await takeExam(app, index === 0 ? ADA : BOB, exam, 'created'))
  await app.db.query({ name: 't-same', text: "update attempt set external_id = 'same-id', provider = case when id = $1 then 'mock' else 'null' end where id = any($2::int[])" }, [attempts[0]?.id ?? 0, attempts.map(({ id }) => id)])
  const answer = await sue('POST', `${API}/attempt/same-id/ready`, {})
  t.equal(answer.status, 200)
  t.match((await asPerson(app, BOB)('GET', `${API}/attempt/${attempts[1]?.id}`)).body, { status: 'ready_to_start' })
  t.match((await ada('GET', `${API}/attempt/${attempts[0]?.id}`)).body, { status: 'created' })
  await t.rejects(app.db.query({ name: 't-twice', text: "update attempt set provider = 'mock' where id = $1" }, [attempts[1]?.id ?? 0]), /attempt_provider_external_id_unique/)
})

t.test('Q39: active_attempt is found at its own address only', async t => {
  for (const url of [`${API}/active_attemptxyz`, `/api/x${API}/active_attempt`, `${API}/active_attempt/x`]) t.equal((await ada('GET', url)).status, 404, url)
  t.equal((await ada('GET', `${API}/active_attempt`)).status, 200)
})

t.test('Q53: a practice exam without proctoring calls itself proctored, has no pages, and counts as timed', async t => {
  const exam = await addExam(app, { content_id: 'q53', is_proctored: false, is_practice_exam: true })
  t.ok(exam)
  t.match((await takeEvents(app)).at(-1), { name: 'edx.special_exam.timed.created', payload: { exam_content_id: 'q53' } })
  t.match((await ada('GET', `${API}/attempt/course_id/${COURSE}?content_id=q53`)).body, { exam: { type: 'proctored' } })
  const page = await ada('POST', '/api/invigil/v1/student_view', { course_id: COURSE, content_id: 'q53' })
  t.equal(page.status, 204)
})
