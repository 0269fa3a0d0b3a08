import t from 'tap'
import { hostApi } from '../core/index.ts'
import { addExam, ADA, BOB, buildTestApp, COURSE } from './helper/app.ts'
import { sendReview, statusOf, takeExam } from './helper/attempts.ts'

const CORA = { id: 301, username: 'cora', email: 'cora@example.com', fullName: '', isActive: true }
const CONTENT = 'block-v1:mid'

t.test('a platform in the same process asks how things stand', async t => {
  const app = await buildTestApp(t, { config: { providers: { default: 'mock', enabled: { mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000, has_dashboard: true, integration_specific_email: 'help@mock.example' } }, null: { package: '@invigil/null' } } } } })
  const host = hostApi(app)
  t.equal(await host.isDashboardAvailable(COURSE), false)
  const exam = await addExam(app)
  t.equal(await host.isDashboardAvailable(COURSE), true)
  t.equal(await host.examConfigurationDashboardUrl(COURSE, CONTENT), `/api/edx_proctoring/v1/instructor/${COURSE}/${exam}?config=true`)
  t.equal(await host.examConfigurationDashboardUrl(COURSE, 'nothing'), null)
  t.equal(host.providerSupportsOnboarding('mock'), false)
  t.equal(host.providerSupportsOnboarding('nobody'), false)
  t.same(host.providerChoices(), [{ name: 'mock', verboseName: 'Mock Backend' }, { name: 'null', verboseName: host.providerChoices()[1]?.verboseName }])
  t.equal(host.integrationEmail('mock'), 'help@mock.example')
  t.equal(host.integrationEmail('nobody'), 'help@example.org')
  t.equal(await host.onboardingLink({ courseId: COURSE, userId: ADA.id, mfe: false }), '')

  t.match(await host.attemptStatusSummary({ userId: ADA.id, courseId: COURSE, contentId: CONTENT }), { status: 'eligible', short_description: 'Proctored Option Available' })
  t.match(await host.attemptStatusSummary({ userId: ADA.id, courseId: COURSE, contentId: CONTENT, language: 'es' }), { short_description: 'Puede hacerse supervisado' })
  t.equal(await host.attemptStatusSummary({ userId: ADA.id, courseId: COURSE, contentId: 'nothing' }), null)
  const attempt = await takeExam(app, ADA, exam)
  await sendReview(app, attempt, 'violation', [{ comment: 'spoke', status: 'Suspicious' }])
  t.type(await host.lastExamCompletionDate(COURSE, 'ada'), Date)
  const report: Record<string, unknown>[] = []
  for await (const record of host.violationReport(COURSE)) report.push(record)
  t.match(report, [{ username: 'ada', review_status: 'Rules Violation', 'Suspicious Comments': ['spoke'] }])
})

t.test('it starts, times out and marks attempts as the platform\'s own functions did', async t => {
  const app = await buildTestApp(t)
  const host = hostApi(app)
  const exam = await addExam(app)
  const { id, code } = await takeExam(app, ADA, exam, 'created')
  t.match(await host.startAttemptByCode(code), { attempt: { status: 'started' } })
  await t.rejects(host.startAttemptByCode(code), { code: 'INV_ALREADY_STARTED' })
  await t.rejects(host.startAttemptByCode('NONE'), { code: 'INV_ATTEMPT_NOT_FOUND' })
  await t.rejects(host.markResumed(id), { code: 'INV_BAD_REQUEST' })
  const { attempt } = await host.timeOutAttempt(id)
  t.equal(attempt.status, 'submitted')
  t.type(attempt.completedAt, Date)
  await t.rejects(host.timeOutAttempt(99), { code: 'INV_ATTEMPT_NOT_FOUND' })

  const bob = await takeExam(app, BOB, exam, 'started')
  const admin = host.admin(CORA)
  await admin.saveAttempt(bob.id, { status: 'error' })
  await app.db.query({ name: '', text: 'update attempt set ready_to_resume = true, is_resumable = false, version = version + 1 where id = $1' }, [bob.id])
  t.match((await host.markResumed(bob.id)).attempt, { resumed: true, isResumable: false })
})

t.test('an attempt whose time is over is timed out once, as of its end', async t => {
  const app = await buildTestApp(t)
  const { id } = await takeExam(app, ADA, await addExam(app), 'started')
  await app.db.query({ name: '', text: "update attempt set started_at = started_at - interval '1 day' where id = $1" }, [id])
  const { attempt } = await hostApi(app).timeOutAttempt(id)
  t.equal(attempt.completedAt?.getTime(), (attempt.startedAt?.getTime() ?? 0) + 90 * 60_000)
  t.equal((await app.effects.list({ subject: `attempt:${id}`, kind: 'provider' })).filter(({ what }) => what === 'mock.stopAttempt').length, 1)
})

t.test('administrators save under their own name', async t => {
  const app = await buildTestApp(t)
  await app.domain.db.query({ name: '', text: "insert into users (id, username, email, created_at, modified_at) values (301, 'cora', 'cora@example.com', now(), now())" }, [])
  const admin = hostApi(app).admin(CORA)
  const exam = await addExam(app)
  const attempt = await takeExam(app, ADA, exam)
  await sendReview(app, attempt, 'suspicious')
  t.match(await admin.saveReview(attempt.code, {}), { attempt: { status: 'rejected' } })
  t.match(await admin.saveReview(attempt.code, { reviewStatus: 'Not Reviewed', notes: 'again' }), { attempt: { status: 'error' } })
  await t.rejects(admin.saveAttempt(attempt.id, { status: 'created' }), { code: 'INV_ILLEGAL_TRANSITION' })
  t.equal(await statusOf(app, attempt.id), 'error')
  await admin.saveAttempt(attempt.id, { status: 'verified' })

  await admin.deleteReview(attempt.code)
  await t.rejects(admin.deleteReview(attempt.code), { code: 'INV_REVIEW_NOT_FOUND' })
  t.equal(await statusOf(app, attempt.id), 'verified', 'the attempt keeps its status')
  t.same(await app.db.query({ name: '', text: "select change, actor_name as name from history where entity = 'review' order by id" }, []), [
    { change: '+', name: 'sue' }, { change: '~', name: 'cora' }, { change: '~', name: 'cora' }, { change: '-', name: 'cora' },
  ])

  t.match(await admin.saveExam(exam, { timeLimitMins: 45, dueDate: null }), { timeLimitMins: 45, examName: 'Midterm' })
  await admin.saveReviewPolicy(exam, 'Open book')
  await admin.saveReviewPolicy(exam, 'Closed book')
  t.match(await hostApi(app).getReviewPolicy(exam), { text: 'Closed book' })
  await admin.saveReviewPolicy(exam, '')
  await t.rejects(hostApi(app).getReviewPolicy(exam), { code: 'INV_REVIEW_POLICY_NOT_FOUND' })
  await admin.saveReviewPolicy(exam, '')
})
