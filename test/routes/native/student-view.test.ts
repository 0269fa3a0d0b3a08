import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, type Person } from '../../helper/app.ts'

const VIEW = '/api/invigil/v1/student_view'

async function view (app: FastifyInstance, content: string, context: object = {}, person: Person = ADA, extra: object = {}) {
  const answer = await asPerson(app, person)<{ view: string, html: string }>('POST', VIEW, { course_id: COURSE, content_id: content, context, ...extra }, { accept: 'application/json' })
  return answer.status === 200 ? answer.body.view : answer.status === 204 ? 'content' : `${answer.status} ${answer.text}`
}

t.test('a proctored exam shows its pages in turn', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  const ada = asPerson(app, ADA)
  t.equal(await view(app, 'block-v1:mid'), 'proctored_exam/entrance')
  const { body } = await ada<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true' })
  const act = (action: string) => ada('PUT', `${API}/attempt/${body.exam_attempt_id}`, { action })
  t.equal(await view(app, 'block-v1:mid'), 'proctored_exam/instructions')
  await act('click_download_software')
  t.equal(await view(app, 'block-v1:mid'), 'proctored_exam/instructions')
  await app.db.query({ name: 'ready', text: "update attempt set status = 'ready_to_start' where id = $1" }, [body.exam_attempt_id])
  t.equal(await view(app, 'block-v1:mid'), 'proctored_exam/ready_to_start')
  await act('start')
  t.equal(await view(app, 'block-v1:mid'), 'content')
  await act('stop')
  t.equal(await view(app, 'block-v1:mid'), 'proctored_exam/ready_to_submit')
  await act('submit')
  t.equal(await view(app, 'block-v1:mid'), 'proctored_exam/submitted')
})

t.test('a timed exam shows its pages in turn, and its end when nobody came back', async t => {
  const app = await buildTestApp(t)
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: '2030-01-01T00:00:00Z' } })
  const exam = await addExam(app, { is_proctored: false })
  t.equal(await view(app, 'block-v1:mid'), 'timed_exam/entrance')
  await asPerson(app, ADA)('POST', `${API}/attempt`, { exam_id: exam, start_clock: 'true' })
  t.equal(await view(app, 'block-v1:mid'), 'content')
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { advance_seconds: 5500 } })
  t.equal(await view(app, 'block-v1:mid'), 'timed_exam/submitted')
  t.equal(await view(app, 'block-v1:mid', { due_date: '2029-12-31T00:00:00Z' }), 'content', 'past due: the answers may be seen')
})

t.test('the page is HTML with a header that names it, or nothing', async t => {
  const app = await buildTestApp(t)
  await addExam(app, { is_proctored: false, exam_name: '<script>alert(1)</script>' })
  const answer = await asPerson(app, ADA)<string>('POST', VIEW, { course_id: COURSE, content_id: 'block-v1:mid' })
  t.equal(answer.headers['invigil-view'], 'timed_exam/entrance')
  t.match(answer.headers['content-type'], /text\/html/)
  t.notMatch(answer.text, /<script>alert/)
  t.match(answer.text, /&lt;script&gt;/)
  t.match(await asPerson(app, ADA)('POST', VIEW, { course_id: COURSE, content_id: 'block-v1:mid', role: 'staff' }), { status: 204, text: '' })
  const document = await asPerson(app, ADA)<string>('POST', `${VIEW}?document`, { course_id: COURSE, content_id: 'block-v1:mid' })
  t.match(document.text, /<!doctype html>/i)
  t.match(document.text, /\/static\/invigil\/interstitials-[0-9a-f]+\.js/)
})

t.test('a class that opens an exam nobody registered at the same moment sees it, each of them', async t => {
  const app = await buildTestApp(t)
  const context = { display_name: 'Quiz', default_time_limit_mins: 30 }
  const views = await Promise.all(Array.from({ length: 10 }, (_, index) => view(app, 'block-v1:new', context, { id: 500 + index, username: `learner${index}` })))
  t.same(views, views.map(() => 'timed_exam/entrance'))
})

t.test('who declined an earlier exam and opens the next in several tabs declines it once, and sees each', async t => {
  const app = await buildTestApp(t)
  await addExam(app)
  const requirement = { namespace: 'proctored_exam', name: 'earlier', display_name: 'Earlier', status: 'declined', order: 0 }
  const context = { credit_state: { credit_requirement_status: [requirement, { ...requirement, name: 'block-v1:mid', status: null, order: 1 }] } }
  const views = await Promise.all(Array.from({ length: 6 }, () => view(app, 'block-v1:mid', context)))
  t.same(views.filter(each => !['content', 'proctored_exam/entrance'].includes(each)), [])
  const [row] = await app.db.query<{ count: number }>({ name: 'count', text: "select count(*)::int as count from attempt where status = 'declined'" }, [])
  t.equal(row?.count, 1)
})

t.test('an exam nobody registered is created from what the host says of it', async t => {
  const app = await buildTestApp(t)
  t.match(await view(app, 'block-v1:new'), /^400/)
  t.equal(await view(app, 'block-v1:new', { display_name: 'Quiz', default_time_limit_mins: 30 }), 'timed_exam/entrance')
  t.match(await asPerson(app, ADA)('GET', `${API}/exam/course_id/${COURSE}`), { body: [{ exam_name: 'Quiz', time_limit_mins: 30, is_proctored: false }] })
})

t.test('only staff may look through another learner\'s eyes', async t => {
  const app = await buildTestApp(t)
  await addExam(app, { is_proctored: false })
  await asPerson(app, BOB)('GET', `${API}/attempt`)
  t.match(await view(app, 'block-v1:mid', {}, ADA, { user_id: BOB.id }), /^403/)
  t.equal(await view(app, 'block-v1:mid', {}, SUE, { user_id: BOB.id }), 'timed_exam/entrance')
  t.match(await view(app, 'block-v1:mid', {}, SUE, { user_id: 999 }), /^400/)
})

t.test('who may not take proctored exams sees the content', async t => {
  const app = await buildTestApp(t)
  await addExam(app)
  t.equal(await view(app, 'block-v1:mid', {}, { ...ADA, permissions: [] }), 'content')
  t.equal(await view(app, 'block-v1:mid', {}, { ...ADA, permissions: ['edx_proctoring.can_take_proctored_exam'] }), 'proctored_exam/entrance')
})
