import t, { type Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, buildTestApp, COURSE, SUE } from '../../helper/app.ts'
import { startReceiver } from '../../helper/receiver.ts'

const REVIEW = '/api/edx_proctoring/proctoring_review_callback/'
const LAUNCH = '/api/edx_proctoring/proctoring_launch_callback/start_exam'
const RPNOW = {
  organization: 'edx',
  exam_sponsor: 'edX LMS',
  secret_key_id: 'foo',
  secret_key: '4B230FA45A6EC5AE8FDE2AFFACFABAA16D8A3D0B',
  crypto_key: '123456789123456712345678',
  software_download_url: 'http://rpnow.test/download',
  video_review_aes_key: 'B886E02F19C77EC734B1B132BEECD91E',
}

// a database and an app per test: more than the usual half minute on a busy machine
t.setTimeout(120_000)

interface Setup { settings?: object, lms?: object, providers?: object, standard?: string }

async function build (t: Test, { settings = {}, lms, providers = {}, standard = 'software_secure' }: Setup = {}) {
  const vendor = await startReceiver(t)
  vendor.answer(() => ({ json: { ssiRecordLocator: `rp-${vendor.received.length}` } }))
  const rpnow = { package: '@invigil/rpnow', options: { ...RPNOW, exam_register_endpoint: `${vendor.url}/register` } }
  const app = await buildTestApp(t, {
    config: {
      providers: { default: standard, enabled: { software_secure: rpnow, rpnow4: rpnow, mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000 } }, ...providers } },
      settings: { user_obfuscation_key: 'SHHHHHH', ...settings },
      ...(lms && { lms }),
    },
  })
  return { app, vendor }
}

interface Stored { id: number, status: string, attempt_code: string, external_id: string }

async function enter (app: FastifyInstance, { backend, ...fields }: { backend?: string, content_id?: string, attempt_proctored?: string } = {}) {
  const { attempt_proctored: proctored = 'true', ...examFields } = fields
  const exam = await addExam(app, examFields)
  if (backend) await app.db.query({ name: 'set-backend', text: 'update exam set backend = $2 where id = $1' }, [exam, backend])
  const { body } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: proctored })
  const read = async () => (await asPerson(app, ADA)<Stored>('GET', `${API}/attempt/${body.exam_attempt_id}`)).body
  const act = (action: string) => asPerson(app, ADA)('PUT', `${API}/attempt/${body.exam_attempt_id}`, { action })
  return { exam, read, act, ...await read() }
}

const send = (app: FastifyInstance, body: unknown, contentType = 'application/json') =>
  app.inject({ method: 'POST', url: REVIEW, headers: { 'content-type': contentType }, payload: JSON.stringify(body) })
const reviewOf = ({ attempt_code: examCode, external_id: ssiRecordLocator }: Pick<Stored, 'attempt_code' | 'external_id'>, fields: object = {}) =>
  ({ examMetaData: { examCode, ssiRecordLocator }, reviewStatus: 'Clean', ...fields })
const launch = (app: FastifyInstance, code: string) => app.inject({ method: 'GET', url: `${LAUNCH}/${code}` })

t.test('a registration leaves with the platform\'s review policy and the address of the launch', async t => {
  const { app, vendor } = await build(t, { settings: { default_review_policy: 'Open Book' } })
  const { attempt_code: code } = await enter(app)
  t.match(vendor.received[0]?.json, { examCode: code, reviewerNotes: 'Open Book', examUrl: `http://127.0.0.1:8000${LAUNCH}/${code}` })
})

t.test('the secure browser opens an attempt: ready, then in it, and gone when it comes again', async t => {
  const { app } = await build(t)
  const { attempt_code: code, read, act } = await enter(app)
  const first = await launch(app, code)
  t.equal(first.statusCode, 302)
  t.equal(first.headers.location, `/demo/courses/${COURSE}/jump_to/block-v1:mid`)
  t.equal(first.headers['cache-control'], 'no-store')
  t.match(first.headers['set-cookie'], new RegExp(`^exam=${code}:\\w+:[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax$`))
  t.equal((await read()).status, 'ready_to_start')
  await launch(app, code)
  t.equal((await read()).status, 'ready_to_start', 'a browser that loads twice changes nothing')
  await act('start')
  t.equal((await launch(app, code)).statusCode, 302)
  t.equal((await read()).status, 'submitted')
  t.equal((await launch(app, code)).statusCode, 302)
  t.equal((await read()).status, 'submitted')
})

t.test('from every status the launch does what it should', async t => {
  const cases = { created: 'ready_to_start', download_software_clicked: 'ready_to_start', ready_to_start: 'ready_to_start', started: 'submitted', ready_to_submit: 'submitted', eligible: 'eligible', declined: 'declined', error: 'error', verified: 'verified', onboarding_missing: 'onboarding_missing', onboarding_reset: 'onboarding_reset' }
  const { app } = await build(t)
  const { id, attempt_code: code, read } = await enter(app)
  for (const [from, to] of Object.entries(cases)) {
    await app.db.query({ name: 'set-status', text: 'update attempt set status = $2 where id = $1' }, [id, from])
    t.equal((await launch(app, code)).statusCode, 302, from)
    t.equal((await read()).status, to, from)
  }
})

t.test('a launch of nothing is told in words, and a look at the headers launches nothing', async t => {
  const { app } = await build(t)
  const { id, attempt_code: code, read } = await enter(app)
  for (const unknown of ['D5A1B3F0-0000-4000-8000-00000000dead', 'x']) {
    const answer = await launch(app, unknown)
    t.match(answer, { statusCode: 404, headers: { 'content-type': /text\/plain/ } })
    t.notOk(answer.headers['set-cookie'])
  }
  t.equal((await launch(app, 'a%00b')).statusCode, 404)
  for (const method of ['HEAD', 'POST', 'PUT'] as const) t.equal((await app.inject({ method, url: `${LAUNCH}/${code}` })).statusCode, 405, method)
  t.equal((await read()).status, 'created')
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${id}`)
  t.equal((await launch(app, code)).statusCode, 404, 'a removed attempt is not opened again')
})

t.test('on an https platform the cookie stays on https, and odd content ids do not break the address', async t => {
  const { app } = await build(t, { lms: { root_url: 'https://lms.test', site_name: 'lms.test' } })
  const { attempt_code: code } = await enter(app, { content_id: 'Prüfung 1' })
  const { headers } = await launch(app, code)
  t.match(headers['set-cookie'], /; Secure/)
  t.equal(headers.location, `/courses/${COURSE}/jump_to/Pr%C3%BCfung%201`)
})

t.test('Q72: content of a running exam is for the browser that was launched for this attempt', async t => {
  const { app } = await build(t)
  const ada = asPerson(app, ADA)
  const view = async (content: string, cookie?: string) => {
    const answer = await ada<{ view: string }>('POST', '/api/invigil/v1/student_view', { course_id: COURSE, content_id: content, context: {} }, { accept: 'application/json', ...(cookie && { cookie }) })
    return answer.status === 204 ? 'content' : answer.body.view
  }
  const mid = await enter(app)
  const cookie = String((await launch(app, mid.attempt_code)).headers['set-cookie']).split(';')[0] ?? ''
  await mid.act('start')
  t.equal(await view('block-v1:mid'), 'proctored_exam/error_wrong_browser')
  t.equal(await view('block-v1:mid', cookie), 'content')
  t.equal(await view('block-v1:mid', `${cookie}x`), 'proctored_exam/error_wrong_browser', 'a forged one')
  t.equal(await view('block-v1:mid', `exam=${mid.attempt_code}`), 'proctored_exam/error_wrong_browser', 'one without a signature')
  const other = await enter(app, { content_id: 'block-v1:end' })
  const otherCookie = String((await launch(app, other.attempt_code)).headers['set-cookie']).split(';')[0] ?? ''
  t.equal(await view('block-v1:mid', otherCookie), 'proctored_exam/error_wrong_browser', 'the cookie of another attempt')
})

t.test('a review is stored with its comments, whatever it calls itself', async t => {
  const { app } = await build(t)
  const attempt = await enter(app)
  const comment = { comments: 'looked away', eventStart: 1, eventFinish: 2, duration: 1, eventStatus: 'Suspicious' }
  const body = reviewOf(attempt, { reviewStatus: 'Suspicious', webCamComments: [comment], videoReviewLink: 'http://video.test/DirectLink-Generic.aspx?ID=foo', reviewed_by: 'sue@example.com' })
  for (const contentType of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    t.match(await send(app, body, contentType), { statusCode: 200, body: '"OK"', headers: { 'content-type': /application\/json/ } }, contentType)
  }
  t.equal((await attempt.read()).status, 'second_review_required', 'Q75: nobody stands behind it, whoever it names')
  const rows = await app.db.query<{ data: string }>({ name: 'review', text: 'select review_status, raw_data as data, encrypted_video_url as video, reviewed_by_id as reviewer from review' }, [])
  t.match(rows, [{ review_status: 'Suspicious', video: 'ejd1aaGLNJdxyK0etBreCLjUopYL_9Nt9NUTSSpDyEOPaQITJ3wC8tIm9tDfXUXYgJHsBzULsRBsbptGNyXuHw==', reviewer: null }])
  t.notMatch(rows[0]?.data, /videoReviewLink/)
  t.match(await app.db.query({ name: 'comments', text: 'select comment, status, start_time, stop_time, duration from review_comment' }, []), [{ comment: 'looked away', status: 'Suspicious', start_time: 1, stop_time: 2, duration: 1 }])
})

t.test('every verdict makes of the attempt what it should', async t => {
  const { app } = await build(t)
  const attempt = await enter(app)
  for (const [reviewStatus, status] of [['Suspicious', 'second_review_required'], ['Not Reviewed', 'error'], ['Rules Violation', 'verified'], ['Clean', 'verified']]) {
    t.equal((await send(app, reviewOf(attempt, { reviewStatus }))).statusCode, 200)
    t.equal((await attempt.read()).status, status, reviewStatus ?? '')
  }
})

t.test('what cannot be believed or read is refused with words, and nothing is stored', async t => {
  const { app } = await build(t)
  const attempt = await enter(app)
  const about = { examCode: attempt.attempt_code, ssiRecordLocator: attempt.external_id }
  const bad: unknown[] = [
    {}, [], 'text', 5, { reviewStatus: 'Clean' }, { examMetaData: null, reviewStatus: 'Clean' }, { examMetaData: 'x' },
    { examMetaData: { ...about, examCode: undefined }, reviewStatus: 'Clean' }, { examMetaData: { ...about, examCode: 'unknown' }, reviewStatus: 'Clean' },
    { examMetaData: { ...about, examCode: 'a\u0000b' }, reviewStatus: 'Clean' }, { examMetaData: { ...about, examCode: { $gt: '' } }, reviewStatus: 'Clean' },
    { examMetaData: { ...about, ssiRecordLocator: 'rp-2' }, reviewStatus: 'Clean' }, { examMetaData: { examCode: attempt.attempt_code }, reviewStatus: 'Clean' },
    reviewOf(attempt, { reviewStatus: 'Bogus' }), reviewOf(attempt, { reviewStatus: undefined }), reviewOf(attempt, { webCamComments: [{}] }),
  ]
  for (const body of bad) {
    const answer = await send(app, body)
    t.equal(answer.statusCode, 400, JSON.stringify(body))
    t.type(answer.json<{ detail: unknown }>().detail, 'string')
  }
  const broken = await app.inject({ method: 'POST', url: REVIEW, headers: { 'content-type': 'application/json' }, payload: '{"examMetaData":' })
  t.equal(broken.statusCode, 400)
  t.equal((await app.inject({ method: 'GET', url: REVIEW })).statusCode, 405)
  t.same(await app.db.query({ name: 'reviews', text: 'select id from review' }, []), [])
  t.equal((await attempt.read()).status, 'created')
})

t.test('the record locator is compared without its case, and not at all where simulation is allowed', async t => {
  const strict = await build(t)
  const attempt = await enter(strict.app)
  t.equal((await send(strict.app, reviewOf({ ...attempt, external_id: attempt.external_id.toUpperCase() }))).statusCode, 200)
  const lax = await build(t, { settings: { allow_callback_simulation: true } })
  const simulated = await enter(lax.app)
  t.equal((await send(lax.app, reviewOf({ ...simulated, external_id: 'anything' }))).statusCode, 200)
  t.equal((await simulated.read()).status, 'verified')
})

t.test('Q77: an attempt the vendor never had cannot be reviewed, simulation or not', async t => {
  for (const simulation of [false, true]) {
    const { app } = await build(t, { settings: { allow_callback_simulation: simulation } })
    const attempt = await enter(app, { attempt_proctored: 'false' })
    t.equal((await send(app, reviewOf({ ...attempt, external_id: 'rp-1' }))).statusCode, 400)
    t.equal((await attempt.read()).status, 'declined')
  }
})

t.test('a learner cannot pass himself where another vendor watches: what he knows of his attempt is no proof', async t => {
  const { app } = await build(t)
  const attempt = await enter(app, { backend: 'mock' })
  t.match((await send(app, reviewOf(attempt))).json(), { detail: /not reviewed by the vendor/ })
  t.equal((await attempt.read()).status, 'created')
  const same = await enter(app, { backend: 'rpnow4', content_id: 'block-v1:end' })
  t.equal((await send(app, reviewOf(same))).statusCode, 200, 'another name of the same vendor')
})

t.test('a review of a removed attempt is kept, of an exam no longer proctored it counts', async t => {
  const { app } = await build(t)
  const removed = await enter(app)
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${removed.id}`)
  t.equal((await send(app, reviewOf(removed))).statusCode, 200)
  t.match(await app.db.query({ name: 'reviews', text: 'select is_attempt_active as active, review_status as status from review' }, []), [{ active: false, status: 'Clean' }])
  const timed = await enter(app, { content_id: 'block-v1:end' })
  await asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: timed.exam, is_proctored: false })
  t.equal((await send(app, reviewOf(timed))).statusCode, 200)
  t.equal((await timed.read()).status, 'verified')
})

t.test('a second review is refused where updates are off', async t => {
  const { app } = await build(t, { settings: { allow_review_updates: false } })
  const attempt = await enter(app)
  t.equal((await send(app, reviewOf(attempt))).statusCode, 200)
  t.equal((await send(app, reviewOf(attempt, { reviewStatus: 'Suspicious' }))).statusCode, 400)
  t.equal((await attempt.read()).status, 'verified')
})

t.test('without that provider there is nothing at this address; a retired one says so', async t => {
  const none = await buildTestApp(t)
  t.match(await send(none, { examMetaData: { examCode: 'x' } }), { statusCode: 404 })
  const { app } = await build(t, { standard: 'rpnow4', providers: { software_secure: { retired: true } } })
  const attempt = await enter(app)
  await app.db.query({ name: 'of-old', text: "update attempt set provider = 'software_secure' where id = $1" }, [attempt.id])
  t.equal((await send(app, reviewOf(attempt))).statusCode, 503)
})

t.test('strangers are slowed down at the review callback', async t => {
  const { app } = await build(t)
  const answers = await Promise.all(Array.from({ length: 310 }, () => send(app, {})))
  t.ok(answers.some(({ statusCode }) => statusCode === 429))
  t.ok(answers.every(({ statusCode }) => statusCode === 429 || statusCode === 400))
})
