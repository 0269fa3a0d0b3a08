import t from 'tap'
import { addExam, ADA, API, asPerson, buildTestApp, COURSE, SUE, tokenFor, type Person } from '../../helper/app.ts'

/** Fields of the objects of contract 02 §2, in the order they have on the wire. */
const EXAM = ['id', 'course_id', 'content_id', 'external_id', 'exam_name', 'time_limit_mins', 'is_proctored', 'is_practice_exam', 'is_active', 'due_date', 'hide_after_due', 'backend']
const TIMER = ['in_timed_exam', 'taking_as_proctored', 'exam_type', 'exam_display_name', 'exam_url_path', 'time_remaining_seconds', 'total_time', 'low_threshold_sec', 'critically_low_threshold_sec',
  'course_id', 'attempt_id', 'external_id', 'accessibility_time_string', 'attempt_status', 'exam_started_poll_url', 'attempt_ready_to_resume', 'use_legacy_attempt_api', 'desktop_application_js_url']
const WITH_PROVIDER = [...TIMER, 'ping_interval', 'attempt_code']
const BEFORE_READY = [...WITH_PROVIDER, 'software_download_url']
const SETTINGS = ['platform_name', 'contact_us', 'link_urls', 'exam_proctoring_backend']
const PROVIDER_SETTINGS = ['provider_tech_support_email', 'provider_tech_support_phone', 'provider_name', 'learner_notification_from_email', 'integration_specific_email', 'proctoring_escalation_email']

type Fields = Record<string, unknown>

const app = await buildTestApp(t)
const ada = asPerson(app, ADA)
const timed = await addExam(app, { content_id: 'timed', is_proctored: false })
const proctored = await addExam(app, { content_id: 'proctored' })
const keys = (value: unknown) => Object.keys(Object(value))
const enter = async (exam: number, person: Person, start: boolean) => (await asPerson(app, person)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: exam === proctored, start_clock: start })).body.exam_attempt_id
const courseData = async (content: string, person = ADA) => (await asPerson(app, person)<{ exam: Fields, active_attempt: Fields }>('GET', `${API}/attempt/course_id/${COURSE}?content_id=${content}`)).body

t.test('an exam has twelve fields in this order wherever it is told', async t => {
  t.strictSame(keys((await ada('GET', `${API}/exam/exam_id/${timed}`)).body), EXAM)
  t.strictSame(keys((await ada('GET', `${API}/exam/course_id/${COURSE}/content_id/timed`)).body), EXAM)
  for (const exam of (await ada<Fields[]>('GET', `${API}/exam/course_id/${COURSE}`)).body) t.strictSame(keys(exam), EXAM)
})

t.test('the data of a section is the exam with what goes with the learner behind it', async t => {
  t.strictSame(keys((await courseData('timed')).exam), [...EXAM, 'total_time', 'attempt', 'type', 'passed_due_date', 'use_legacy_attempt_api'])
  const text = (await ada('GET', `${API}/attempt/course_id/${COURSE}?content_id=timed`)).text
  t.ok(text.startsWith('{"exam":{"id":') && text.endsWith('"attempt":{},"type":"timed","passed_due_date":false,"use_legacy_attempt_api":true},"active_attempt":{}}'), 'compact, and empty objects for no attempt')
  t.strictSame(await courseData('nothing'), { exam: {}, active_attempt: {} })
})

t.test('the timer has 18 fields without a provider, 20 with one, 21 before the attempt is ready', async t => {
  t.strictSame((await ada('GET', `${API}/attempt`)).text, '{"in_timed_exam":false,"is_proctored":false}')
  const bob = { id: 102, username: 'bob' }
  await enter(proctored, bob, false)
  const { exam, active_attempt: none } = await courseData('proctored', bob)
  t.strictSame(keys(exam), [...EXAM, 'attempt', 'type', 'passed_due_date', 'use_legacy_attempt_api'])
  t.strictSame(keys(exam.attempt), BEFORE_READY)
  t.strictSame(none, {})
  const id = await enter(proctored, ADA, true)
  t.strictSame(keys((await courseData('proctored')).active_attempt), WITH_PROVIDER)
  t.strictSame(keys((await ada('GET', `${API}/active_attempt`)).body), WITH_PROVIDER)
  await ada('PUT', `${API}/attempt/${id}`, { action: 'submit' })
  await enter(timed, ADA, true)
  t.strictSame(keys((await ada('GET', `${API}/attempt`)).body), TIMER)
})

t.test('settings of an exam, with its provider\'s behind them', async t => {
  t.strictSame(keys((await ada('GET', `${API}/settings/exam_id/${timed}/`)).body), SETTINGS)
  t.strictSame(keys((await ada('GET', `${API}/settings/exam_id/${proctored}/`)).body), [...SETTINGS, ...PROVIDER_SETTINGS])
})

t.test('what there is nothing to say about is 200 without a body and without a content type', async t => {
  const headers = { authorization: `JWT ${await tokenFor(SUE)}` }
  const grant = { exam_id: timed, user_info: 'ada', key: 'additional_time_granted', value: '5' }
  const bulk = { exam_ids: String(timed), user_ids: 'ada', allowance_type: 'additional_time_granted', value: '5' }
  const id = await enter(proctored, { id: 103, username: 'carl' }, true)
  for (const [method, url, payload] of [
    ['PUT', `${API}/allowance`, grant], ['PUT', `${API}/bulk_allowance`, bulk], ['DELETE', `${API}/allowance`, { exam_id: timed, user_id: 101, key: 'x' }], ['DELETE', `${API}/attempt/${id}`, {}],
    ['DELETE', `${API}/exam_id/${timed}/user_id/101/reset_attempts`, {}],
  ] as const) {
    const answer = await app.inject({ method, url, headers, payload })
    t.match({ status: answer.statusCode, body: answer.body, type: answer.headers['content-type'] }, { status: 200, body: '', type: undefined }, `${method} ${url}`)
  }
})

t.test('an allowance has seven fields in this order', async t => {
  await asPerson(app, SUE)('PUT', `${API}/allowance`, { exam_id: timed, user_info: 'ada', key: 'note', value: 'é' })
  const answer = await asPerson(app, SUE)<Fields[]>('GET', `${API}/${COURSE}/allowance`)
  for (const allowance of answer.body) {
    t.strictSame(keys(allowance), ['id', 'created', 'modified', 'user', 'key', 'value', 'proctored_exam'])
    t.strictSame(keys(allowance.user), ['id', 'username', 'email'])
    t.strictSame(keys(allowance.proctored_exam), EXAM)
  }
  t.ok(answer.text.includes('"value":"é"'), 'letters are not escaped')
})
