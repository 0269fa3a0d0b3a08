import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, type Person } from '../../helper/app.ts'

const CORA: Person = { id: 202, username: 'cora', courseStaff: [COURSE] }
const OTTO: Person = { id: 203, username: 'otto', courseStaff: ['course-v1:edX+Other+2030'] }
const PATH = `${API}/attempt/grouped/course_id/${COURSE}`

interface Row { id: number, status: string, user: { username: string }, proctored_exam: { id: number }, all_attempts: Row[] }
interface Grouped {
  proctored_exam_attempts: Row[]
  pagination_info: { has_previous: boolean, has_next: boolean, current_page: number, total_pages: number }
  attempt_url: string
}
const ask = (app: FastifyInstance, path = PATH, person: Person | null = CORA) => asPerson(app, person)<Grouped>('GET', path)
const names = async (app: FastifyInstance, path: string) => (await ask(app, path)).body.proctored_exam_attempts.map(({ user }) => user.username)

async function enter (app: FastifyInstance, person: Person, exam: number): Promise<number> {
  const { body } = await asPerson(app, person)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'false', start_clock: 'false' })
  return body.exam_attempt_id
}

t.test('per learner and exam the present attempt, newest first, with all there were', async t => {
  const app = await buildTestApp(t)
  const timed = await addExam(app, { is_proctored: false })
  const practice = await addExam(app, { content_id: 'practice', is_proctored: true, is_practice_exam: true })
  const other = await addExam(app, { content_id: 'other', is_proctored: false })
  const first = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: practice, attempt_proctored: 'true' })
  const bobs = await enter(app, BOB, timed)
  const second = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: practice, attempt_proctored: 'true' })
  const adas = await enter(app, ADA, other)

  const { status, body } = await ask(app)
  t.equal(status, 200)
  t.strictSame(Object.keys(body), ['proctored_exam_attempts', 'pagination_info', 'attempt_url'])
  t.match(body.proctored_exam_attempts, [
    { id: adas, user: { username: 'ada' }, proctored_exam: { id: other }, all_attempts: [{ id: adas }] },
    { id: second.body.exam_attempt_id, proctored_exam: { id: practice }, all_attempts: [{ id: second.body.exam_attempt_id }, { id: first.body.exam_attempt_id }] },
    { id: bobs, user: { username: 'bob' }, proctored_exam: { id: timed }, all_attempts: [{ id: bobs }] },
  ])
  t.strictSame(body.pagination_info, { has_previous: false, has_next: false, current_page: 1, total_pages: 1 })
  t.equal(body.attempt_url, PATH)
  const [head] = body.proctored_exam_attempts
  const stored = ['id', 'created', 'modified', 'user', 'started_at', 'completed_at', 'external_id', 'status', 'proctored_exam', 'allowed_time_limit_mins', 'attempt_code', 'is_sample_attempt',
    'taking_as_proctored', 'review_policy_id', 'is_status_acknowledged', 'time_remaining_seconds', 'is_resumable', 'ready_to_resume', 'resumed']
  t.strictSame(Object.keys(head ?? {}), [...stored, 'all_attempts'])
  t.strictSame(Object.keys(head?.all_attempts[0] ?? {}), stored)

  await asPerson(app, SUE)('DELETE', `${API}/attempt/${second.body.exam_attempt_id}`)
  t.match((await ask(app)).body.proctored_exam_attempts[2], { id: first.body.exam_attempt_id, all_attempts: [{ id: first.body.exam_attempt_id }] }, 'the former one is the present one again')
})

t.test('twenty-five to a page; a page that is not there is the last, one that is no number the first', async t => {
  const app = await buildTestApp(t)
  await fill(app, await addExam(app, { is_proctored: false }), 60)
  const pages: [string, number][] = [['', 1], ['?page=1', 1], ['?page=2', 2], ['?page=3', 3], ['?page=4', 3], ['?page=0', 3], ['?page=-1', 3], ['?page=999999999999', 3], ['?page=abc', 1], ['?page=', 1], ['?page=1.5', 1]]
  for (const [query, number] of pages) {
    const { body } = await ask(app, PATH + query)
    t.strictSame(body.pagination_info, { has_previous: number > 1, has_next: number < 3, current_page: number, total_pages: 3 }, query)
    t.equal(body.proctored_exam_attempts.length, number === 3 ? 10 : 25)
    t.equal(body.attempt_url, PATH, 'without the query')
  }
  const seen = await Promise.all([1, 2, 3].map(async page => names(app, `${PATH}?page=${page}`)))
  t.strictSame(seen.flat(), Array.from({ length: 60 }, (_none, index) => `learner-${59 - index}`))
  t.match((await ask(app, `${PATH}/search/LEARNER-5?page=7`)).body.pagination_info, { current_page: 1, total_pages: 1 })
  t.match((await ask(app, `${PATH}/search/learner?page=2`)).body, { pagination_info: { has_previous: true, has_next: true, current_page: 2, total_pages: 3 }, attempt_url: `${PATH}/search/learner` })
})

t.test('a course without attempts has one empty page', async t => {
  const app = await buildTestApp(t)
  t.strictSame((await ask(app, PATH, SUE)).body, { proctored_exam_attempts: [], pagination_info: { has_previous: false, has_next: false, current_page: 1, total_pages: 1 }, attempt_url: PATH })
})

t.test('Q45: a search finds parts of user names and e-mail addresses, whatever the case of letters, and takes every sign for itself', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app, { is_proctored: false })
  const people: Person[] = [
    { id: 401, username: 'Ada_L', email: 'ada@example.com' }, { id: 402, username: 'adaXL', email: 'x@Example.org' },
    { id: 403, username: '100%', email: 'percent@x.test' }, { id: 404, username: 'back\\slash', email: 'a/b@x.test' }, { id: 405, username: 'Żółć', email: '' },
  ]
  for (const person of people) await enter(app, person, exam)
  const cases: [string, string[]][] = [
    ['ADA', ['adaXL', 'Ada_L']], ['ada_', ['Ada_L']], ['example.', ['adaXL', 'Ada_L']], ['%', ['100%']], ['_', ['Ada_L']], ['\\', ['back\\slash']],
    ['a/b', ['back\\slash']], ['żółć', ['Żółć']], ['nobody', []], ['b b', []], ['+', []],
  ]
  for (const [text, found] of cases) t.strictSame(await names(app, `${PATH}/search/${encodeURIComponent(text)}`), found, text)
  t.strictSame(await names(app, `${PATH}/search/a/b`), ['back\\slash'], 'a raw slash belongs to the text')
  const urls = [['b%20b', 'b%20b'], ['a%2Fb', 'a/b'], ['a/b', 'a/b'], ['x@y+z', 'x@y+z'], ['100%25', '100%25'], ['%C5%BB%3F', '%C5%BB%3F']]
  for (const [sent, told] of urls) t.equal((await ask(app, `${PATH}/search/${sent}`)).body.attempt_url, `${PATH}/search/${told}`)
  t.match(await asPerson(app, CORA)('GET', `${PATH}/search/%00`), { status: 400, body: { detail: String } })
  t.strictSame(await names(app, `${PATH}/search/${'x'.repeat(300)}`), [], 'longer than any name')
})

t.test('course ids raw, encoded and old are the same courses', async t => {
  const app = await buildTestApp(t)
  await fill(app, await addExam(app, { is_proctored: false }), 3)
  const encoded = await ask(app, `${API}/attempt/grouped/course_id/${encodeURIComponent(COURSE)}/search/learner-1`)
  t.match(encoded.body, { proctored_exam_attempts: [{ user: { username: 'learner-1' } }], attempt_url: `${PATH}/search/learner-1` })
  for (const old of ['edX/DemoX/2030', 'edX%2FDemoX%2F2030']) {
    for (const path of [`${API}/attempt/grouped/course_id/${old}`, `${API}/attempt/grouped/course_id/${old}/search/a/b`]) {
      t.match(await ask(app, path, SUE), { status: 200, body: { attempt_url: path.replaceAll('%2F', '/') } })
    }
  }
})

t.test('staff of the course may look, and nobody else', async t => {
  const app = await buildTestApp(t)
  for (const path of [PATH, `${PATH}/search/ada`]) {
    for (const person of [null, ADA, OTTO]) t.match(await asPerson(app, person)('GET', path), { status: 403, body: { detail: String } })
    for (const person of [CORA, SUE]) t.equal((await ask(app, path, person)).status, 200)
  }
})

t.test('a page of a big course reads the rows of one page', async t => {
  const app = await buildTestApp(t)
  await fill(app, await addExam(app, { is_proctored: false }), 20_000)
  await app.db.query({ name: 'analyze', text: 'analyze' }, [])
  for (const path of [PATH, `${PATH}?page=400`, `${PATH}/search/learner-199`]) {
    await ask(app, path)
    const before = performance.now()
    t.equal((await ask(app, path)).body.proctored_exam_attempts.length, 25)
    t.comment(`${path.slice(PATH.length) || 'first page'}: ${Math.round(performance.now() - before)} ms`)
  }
})

/** Learners with one attempt each, straight into the tables. */
async function fill (app: FastifyInstance, exam: number, count: number): Promise<void> {
  await app.db.query({
    name: 'fill-users',
    text: "insert into users (id, username, email, created_at, modified_at) select 10000 + n, 'learner-' || n, 'l' || n || '@example.com', now(), now() from generate_series(0, $1::int - 1) n",
  }, [count])
  await app.db.query({
    name: 'fill-attempts',
    text: `insert into attempt (user_id, exam_id, course_id, status, attempt_code, created_at, modified_at)
      select 10000 + n, $1::int, $3::text, 'created', 'code-' || n, now(), now() from generate_series(0, $2::int - 1) n order by n`,
  }, [exam, count, COURSE])
}
