import t from 'tap'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, SUE } from '../../helper/app.ts'

const times = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work))

t.test('fifty creations at once make one attempt', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app, { is_proctored: false })
  const answers = await times(50, () => asPerson(app, ADA)('POST', `${API}/attempt`, { exam_id: exam, start_clock: 'false' }))
  t.equal(answers.filter(({ status }) => status === 200).length, 1)
  t.same(new Set(answers.filter(({ status }) => status !== 200).map(({ status }) => status)), new Set([400]))
  t.same(await count(app, 'attempt'), 1)
})

t.test('fifty proctored creations at once leave one attempt here, and the vendor is told to remove the others', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  const answers = await times(50, () => asPerson(app, ADA)('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true' }))
  t.equal(answers.filter(({ status }) => status === 200).length, 1)
  t.same(await count(app, 'attempt'), 1)
  const removals = await app.db.query<{ n: number }>({ name: 't', text: "select count(*)::int as n from effect where payload->>'method' = 'removeAttempt'" }, [])
  t.ok((removals[0]?.n ?? 0) <= 49)
})

t.test('fifty starts at once set the clock once', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  const { body } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true' })
  const answers = await times(50, () => asPerson(app, ADA)('PUT', `${API}/attempt/${body.exam_attempt_id}`, { action: 'start' }))
  t.equal(answers.filter(({ status }) => status === 200).length, 1)
  t.same(new Set(answers.map(({ status }) => status)), new Set([200, 400]))
  t.same(await effects(app, 'startAttempt'), 1)
})

t.test('fifty submissions at once are one, and all are answered well', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  const { body } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true', start_clock: 'true' })
  const answers = await times(50, () => asPerson(app, ADA)('PUT', `${API}/attempt/${body.exam_attempt_id}`, { action: 'submit' }))
  t.same(new Set(answers.map(({ status }) => status)), new Set([200]))
  t.same(await effects(app, 'stopAttempt'), 1)
})

t.test('an attempt nobody looks at ends at its very end', async t => {
  const app = await buildTestApp(t)
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: '2030-01-01T00:00:00Z' } })
  const exam = await addExam(app)
  const { body } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true', start_clock: 'true' })
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { advance_seconds: 90 * 60 + 30 } })
  const rows = await app.db.query<{ status: string, completed: string }>({ name: 'row', text: 'select status, to_json(completed_at) #>> \'{}\' as completed from attempt where id = $1' }, [body.exam_attempt_id])
  t.match(rows, [{ status: 'submitted', completed: '2030-01-01T01:30:00+00:00' }])
})

t.test('one attempt is nobody else\'s business', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app, { is_proctored: false })
  const { body } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, start_clock: 'true' })
  for (const stranger of [BOB, SUE]) {
    t.equal((await asPerson(app, stranger)('GET', `${API}/attempt/${body.exam_attempt_id}`)).status, 403)
    t.equal((await asPerson(app, stranger)('PUT', `${API}/attempt/${body.exam_attempt_id}`, { action: 'submit' })).status, 403)
  }
  t.match(await asPerson(app, ADA)('GET', `${API}/attempt/${body.exam_attempt_id}`), { status: 200, body: { status: 'started' } })
})

t.test('the history tells the whole story, and removal keeps it', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  const ada = asPerson(app, ADA)
  const { body } = await ada<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true', start_clock: 'true' })
  await ada('PUT', `${API}/attempt/${body.exam_attempt_id}`, { action: 'stop' })
  await ada('PUT', `${API}/attempt/${body.exam_attempt_id}`, { action: 'submit' })
  t.equal((await asPerson(app, SUE)('DELETE', `${API}/attempt/${body.exam_attempt_id}`)).status, 200)
  const story = await app.db.query({ name: 'story', text: "select change, after->>'status' as status, actor_kind, actor_name from history where entity = 'attempt' order by id" }, [])
  t.match(story, [
    { change: '+', status: 'created', actor_kind: 'learner', actor_name: 'ada' },
    { change: '~', status: 'started' },
    { change: '~', status: 'ready_to_submit' },
    { change: '~', status: 'submitted' },
    { change: '-', actor_kind: 'staff', actor_name: 'sue' },
  ])
  t.equal((await ada('GET', `${API}/attempt/${body.exam_attempt_id}`)).status, 400)
  t.same(await count(app, 'attempt'), 1, 'the archived row is still there')
  t.equal((await ada('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true' })).status, 200, 'the learner may start anew')
})

type App = Awaited<ReturnType<typeof buildTestApp>>
async function count (app: App, table: string): Promise<number | undefined> {
  const [row] = await app.db.query<{ n: number }>({ name: `count-${table}`, text: `select count(*)::int as n from ${table}` }, [])
  return row?.n
}
async function effects (app: App, method: string): Promise<number | undefined> {
  const [row] = await app.db.query<{ n: number }>({ name: 'count-effects', text: "select count(*)::int as n from effect where payload->>'method' = $1" }, [method])
  return row?.n
}
