import t from 'tap'
import { attemptSummaries } from '../../../core/domain/attempt/summaries.ts'
import { addExam, ADA, asPerson, BOB, buildTestApp, COURSE, SUE } from '../../helper/app.ts'
import { sendReview, takeExam } from '../../helper/attempts.ts'

const URL = '/api/invigil/v1/attempt_summaries'
interface Summaries { summaries: Record<string, { status?: string, short_description: string, suggested_icon: string, in_completed_state: boolean } | null> }
const asked = (contentIds: string[], more: object = {}) => ({ course_id: COURSE, content_ids: contentIds, ...more })

t.test('one question tells how a learner stands in every section of an outline', async t => {
  const app = await buildTestApp(t)
  const exam = (content: string, fields = {}) => addExam(app, { content_id: content, exam_name: content, ...fields })
  await exam('timed', { is_proctored: false })
  await exam('practice', { is_practice_exam: true })
  await exam('open')
  const done = await exam('done')
  const failed = await exam('failed')
  await takeExam(app, ADA, done)
  await sendReview(app, await takeExam(app, ADA, failed), 'suspicious')
  const { status, body } = await asPerson(app, ADA)<Summaries>('POST', URL, asked(['timed', 'practice', 'open', 'done', 'failed', 'nothing']))
  t.equal(status, 200)
  t.same(body.summaries, {
    timed: { short_description: 'Timed Exam', suggested_icon: 'fa-clock-o', in_completed_state: false },
    practice: { status: 'eligible', short_description: 'Ungraded Practice Exam', suggested_icon: '', in_completed_state: false },
    open: { status: 'eligible', short_description: 'Proctored Option Available', suggested_icon: 'fa-pencil-square-o', in_completed_state: false },
    done: { status: 'submitted', short_description: 'Pending Session Review', suggested_icon: 'fa-spinner fa-spin', in_completed_state: true },
    failed: { status: 'second_review_required', short_description: 'Pending Session Review', suggested_icon: 'fa-spinner fa-spin', in_completed_state: true },
    nothing: null,
  })
  const spanish = await asPerson(app, ADA)<Summaries>('POST', URL, asked(['open']), { 'accept-language': 'es-419' })
  t.equal(spanish.body.summaries.open?.short_description, 'Puede hacerse supervisado')
  const another = await asPerson(app, SUE)<Summaries>('POST', URL, asked(['done'], { user_id: ADA.id }))
  t.equal(another.body.summaries.done?.status, 'submitted', 'staff may ask for a learner')
  t.equal((await asPerson(app, BOB)('POST', URL, asked(['done'], { user_id: ADA.id }))).status, 403)
  t.equal((await asPerson(app, null)('POST', URL, asked(['done']))).status, 401)
})

t.test('an attempt whose time is over is not shown as running', async t => {
  const app = await buildTestApp(t)
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: '2030-01-01T00:00:00Z' } })
  await takeExam(app, ADA, await addExam(app, { time_limit_mins: 30 }), 'started')
  const ask = async () => (await asPerson(app, ADA)<Summaries>('POST', URL, asked(['block-v1:mid']))).body.summaries['block-v1:mid']
  t.match(await ask(), { status: 'started', short_description: 'Taking As Proctored Exam' })
  await app.db.query({ name: 'test-age', text: "update attempt set started_at = started_at - interval '1 hour'" }, [])
  t.match(await ask(), { status: 'submitted', in_completed_state: true })
})

t.test('where there is a platform, its word on who may take proctored exams and when the course ends counts', async t => {
  const app = await buildTestApp(t)
  await addExam(app)
  await addExam(app, { content_id: 'practice', is_practice_exam: true })
  const lms = { ...app.domain.lms, credit: { getCreditState: async () => ({ enrollmentMode: null, profileFullname: null, studentEmail: null, creditRequirementStatus: [], courseName: null, courseEndDate: new Date('2020-01-01') }) } }
  const ctx = { ...app.domain, lms, platform: { ...app.domain.platform, adapter: 'http' as const } }
  const ask = async (mayTakeProctored: boolean) => attemptSummaries(ctx, { userId: ADA.id, courseId: COURSE, contentIds: ['block-v1:mid', 'practice'], mayTakeProctored })
  t.match(await ask(true), new Map([['block-v1:mid', { status: 'expired', icon: 'fa-times-circle' }], ['practice', { status: 'eligible' }]]))
  t.equal((await ask(false)).get('block-v1:mid'), null)
  t.match((await ask(false)).get('practice'), { status: 'eligible' }, 'practice is for everybody')
})

t.test('a list that is empty, too long or no list is refused', async t => {
  const app = await buildTestApp(t)
  const ask = asPerson(app, ADA)
  for (const ids of [[], Array.from({ length: 501 }, (_, n) => `b${n}`), 'x', [1.5, {}]]) t.equal((await ask('POST', URL, { course_id: COURSE, content_ids: ids })).status, 400)
  t.equal((await ask('POST', URL, { content_ids: ['x'] })).status, 400)
  const many = await ask<Summaries>('POST', URL, asked(Array.from({ length: 500 }, (_, n) => `b${n}`)))
  t.equal(Object.keys(many.body.summaries).length, 500)
})
