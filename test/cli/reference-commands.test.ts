import { writeFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { obscureUserId } from '../../core/domain/obscure-user-id.ts'
import { addExam, ADA, BOB, buildTestApp, type Person } from '../helper/app.ts'
import { sendReview, statusOf, takeExam } from '../helper/attempts.ts'
import { createCli, type CliSurroundings } from '../helper/cli.ts'

const EVE: Person = { id: 103, username: 'eve' }

async function buildScene (t: Test, surroundings: CliSurroundings = {}) {
  const app = await buildTestApp(t)
  const freeze = (at: string) => app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: at } })
  await freeze('2030-01-01T00:00:00Z')
  const count = async (text: string) => (await app.db.query<{ n: number }>({ name: '', text: `select count(*)::int as n from ${text}` }, []))[0]?.n
  return { app, freeze, count, invigil: createCli({ app, ...surroundings }) }
}

const effectsOf = async (app: FastifyInstance, attemptId: number) => (await app.effects.list({ subject: `attempt:${attemptId}`, limit: 200 })).map(({ what }) => what).toReversed()

t.test('set_attempt_status makes the full transition, and says before and after', async t => {
  const { app, invigil, count } = await buildScene(t)
  const { id } = await takeExam(app, ADA, await addExam(app), 'started')
  t.match(await invigil('set_attempt_status', '-a', `${id}`, '-t', 'submitted'), { code: 0, out: `Setting attempt ${id} to submitted.\nAttempt ${id} is submitted.\n` })
  t.equal((await effectsOf(app, id)).filter(what => what === 'mock.stopAttempt').length, 1)
  await invigil('set_attempt_status', '--attempt', `${id}`, '--to', 'submitted')
  t.equal((await effectsOf(app, id)).filter(what => what === 'mock.stopAttempt').length, 2, 'the same status again runs its effects again')
  t.match((await invigil('set_attempt_status', '-a', `${id}`, '-t', 'error', '--json', '--as', 'ada@example.com')).json(), { id, status: 'error', username: 'ada' })
  t.equal(await count("history where actor_kind = 'staff' and actor_name = 'ada' and after->>'status' = 'error'"), 1, 'who did it is written down')
  t.equal(await count("history where actor_kind = 'staff' and actor_name = 'command set_attempt_status'"), 2)
})

t.test('set_attempt_status refuses what is no status, illegal or unknown', async t => {
  const { app, invigil } = await buildScene(t)
  const { id } = await takeExam(app, ADA, await addExam(app))
  for (const [to, text] of [['bogus', /"bogus"/], ['Submitted', /"Submitted"/], ['expired', /"expired"/], ['onboarding_reset', /"onboarding_reset"/], ['started', /cannot go from submitted to started/]] as const) {
    t.match(await invigil('set_attempt_status', '-a', `${id}`, '-t', to), { code: 1, err: text })
  }
  t.match(await invigil('set_attempt_status', '-a', '99', '-t', 'error'), { code: 1, err: 'There is no attempt 99.\n' })
  t.match(await invigil('set_attempt_status', '-a', `${id}`, '-t', 'error', '--as', 'nobody'), { code: 1, err: /no user "nobody"/ })
  t.equal(await statusOf(app, id), 'submitted')
})

t.test('update_attempts_for_exam runs every attempt\'s effects again, in batches', async t => {
  const { app, invigil } = await buildScene(t)
  const exam = await addExam(app)
  const [ada, bob, eve] = [await takeExam(app, ADA, exam), await takeExam(app, BOB, exam, 'started'), await takeExam(app, EVE, exam)]
  const stops = async () => Promise.all([ada, bob, eve].map(async ({ id }) => (await effectsOf(app, id)).filter(what => what === 'mock.stopAttempt').length))
  t.same(await stops(), [1, 0, 1])
  const dry = await invigil('update_attempts_for_exam', '--exam_id', `${exam}`, '--dry-run')
  t.match(dry, { code: 0, out: 'Would do: 3; skipped: 0; not done: 0.\n', err: new RegExp(`Would do attempt ${ada.id}\\.\\nWould do attempt ${bob.id}\\.`) })
  t.same(await stops(), [1, 0, 1])
  t.match(await invigil('update_attempts_for_exam', '--exam_id', `${exam}`, '--batch_size', '2', '--sleep_time', '0'), { code: 0, out: 'Done: 3; skipped: 0; not done: 0.\n' })
  t.same(await stops(), [2, 0, 2])
  t.match((await invigil('update_attempts_for_exam', '--exam_id', `${exam}`, '--sleep_time', '0', '--after', `${bob.id}`, '--json')).json(), { done: 1, last: eve.id, stopped: false })
  t.same(await stops(), [2, 0, 3])
  t.match(await invigil('update_attempts_for_exam', '--exam_id', '99'), { code: 0, err: 'There is no exam 99.\n', out: 'Done: 0; skipped: 0; not done: 0.\n' })
})

t.test('an attempt nothing follows from is passed over; one whose time is over is submitted once', async t => {
  const { app, invigil } = await buildScene(t)
  const exam = await addExam(app, { is_practice_exam: true })
  const first = await takeExam(app, ADA, exam)
  await app.db.query({ name: '', text: "update attempt set status = 'onboarding_reset' where id = $1" }, [first.id])
  const late = await takeExam(app, BOB, exam, 'started')
  await app.db.query({ name: '', text: "update attempt set started_at = started_at - interval '1 day' where id = $1" }, [late.id])
  t.match(await invigil('update_attempts_for_exam', '--exam_id', `${exam}`, '--sleep_time', '0'), {
    code: 0,
    out: 'Done: 0; skipped: 2; not done: 0.\n',
    err: `Skipped attempt ${first.id}: nothing follows from onboarding_reset\nSkipped attempt ${late.id}: its time was over; it is submitted now, with what follows from that\n`,
  })
  t.equal(await statusOf(app, late.id), 'submitted')
  t.equal((await effectsOf(app, late.id)).filter(what => what === 'mock.stopAttempt').length, 1)
})

t.test('a refusal is told of, counted, and does not stop the others', async t => {
  const { app, invigil } = await buildScene(t)
  const exam = await addExam(app)
  const [ada, bob] = [await takeExam(app, ADA, exam), await takeExam(app, BOB, exam)]
  for (const attempt of [ada, bob]) await sendReview(app, attempt, 'passed')
  await app.db.query({ name: '', text: "update attempt set status = 'onboarding_reset' where id = $1" }, [ada.id])
  t.match(await invigil('update_attempt_status_from_review', '--start_date_time', '2030-01-01 00:00:00', '--end_date_time', '2030-01-02 00:00:00', '--sleep_time', '0'), {
    code: 1, out: 'Done: 1; skipped: 0; not done: 1.\n', err: /Not done, review 1: Attempt \d+ cannot go from onboarding_reset to verified/,
  })
})

t.test('an interrupted run stops between two records, and says how to go on', async t => {
  const stopping = new AbortController()
  const { app, invigil } = await buildScene(t, { signal: stopping.signal, onProgress: text => { if (text.includes('] 1 of 2, attempt ')) stopping.abort() } })
  const exam = await addExam(app)
  const [ada] = [await takeExam(app, ADA, exam), await takeExam(app, BOB, exam)]
  const { code, out, err } = await invigil('update_attempts_for_exam', '--exam_id', `${exam}`, '--batch_size', '1', '--sleep_time', '600')
  t.equal(code, 1)
  t.match(err, `[############............] 1 of 2, attempt ${ada.id}`)
  t.match(err, `Stopped after attempt ${ada.id}; go on with: --after ${ada.id}\n`)
  t.match(out, /^Done: 1;/)
})

t.test('update_attempt_status_from_review gives attempts back what their reviews say, both ends of the range included', async t => {
  const { app, invigil, freeze, count } = await buildScene(t)
  const exam = await addExam(app)
  const attempts = []
  for (const [minute, person, verdict] of [['10', ADA, 'passed'], ['20', BOB, 'suspicious'], ['30', EVE, 'passed']] as const) {
    const attempt = await takeExam(app, person, exam)
    await freeze(`2030-01-01T00:${minute}:00Z`)
    await sendReview(app, attempt, verdict)
    await invigil('set_attempt_status', '-a', `${attempt.id}`, '-t', 'error')
    attempts.push(attempt)
  }
  await freeze('2030-01-01T01:00:00Z')
  const run = () => invigil('update_attempt_status_from_review', '--start_date_time', '2030-01-01 00:10:00', '--end_date_time', '2030-01-01 00:20:00', '--sleep_time', '0')
  t.match(await run(), { code: 0, out: 'Done: 2; skipped: 0; not done: 0.\n' })
  t.same(await Promise.all(attempts.map(({ id }) => statusOf(app, id))), ['verified', 'second_review_required', 'error'])
  t.equal(await count("history where entity = 'review' and change = '~' and reason = 'applied again'"), 2)
  t.match(await run(), { out: /^Done: 0;/ }, 'what is done has left the range')
})

t.test('set_is_attempt_active corrects reviews of removed attempts, and nothing else', async t => {
  const { app, invigil, count } = await buildScene(t)
  const exam = await addExam(app)
  const [ada, bob] = [await takeExam(app, ADA, exam), await takeExam(app, BOB, exam)]
  for (const attempt of [ada, bob]) await sendReview(app, attempt, 'passed')
  await invigil('attempts', 'remove', `${ada.id}`, '--as', 'ada')
  await app.db.query({ name: '', text: 'update review set is_attempt_active = true' }, [])
  const before = await count('effect')
  t.match(await invigil('set_is_attempt_active', '--sleep_time', '0'), { code: 0, out: /^Done: 1;/ })
  t.same(await app.db.query({ name: '', text: 'select attempt_code as code, is_attempt_active as live from review order by id' }, []), [{ code: ada.code, live: false }, { code: bob.code, live: true }])
  t.equal(await count('effect'), before, 'no workflow')
  t.match(await invigil('set_is_attempt_active'), { code: 0, out: /^Done: 0;/ })
})

t.test('reset_attempts removes what a file lists: here and at the vendor, not at the platform', async t => {
  const cwd = t.testdir()
  const { app, invigil, count } = await buildScene(t, { cwd })
  const exam = await addExam(app)
  const [ada, bob, eve] = [await takeExam(app, ADA, exam, 'created'), await takeExam(app, BOB, exam, 'created'), await takeExam(app, EVE, exam, 'created')]
  await writeFile(join(cwd, 'ids.txt'), `${bob.id}\r\n\n${ada.id}\n${ada.id}\n9999\n`)
  t.match(await invigil('reset_attempts', '-p', 'ids.txt', '--dry_run'), { code: 0, out: /^Would do: 3;/ })
  t.equal(await count('attempt where archived_at is not null'), 0)
  const { code, out, err } = await invigil('reset_attempts', '--file_path', 'ids.txt', '--batch_size', '1', '--sleep_time', '0')
  t.match({ code, out, err }, { code: 0, out: 'Done: 2; skipped: 1; not done: 0.\n', err: /Skipped attempt 9999: there is no such attempt/ })
  t.same(await app.db.query({ name: '', text: 'select id from attempt where archived_at is null' }, []), [{ id: eve.id }])
  t.match((await effectsOf(app, ada.id)).slice(-1), ['mock.removeAttempt'])
  t.equal(await count("effect where kind = 'lms' and payload->>'method' = 'delete_student_attempt'"), 0)
  await writeFile(join(cwd, 'more.txt'), `${ada.id}\n${eve.id}\n`)
  t.match((await invigil('reset_attempts', '-p', 'more.txt', '--after', `${ada.id}`)).out, /^Done: 1; skipped: 0;/)
})

t.test('reset_attempts does nothing at all with a file it cannot read as ids', async t => {
  const cwd = t.testdir({ 'ids.txt': '1\nabc\n' })
  const { app, invigil, count } = await buildScene(t, { cwd })
  await takeExam(app, ADA, await addExam(app), 'created')
  t.match(await invigil('reset_attempts', '-p', 'ids.txt'), { code: 1, err: /ids\.txt, line 2: expected the id of an attempt, found "abc"/ })
  t.match(await invigil('reset_attempts', '-p', '/nonexistent/ids.txt'), { code: 1, err: /cannot be read \(ENOENT\)/ })
  t.match(await invigil('reset_attempts'), { code: 2, err: /--file_path is missing/ })
  await writeFile(join(cwd, 'ids.txt'), '1\n')
  t.match(await invigil('reset_attempts', '-p', 'ids.txt', '--after', '5'), { code: 1, err: /this id is not in the file/ })
  t.equal(await count('attempt where archived_at is not null'), 0)
})

t.test('obscure_user_ids lists old and new ids; keys come from the environment only', async t => {
  const cwd = t.testdir({ 'in.csv': '\uFEFFuser_id,email\r\n1,"ada, the first@example.com"\n32432455,bob@example.com\n', 'bad.csv': 'email,user_id\na@b,x\n', 'none.csv': 'mail\n' })
  const env = { DJANGO_SECRET_KEY: 'old', PROCTORING_USER_OBFUSCATION_KEY: 'SHHHHHH' }
  const invigil = createCli({ cwd, env })
  const { code, out } = await invigil('obscure_user_ids', '--file', 'in.csv')
  t.equal(code, 0)
  t.same(out.trim().split('\r\n'), [
    'email,existing_user_id,target_user_id',
    `"ada, the first@example.com",${obscureUserId('old', 1, 'proctortrack')},${obscureUserId('SHHHHHH', 1, 'proctortrack')}`,
    `bob@example.com,${obscureUserId('old', 32432455, 'proctortrack')},6011d61afd67e67a41f0045f842ea6af4badbc76`,
  ])
  t.match((await invigil('obscure_user_ids', '--file', 'in.csv', '--backend', 'test', '--json')).json(), [{ target_user_id: '6b07fdd45ffd07736868fdd478cc7a882324a10a' }, {}])
  t.match(await invigil('obscure_user_ids', '--file', 'in.csv', '--output', 'out.csv'), { code: 0, out: 'Wrote 2 lines to out.csv.\n' })
  t.match(await readFile(join(cwd, 'out.csv'), 'utf8'), /^email,existing_user_id,target_user_id\r\n/)
  t.match(await createCli({ cwd })('obscure_user_ids', '--file', 'in.csv'), { code: 1, err: /set DJANGO_SECRET_KEY/ })
  t.match(await invigil('obscure_user_ids', '--file', 'bad.csv'), { code: 1, err: /bad\.csv, row 1: expected user_id to be a whole number, found "x"/ })
  t.match(await invigil('obscure_user_ids', '--file', 'none.csv'), { code: 1, err: /expected the columns email and user_id in the first line, found mail/ })
})
