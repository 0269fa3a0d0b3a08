import t, { type Test } from 'tap'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE } from '../helper/app.ts'
import { sendReview, statusOf, takeExam } from '../helper/attempts.ts'
import { createCli } from '../helper/cli.ts'

async function buildScene (t: Test, config = {}) {
  const app = await buildTestApp(t, { config })
  return { app, invigil: createCli({ app }), exam: await addExam(app) }
}

t.test('exams are listed by course and shown one by one', async t => {
  const { app, invigil, exam } = await buildScene(t)
  await addExam(app, { content_id: 'old', exam_name: 'Retired', is_active: false })
  const { code, out } = await invigil('exams', 'list', '--course', COURSE)
  t.equal(code, 0)
  t.match(out.split('\n'), [/^id +name +content +type +minutes +due +active +provider +external$/, /^ *\d+ +Midterm +block-v1:mid +proctored +90 +- +yes +mock/, /Retired .* no /])
  t.equal((await invigil('exams', 'list', '--course', COURSE, '--active', '--json')).json<object[]>().length, 1)
  t.match(await invigil('exams', 'list', '--course', 'course-v1:none'), { code: 0, out: 'None.\n' })
  t.match(await invigil('exams', 'show', `${exam}`), { code: 0, out: /review policy +-/ })
  t.match((await invigil('exams', 'show', `${exam}`, '--json')).json(), { id: exam, course_id: COURSE, exam_name: 'Midterm', review_policy: null })
  t.match(await invigil('exams', 'show', '99'), { code: 1, err: 'There is no exam 99.\n' })
})

t.test('attempts are found by course, exam, learner and status, a page at a time', async t => {
  const { app, invigil, exam } = await buildScene(t)
  const [ada, bob] = [await takeExam(app, ADA, exam), await takeExam(app, BOB, exam, 'started')]
  const ids = async (...argv: string[]) => (await invigil('attempts', 'list', '--json', ...argv)).json<{ id: number }[]>().map(({ id }) => id)
  t.same(await ids('--course', COURSE), [bob.id, ada.id], 'newest first')
  t.same(await ids('--exam', `${exam}`, '--status', 'started'), [bob.id])
  t.same(await ids('--user', 'ADA@example.com'), [ada.id])
  const page = await invigil('attempts', 'list', '--limit', '1')
  t.match(page, { code: 0, out: new RegExp(`^ *id +learner .*\\n *${bob.id} +bob `), err: `More: --before ${bob.id}\n` })
  t.same(await ids('--limit', '1', '--before', `${bob.id}`), [ada.id])
  t.match(await invigil('attempts', 'list', '--user', 'nobody'), { code: 1, err: /invigil users remember/ })
  t.match((await invigil('attempts', 'list', '--json', '--user', 'ada')).json(), [{ id: ada.id, attempt_code: ada.code, username: 'ada', course_id: COURSE, exam_name: 'Midterm', is_current: true }])
})

t.test('an attempt is shown with its story, and what it stores cannot steer a terminal', async t => {
  const { app, invigil } = await buildScene(t)
  const exam = await addExam(app, { content_id: 'odd', exam_name: 'Mid\u001b[31mterm' })
  const attempt = await takeExam(app, ADA, exam)
  await sendReview(app, attempt, 'suspicious')
  const { code, out } = await invigil('attempts', 'show', `${attempt.id}`)
  t.equal(code, 0)
  t.notOk(out.includes('\u001b'))
  t.match(out, new RegExp(`code +${attempt.code}`))
  t.match(out, /attempt +changed +learner ada .*status: started -> submitted/)
  t.match(out, /effect +mock\.stopAttempt +- +pending/)
  t.match(out, /review +created .*reviewStatus: Suspicious/)
  t.match((await invigil('attempts', 'show', `${attempt.id}`, '--json')).json(), { id: attempt.id, timeline: [{ about: 'attempt', what: 'created' }] })
  t.match(await invigil('attempts', 'show', '99'), { code: 1, err: 'There is no attempt 99.\n' })
})

t.test('an attempt is removed in the name of a member of staff, whom the platform is told', async t => {
  const { app, invigil, exam } = await buildScene(t)
  const { id } = await takeExam(app, ADA, exam)
  t.match(await invigil('attempts', 'remove', `${id}`), { code: 2, err: /--as is missing/ })
  t.match(await invigil('attempts', 'remove', `${id}`, '--as', 'sue'), { code: 0, out: `Attempt ${id} is removed.\n` })
  const [row] = await app.db.query<{ args: object }>({ name: '', text: "select payload->'args' as args from effect where payload->>'method' = 'delete_student_attempt'" }, [])
  t.match(row?.args, { username: 'ada', requesting_user: 'sue' })
  t.match((await invigil('attempts', 'list', '--removed')).out, new RegExp(`^ *${id} .*removed$`, 'm'))
  t.match(await invigil('attempts', 'remove', `${id}`, '--as', 'sue'), { code: 1, err: `There is no attempt ${id}.\n` })
})

t.test('a practice attempt is reset, an attempt that broke off is let go on', async t => {
  const { app, invigil, exam } = await buildScene(t)
  const practice = await takeExam(app, ADA, await addExam(app, { content_id: 'p', is_practice_exam: true }))
  t.match(await invigil('attempts', 'reset', `${practice.id}`, '--as', 'sue'), { code: 0, out: /is set aside; the learner has attempt \d+ now/ })
  const graded = await takeExam(app, ADA, exam, 'started')
  t.match(await invigil('attempts', 'reset', `${graded.id}`, '--as', 'sue'), { code: 1, err: /only practice exams can be taken again/ })
  t.match(await invigil('attempts', 'resume', `${graded.id}`), { code: 1, err: /cannot be resumed/ })
  await asPerson(app, ADA)('PUT', `${API}/attempt/${graded.id}`, { action: 'error' })
  t.match((await invigil('attempts', 'resume', `${graded.id}`, '--json')).json(), { id: graded.id, ready_to_resume: true })
})

t.test('reviews are listed by what waits for a person, shown with their remarks, and decided', async t => {
  const { app, invigil, exam } = await buildScene(t)
  const [ada, bob] = [await takeExam(app, ADA, exam), await takeExam(app, BOB, exam)]
  await sendReview(app, ada, 'suspicious', [{ comment: 'second person', status: 'Suspicious', start: 10, stop: 20, duration: 10 }])
  await sendReview(app, bob, 'passed')
  const codes = async (...argv: string[]) => (await invigil('reviews', 'list', '--json', ...argv)).json<{ attempt_code: string }[]>().map(row => row.attempt_code)
  t.same((await codes('--course', COURSE)).toSorted(), [ada.code, bob.code].toSorted())
  t.same(await codes('--unreviewed', '--status', 'Suspicious'), [ada.code])
  t.same(await codes('--user', 'bob'), [bob.code])
  t.equal((await codes('--limit', '1')).length, 1)
  t.match(await invigil('reviews', 'show', ada.code), { code: 0, out: /reviewer +automatic[^]*10 +20 +Suspicious +second person/ })
  t.match((await invigil('reviews', 'show', ada.code, '--json')).json(), { has_video: false, comments: [{ start_time: 10, comment: 'second person' }] })
  t.match(await invigil('reviews', 'show', 'NONE'), { code: 1, err: /no review of attempt "NONE"/ })

  t.match(await invigil('reviews', 'submit', ada.code, '--status', 'Suspicious'), { code: 2, err: /--as is missing/ })
  t.match(await invigil('reviews', 'submit', ada.code, '--as', 'nobody'), { code: 1, err: /no user "nobody"/ })
  t.equal(await statusOf(app, ada.id), 'second_review_required')
  t.match(await invigil('reviews', 'submit', ada.code, '--as', 'sue', '--notes', 'I saw it.'), { code: 0, out: `The review is saved; attempt ${ada.id} is rejected.\n` })
  t.match((await invigil('reviews', 'show', ada.code, '--json')).json(), { reviewer: 'sue', review_status: 'Suspicious', raw_data: 'I saw it.' })
  t.same(await codes('--unreviewed', '--status', 'Suspicious'), [])
  const grade = await app.db.query<{ overrider: string }>({ name: '', text: "select payload->'args'->>'overrider' as overrider from effect where payload->>'service' = 'grades' and subject = $1" }, [`attempt:${ada.id}`])
  t.same(grade, [{ overrider: 'sue' }], 'the grade is overridden in the reviewer\'s name')
  t.match(await invigil('reviews', 'submit', ada.code, '--as', 'sue', '--status', 'Clean'), { code: 0, out: /is verified/ })
  t.match(await invigil('reviews', 'submit', 'NONE', '--as', 'sue'), { code: 1, err: 'There is no review NONE.\n' })
})

t.test('two people who decide at once are both heard, one after the other', async t => {
  const { app, invigil, exam } = await buildScene(t)
  const ada = await takeExam(app, ADA, exam)
  await sendReview(app, ada, 'suspicious')
  await asPerson(app, BOB)('GET', `${API}/attempt`)
  const runs = await Promise.all(['sue', 'bob', 'sue', 'bob'].map(as => invigil('reviews', 'submit', ada.code, '--as', as, '--status', as === 'sue' ? 'Clean' : 'Suspicious')))
  t.same(runs.map(({ code }) => code), [0, 0, 0, 0])
  const [last] = await app.db.query<{ name: string }>({ name: '', text: "select actor_name as name from history where entity = 'review' order by id desc limit 1" }, [])
  t.equal(await statusOf(app, ada.id), last?.name === 'sue' ? 'verified' : 'rejected', 'the attempt has what the last of them decided')
})

t.test('effects are listed, counted, sent again and delivered', async t => {
  const { app, invigil, exam } = await buildScene(t, { webhooks: [{ url: 'http://127.0.0.1:1/hook', secret: 'whsec_0123456789', events: ['*'] }] })
  const { id } = await takeExam(app, ADA, exam)
  t.match(await invigil('effects', 'list', '--subject', `attempt:${id}`, '--kind', 'provider'), { code: 0, out: /mock\.stopAttempt +pending[^]*mock\.startAttempt +pending/ })
  t.match((await invigil('effects', 'counts', '--json')).json(), { pending: Number, dead: 0, oldest_pending_seconds: Number })
  const delivered = await invigil('effects', 'deliver')
  t.match(delivered, { code: 1, out: /^Delivered \d+, failed \d+\.\n$/ }, 'nobody listens at the webhook')
  t.match((await invigil('effects', 'list', '--kind', 'provider', '--json')).json(), [{ state: 'delivered', delivered_at: String }])
  await app.db.query({ name: '', text: "update effect set state = 'dead' where kind = 'webhook'" }, [])
  const [dead] = (await invigil('effects', 'list', '--state', 'dead', '--json')).json<{ id: number }[]>()
  t.match(await invigil('effects', 'retry', `${dead?.id}`), { code: 0, out: 'One effect is due now.\n' })
  t.match(await invigil('effects', 'retry', '--dead', '--kind', 'webhook'), { code: 0, out: /effects are due now/ })
  t.match((await invigil('effects', 'counts', '--json')).json(), { dead: 0 })
  t.match(await invigil('effects', 'retry', '999999'), { code: 1, err: /There is no effect 999999/ })
})

t.test('providers are listed with their faults', async t => {
  const { invigil } = await buildScene(t, {
    providers: { default: 'mock', enabled: { mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000 } }, broken: { package: '@invigil/not-there', on_boot_failure: 'disable' }, old: { retired: true } } },
  })
  const { code, out, err } = await invigil('providers')
  t.equal(code, 0)
  t.match(out, /mock +yes +ready +@invigil\/mock +1\.\S+ +1\.\S+ +closed/)
  t.match(out, /broken +no +disabled/)
  t.match(out, /old +no +retired/)
  t.match(err, /'broken' \(package '@invigil\/not-there'\): expected .* Run 'npm install/)
  t.match((await invigil('providers', '--json')).json(), [{ name: 'mock', is_default: true, attributes: { verbose_name: 'Mock Backend' }, queue: { dead: 0 } }, {}, {}])
})

t.test('a person is remembered and corrected', async t => {
  const { invigil } = await buildScene(t)
  t.match(await invigil('users', 'remember', '--id', '9', '--username', 'cora', '--email', 'c@example.com', '--name', 'Cora C'), { code: 0 })
  t.match(await invigil('users', 'remember', '--id', '9', '--username', 'cora2', '--inactive'), { code: 0 })
  t.match(await invigil('users', 'show', '9'), { code: 0, out: /username +cora2[^]*active +no/ })
  t.match(await invigil('users', 'remember', '--id', '99999999999', '--username', 'x'), { code: 1, err: /too large/ })
  t.match(await invigil('users', 'show', SUE.username), { code: 0, out: /sue@example.com/ })
})
