import t, { type Test } from 'tap'
import { createHttpLms, type HttpLmsOptions } from '../../core/lms/http.ts'
import { lmsRefusalOf } from '../../core/lms/refusal.ts'
import { startReceiver, type Answer } from '../helper/receiver.ts'

const COURSE = 'course-v1:A+B+C'
const at = new Date('2030-01-01T00:00:00Z')

async function buildLms (t: Test, options: Partial<HttpLmsOptions> = {}) {
  const platform = await startReceiver(t)
  const warnings: object[] = []
  const { services, close } = createHttpLms({
    servicesUrl: `${platform.url}/services/`, token: 'secret-token', cacheTtlMs: 0, log: { warn: fields => warnings.push(fields) }, ...options,
  })
  t.teardown(close)
  const result = (json: unknown): Answer => ({ json: { result: json } })
  return { lms: services, platform, warnings, close, answerWith: (json: unknown) => platform.answer(() => result(json)) }
}

t.test('every query goes to its service and method with named arguments and the token', async t => {
  const { lms, platform, answerWith } = await buildLms(t)
  answerWith(null)
  await lms.credit.getCreditState(101, COURSE)
  await lms.credit.getCreditState(101, COURSE, { returnCourseInfo: true })
  await lms.grades.shouldOverrideGradeOnRejectedExam(COURSE)
  await lms.instructor.isCourseStaff(101, COURSE)
  await lms.instructor.getProctoringEscalationEmail(COURSE)
  await lms.enrollments.getEnrollmentsCanTakeProctoredExams(COURSE, 'ada')
  await lms.enrollments.getProctoredEnrollmentsPage(COURSE, null, { offset: 50, limit: 25 })
  await lms.learningSequences.getUserCourseOutlineDetails(COURSE, 101, at)
  await lms.nameAffirmation.getVerifiedName(101)
  await lms.dates.getDateForBlock(COURSE, 'block', null)
  await lms.dates.getDatesForCourse(COURSE)
  t.same(platform.received.map(({ path, json }) => [path, json]), [
    ['/services/credit/get_credit_state', { user_id: 101, course_id: COURSE }],
    ['/services/credit/get_credit_state', { user_id: 101, course_id: COURSE, return_course_info: true }],
    ['/services/grades/should_override_grade_on_rejected_exam', { course_id: COURSE }],
    ['/services/instructor/is_course_staff', { user: 101, course_id: COURSE }],
    ['/services/instructor/get_proctoring_escalation_email', { course_id: COURSE }],
    ['/services/enrollments/get_enrollments_can_take_proctored_exams', { course_id: COURSE, text_search: 'ada' }],
    ['/services/enrollments/get_proctored_enrollments_page', { course_id: COURSE, text_search: null, offset: 50, limit: 25 }],
    ['/services/learning_sequences/get_user_course_outline_details', { course_key: COURSE, user: 101, at_time: '2030-01-01T00:00:00Z' }],
    ['/services/name_affirmation/get_verified_name', { user: 101, is_verified: false, statuses_to_exclude: ['denied'] }],
    ['/services/dates/get_date_for_block', { course_id: COURSE, content_id: 'block', field: 'due', user: null }],
    ['/services/dates/get_dates_for_course', { course_id: COURSE }],
  ])
  t.ok(platform.received.every(({ headers }) => headers.authorization === 'Bearer secret-token' && headers['content-type'] === 'application/json'))
})

t.test('answers come back as the port promises', async t => {
  const { lms, answerWith } = await buildLms(t)
  const requirement = { namespace: 'proctored_exam', name: 'block', display_name: 'Midterm', status: null, order: 1, extra: true }
  answerWith({ enrollment_mode: 'verified', profile_fullname: 'Ada', student_email: 'a@x', course_name: 'Demo', course_end_date: '2030-02-01T00:00:00+01:00', credit_requirement_status: [requirement], more: 1 })
  t.same(await lms.credit.getCreditState(1, COURSE), {
    enrollmentMode: 'verified', profileFullname: 'Ada', studentEmail: 'a@x', courseName: 'Demo', courseEndDate: new Date('2030-01-31T23:00:00Z'), creditRequirementStatus: [requirement],
  })
  answerWith({})
  t.same(await lms.credit.getCreditState(1, COURSE), {
    enrollmentMode: null, profileFullname: null, studentEmail: null, courseName: null, courseEndDate: null, creditRequirementStatus: [],
  })
  answerWith(true)
  t.equal(await lms.grades.shouldOverrideGradeOnRejectedExam(COURSE), true)
  t.equal(await lms.instructor.isCourseStaff(1, COURSE), true)
  answerWith('help@x')
  t.equal(await lms.instructor.getProctoringEscalationEmail(COURSE), 'help@x')
  answerWith([{ user: { id: 5, username: 'ada', email: 'a@x' }, mode: 'verified' }])
  t.same(await lms.enrollments.getEnrollmentsCanTakeProctoredExams(COURSE, null), [{ user: { id: 5, username: 'ada', email: 'a@x', fullName: '' }, mode: 'verified' }])
  answerWith({ count: 30, results: [{ user: { id: 5, username: 'ada', email: 'a@x' }, mode: 'verified' }] })
  t.same(await lms.enrollments.getProctoredEnrollmentsPage(COURSE, null, { offset: 25, limit: 25 }), { count: 30, enrollments: [{ user: { id: 5, username: 'ada', email: 'a@x', fullName: '' }, mode: 'verified' }] })
  answerWith({ outline: { accessible_sequences: ['a'] }, schedule: { sequences: { a: { effective_start: '2030-01-01', due: null } }, course_end: '2030-06-01T00:00:00.123456Z' } })
  t.same(await lms.learningSequences.getUserCourseOutlineDetails(COURSE, 1, at), {
    accessibleSequences: ['a'], sequences: { a: { effectiveStart: at, due: null } }, courseEnd: new Date('2030-06-01T00:00:00.123Z'),
  })
  answerWith({ verified_name: 'Ada L.' })
  t.equal(await lms.nameAffirmation.getVerifiedName(1), 'Ada L.')
  answerWith('2030-01-01T00:00:00')
  t.same(await lms.dates.getDateForBlock(COURSE, 'b', 1), at, 'a time without a zone is UTC')
  answerWith([{ field: 'end', date: '2030-01-01' }, { field: 'start', date: 'soon' }, { field: 'due', date: { relative: 3 }, content_id: 'b' }])
  t.same(await lms.dates.getDatesForCourse(COURSE), [{ contentId: null, field: 'end', date: at }], 'what is no date is left out')
})

t.test('a service the platform does not have answers as absent, and is told once in the log', async t => {
  const { lms, platform, warnings } = await buildLms(t)
  platform.answer(() => ({ status: 404, text: '<h1>Not Found</h1>' }))
  t.equal(await lms.credit.getCreditState(1, COURSE), null)
  t.equal(await lms.grades.shouldOverrideGradeOnRejectedExam(COURSE), false)
  t.equal(await lms.instructor.isCourseStaff(1, COURSE), false)
  t.equal(await lms.enrollments.getEnrollmentsCanTakeProctoredExams(COURSE, null), null)
  t.same(await lms.dates.getDatesForCourse(COURSE), [])
  t.same(await lms.dates.getDatesForCourse(COURSE), [])
  t.equal(await lms.commands.send({ service: 'credit', method: 'x', args: {} }, { idempotencyKey: 'k', requestId: null }), 'absent')
  t.equal(warnings.length, 6)
})

t.test('nonsense is a bad answer that names the fault', async t => {
  const { lms, platform, answerWith } = await buildLms(t)
  const bad = { code: 'INV_LMS_BAD_ANSWER', statusCode: 502 }
  for (const nonsense of ['yes', 1, {}, []]) {
    answerWith(nonsense)
    await t.rejects(lms.grades.shouldOverrideGradeOnRejectedExam(COURSE), bad)
  }
  answerWith({ credit_requirement_status: [{ name: 1 }] })
  await t.rejects(lms.credit.getCreditState(1, COURSE), { ...bad, message: /credit_requirement_status/ })
  for (const nonsense of ['soon', '2030-13-45', 7]) {
    answerWith(nonsense)
    await t.rejects(lms.dates.getDateForBlock(COURSE, 'b', 1), bad)
  }
  for (const text of ['', 'hello', '[]', '{}', '"x"', 'null']) {
    platform.answer(() => ({ text }))
    await t.rejects(lms.instructor.isCourseStaff(1, COURSE), bad, text)
  }
})

t.test('reasons of the platform are typed, and a course it does not know has nobody to write to', async t => {
  const { lms, platform } = await buildLms(t)
  for (const [status, reason] of [[400, 'bad_key'], [404, 'not_found'], [422, 'user_not_found']] as const) {
    platform.answer(() => ({ status, json: { error: reason } }))
    const error: unknown = await lms.instructor.isCourseStaff(1, COURSE).catch(thrown => thrown)
    t.match(error, { code: 'INV_LMS_REFUSED', statusCode: 502 })
    t.equal(lmsRefusalOf(error), reason)
    if (reason === 'user_not_found') await t.rejects(lms.instructor.getProctoringEscalationEmail(COURSE), { code: 'INV_LMS_REFUSED' })
    else t.equal(await lms.instructor.getProctoringEscalationEmail(COURSE), null)
  }
  platform.answer(() => ({ status: 400, json: { error: 'out of cheese' } }))
  await t.rejects(lms.instructor.isCourseStaff(1, COURSE), { code: 'INV_LMS_FAILED', statusCode: 502, platformStatus: 400 })
})

t.test('a platform that fails, is away or takes too long is told apart', async t => {
  const { lms, platform } = await buildLms(t)
  for (const status of [500, 401, 302]) {
    platform.answer(() => ({ status, text: 'no' }))
    await t.rejects(lms.instructor.isCourseStaff(1, COURSE), { code: 'INV_LMS_FAILED', platformStatus: status })
  }
  platform.answer(() => ({ delayMs: 10_000 }))
  const before = performance.now()
  await t.rejects(lms.instructor.isCourseStaff(1, COURSE), { code: 'INV_LMS_TIMEOUT', statusCode: 504 })
  t.ok(performance.now() - before < 4_500, 'a learner waits three seconds at most')
  await platform.down()
  await t.rejects(lms.instructor.isCourseStaff(1, COURSE), { code: 'INV_LMS_UNAVAILABLE', statusCode: 503, message: /ECONNREFUSED/ })
  await platform.up()
  platform.answer(() => ({ json: { result: true } }))
  t.equal(await lms.instructor.isCourseStaff(1, COURSE), true)
})

t.test('a query whose kept connection was closed meanwhile is asked again', async t => {
  const { lms, platform, answerWith } = await buildLms(t)
  answerWith(true)
  t.equal(await lms.instructor.isCourseStaff(1, COURSE), true)
  await platform.down()
  await platform.up()
  t.equal(await lms.instructor.isCourseStaff(1, COURSE), true)
})

t.test('equal questions share an answer for a while, failures are not kept, and commands are never cached', async t => {
  const { lms, platform, answerWith } = await buildLms(t, { cacheTtlMs: 100 })
  platform.answer(() => ({ status: 500 }))
  await t.rejects(lms.instructor.isCourseStaff(1, COURSE))
  answerWith(true)
  t.same(await Promise.all([lms.instructor.isCourseStaff(1, COURSE), lms.instructor.isCourseStaff(1, COURSE), lms.instructor.isCourseStaff(2, COURSE)]), [true, true, true])
  t.equal(platform.received.length, 3)
  answerWith(false)
  t.equal(await lms.instructor.isCourseStaff(1, COURSE), true)
  t.equal(await lms.commands.shouldOverrideGrade(COURSE, { requestId: null }), false)
  t.equal(await lms.grades.shouldOverrideGradeOnRejectedExam(COURSE), false)
  answerWith(true)
  t.equal(await lms.commands.shouldOverrideGrade(COURSE, { requestId: null }), true, 'a grade depends on it: asked anew')
  await new Promise(resolve => setTimeout(resolve, 120))
  answerWith(false)
  t.equal(await lms.instructor.isCourseStaff(1, COURSE), false)
})

t.test('without a cache every question is asked', async t => {
  const { lms, platform, answerWith } = await buildLms(t)
  answerWith(true)
  await lms.instructor.isCourseStaff(1, COURSE)
  answerWith(false)
  t.equal(await lms.instructor.isCourseStaff(1, COURSE), false)
  t.equal(platform.received.length, 2)
})

t.test('commands carry an idempotency key and the request id; queries do not', async t => {
  const { lms, platform, answerWith } = await buildLms(t)
  answerWith(null)
  const command = { service: 'credit', method: 'set_credit_requirement_status', args: { user_id: 1 } }
  t.equal(await lms.commands.send(command, { idempotencyKey: 'key-1', requestId: 'req-1' }), 'done')
  await lms.instructor.isCourseStaff(1, COURSE)
  const [sent, asked] = platform.received
  t.match(sent, { path: '/services/credit/set_credit_requirement_status', json: { user_id: 1 }, headers: { 'idempotency-key': 'key-1', 'x-request-id': 'req-1' } })
  t.notOk('idempotency-key' in (asked?.headers ?? {}))
})
