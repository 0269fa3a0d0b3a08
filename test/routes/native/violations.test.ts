import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { parseCsv } from '../../../core/csv.ts'
import type { Sql } from '../../../core/db/sql.ts'
import { violationRecords } from '../../../core/domain/review/violation-report.ts'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, type Person } from '../../helper/app.ts'
import { sendReview, takeExam } from '../../helper/attempts.ts'

type Violation = Record<string, unknown> & { attempt_id: number, exam_name: string }
interface Page { violations: Violation[], next: number | null }
const URL = `/api/invigil/v1/courses/${COURSE}/violations`
const CORA: Person = { id: 301, username: 'cora', courseStaff: [COURSE] }
const EVE: Person = { id: 103, username: '=cmd()', email: 'eve@example.com' }

async function buildCourse (app: FastifyInstance) {
  const [zeta, alpha, practice] = [await addExam(app, { content_id: 'z', exam_name: 'Zeta' }), await addExam(app, { content_id: 'a', exam_name: 'Alpha' }), await addExam(app, { content_id: 'p', exam_name: 'Practice', is_practice_exam: true })]
  const first = await takeExam(app, ADA, zeta)
  await sendReview(app, first, 'suspicious', [
    { comment: 'looked, "away"', status: 'Suspicious' }, { comment: 'second\nperson', status: 'Rules Violation' }, { comment: 'spoke', status: 'Suspicious' },
  ])
  const second = await takeExam(app, BOB, alpha, 'created')
  const third = await takeExam(app, EVE, alpha)
  const rehearsal = await takeExam(app, ADA, practice)
  await sendReview(app, rehearsal, 'violation', [{ comment: 'phone', status: 'Suspicious' }])
  return { first, second, third, rehearsal }
}

t.test('every attempt of a course is listed by exam, with the remarks of its review', async t => {
  const app = await buildTestApp(t)
  const { first, second, third, rehearsal } = await buildCourse(app)
  const gone = await takeExam(app, BOB, await addExam(app, { content_id: 'g', exam_name: 'Gone' }))
  await sendReview(app, gone, 'suspicious', [{ comment: 'never shown', status: 'Suspicious' }])
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${gone.id}`)
  const { status, body } = await asPerson(app, CORA)<Page>('GET', URL)
  t.equal(status, 200)
  t.same(body.violations.map(row => row.attempt_id), [third.id, second.id, rehearsal.id, first.id], 'by exam name, newest first')
  t.match(body.violations.at(-1), {
    course_id: COURSE, exam_name: 'Zeta', username: 'ada', email: 'ada@example.com', attempt_code: first.code, allowed_time_limit_mins: 90, is_sample_attempt: false,
    status: 'second_review_required', review_status: 'Suspicious', provider: 'mock', user_id: ADA.id,
    'Suspicious Comments': ['looked, "away"', 'spoke'], 'Rules Violation Comments': ['second\nperson'],
  })
  t.match(body.violations[1], { review_status: null, status: 'created', started_at: null })
  t.match(body.violations[2], { is_sample_attempt: true, review_status: null }, 'reviews of practice are not attached unless asked for')
  const practice = await asPerson(app, CORA)<Page>('GET', `${URL}?reviews=practice`)
  t.same(practice.body.violations.map(row => row.review_status), [null, null, 'Rules Violation', null])
  t.same((await asPerson(app, CORA)<Page>('GET', `${URL}?reviews=all`)).body.violations.map(row => row.review_status), [null, null, 'Rules Violation', 'Suspicious'])
})

t.test('it is read page by page without losing or repeating anything', async t => {
  const app = await buildTestApp(t)
  await buildCourse(app)
  const whole = (await asPerson(app, SUE)<Page>('GET', URL)).body.violations.map(row => row.attempt_id)
  for (const limit of [1, 2, 3, 4]) {
    const seen: number[] = []
    for (let next: number | null | undefined; next !== null;) {
      const { body } = await asPerson(app, SUE)<Page>('GET', `${URL}?limit=${limit}${next ? `&after=${next}` : ''}`)
      seen.push(...body.violations.map(row => row.attempt_id))
      next = body.next
    }
    t.same(seen, whole, `pages of ${limit}`)
  }
})

t.test('as a table it is sent as it is made, and a spreadsheet takes nothing in it for a formula', async t => {
  const app = await buildTestApp(t)
  await buildCourse(app)
  const { status, text, headers } = await asPerson(app, CORA)('GET', URL, undefined, { accept: 'text/csv' })
  t.equal(status, 200)
  t.match(headers, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="violations-course-v1-edX-Demo-2030.csv"' })
  t.notOk(headers['content-length'], 'its length is not known beforehand')
  const [head, ...rows] = parseCsv(text) ?? []
  t.same(head?.slice(-3), ['Rules Violation Comments', 'Suspicious Comments', 'Other Comments'])
  t.equal(rows.length, 4)
  const cell = (row: number, column: string) => rows[row]?.[head?.indexOf(column) ?? -1]
  t.equal(cell(0, 'username'), "'=cmd()")
  t.equal(cell(3, 'Suspicious Comments'), 'looked, "away"\nspoke')
  t.equal(cell(3, 'Rules Violation Comments'), 'second\nperson')
})

t.test('the table is read as it is taken: who stops reading stops the reading', async t => {
  const app = await buildTestApp(t)
  await buildCourse(app)
  let pages = 0
  const db: Sql = { ...app.db, query: (statement, values) => { if (statement.name.startsWith('violation-report')) pages++; return app.db.query(statement, values) } }
  const records = violationRecords(db, { courseId: COURSE, reviewsOf: 'all', pageSize: 2 })
  t.match(await records.next(), { value: { examName: 'Alpha' } })
  await records.return(undefined)
  t.equal(pages, 1, 'of three')
})

t.test('it is for staff of that course', async t => {
  const app = await buildTestApp(t)
  for (const person of [ADA, { ...CORA, courseStaff: ['course-v1:x+y+z'] }]) t.equal((await asPerson(app, person)('GET', URL)).status, 403)
  t.equal((await asPerson(app, ADA)('GET', URL, undefined, { accept: 'text/csv' })).status, 403)
  t.equal((await asPerson(app, null)('GET', URL)).status, 401)
  const old = await asPerson(app, SUE)<Page>('GET', '/api/invigil/v1/courses/edX/DemoX/Demo/violations')
  t.same(old.body, { violations: [], next: null }, 'course ids with slashes may stand raw')
})
