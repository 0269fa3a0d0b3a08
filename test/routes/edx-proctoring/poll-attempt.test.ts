import t from 'tap'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, SUE } from '../../helper/app.ts'

type App = Awaited<ReturnType<typeof buildTestApp>>

const ORDER = ['id', 'created', 'modified', 'user', 'started_at', 'completed_at', 'external_id', 'status', 'proctored_exam', 'allowed_time_limit_mins', 'attempt_code',
  'is_sample_attempt', 'taking_as_proctored', 'review_policy_id', 'is_status_acknowledged', 'time_remaining_seconds', 'is_resumable', 'ready_to_resume', 'resumed',
  'accessibility_time_string']

async function sitDown (app: App, start: boolean): Promise<number> {
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: '2030-01-01T00:00:00.250Z' } })
  const exam = await addExam(app)
  const { body } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true', start_clock: String(start) })
  return body.exam_attempt_id
}

t.test('the poll tells the stored attempt and the time that is left, every field in its place and type', async t => {
  const app = await buildTestApp(t)
  const id = await sitDown(app, true)
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { advance_seconds: 60 } })
  const { body, status } = await asPerson(app, ADA)('GET', `${API}/attempt/${id}`)
  t.equal(status, 200)
  t.same(Object.keys(body), ORDER)
  t.match(body, {
    id,
    created: '2030-01-01T00:00:00.250000Z',
    started_at: '2030-01-01T00:00:00.250000Z',
    completed_at: null,
    user: { id: 101, username: 'ada', email: 'ada@example.com' },
    external_id: String,
    status: 'started',
    proctored_exam: { id: Number, exam_name: 'Midterm', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, due_date: null, hide_after_due: false, backend: 'mock' },
    allowed_time_limit_mins: 90,
    review_policy_id: null,
    is_sample_attempt: false,
    taking_as_proctored: true,
    time_remaining_seconds: 89 * 60,
    accessibility_time_string: 'you have 1 hour and 29 minutes remaining',
  })
})

t.test('a poll after the end submits the attempt as of its end, and says so', async t => {
  const app = await buildTestApp(t)
  const id = await sitDown(app, true)
  await app.db.query({ name: 'two-hours-ago', text: "update attempt set started_at = started_at - interval '2 hours' where id = $1" }, [id])
  t.match(await asPerson(app, ADA)('GET', `${API}/attempt/${id}`), {
    status: 200,
    body: { status: 'submitted', completed_at: '2029-12-31T23:30:00.250000Z', time_remaining_seconds: 0, accessibility_time_string: 'you have less than a minute remaining' },
  })
})

t.test('nobody but its learner polls an attempt, and none that was removed or never was', async t => {
  const app = await buildTestApp(t)
  const id = await sitDown(app, false)
  for (const stranger of [BOB, SUE]) t.equal((await asPerson(app, stranger)('GET', `${API}/attempt/${id}`)).status, 403)
  t.equal((await asPerson(app, null)('GET', `${API}/attempt/${id}`)).status, 403)
  t.match(await asPerson(app, ADA)('GET', `${API}/attempt/${id}`), { status: 200, body: { status: 'created', started_at: null, time_remaining_seconds: 0 } })
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${id}`)
  for (const gone of [id, id + 1]) t.equal((await asPerson(app, ADA)('GET', `${API}/attempt/${gone}`)).status, 400)
})
