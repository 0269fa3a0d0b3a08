import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { ADA, addExam, API, asPerson, BOB, buildTestApp, COURSE, SUE } from '../helper/app.ts'
import { statusOf, takeExam } from '../helper/attempts.ts'
import { createTestDatabase } from '../helper/database.ts'

const MOCK = { package: '@invigil/mock', options: { ready_after_ms: 60_000 } }
const CALLBACK = { client_id: 'acme-vendor', client_secret: 'acme-secret-0123456789' }
const IN_USE = { default: 'mock', enabled: { mock: MOCK, acme: { ...MOCK, callback: CALLBACK }, software_secure: MOCK } }
/** Its package is gone from the configuration and from the disk, as far as the service knows. */
const RETIRED = { default: 'mock', enabled: { mock: MOCK, acme: { retired: true, options: { verbose_name: 'Acme of old', passing_statuses: ['Clean'] }, callback: CALLBACK }, software_secure: { retired: true } } }

const review = { status: 'passed', comments: [{ comment: 'all well', status: 'Clean', start: 1, stop: 2, duration: 1 }] }
const moveTo = (app: FastifyInstance, backend: string) => app.db.query({ name: 't-move', text: 'update exam set backend = $1' }, [backend])

t.test('a retired provider: all stays readable, whoever is in an exam gets out, reviews arrive, nobody begins', async t => {
  const { url: databaseUrl } = await createTestDatabase(t)
  const before = await buildTestApp(t, { databaseUrl, config: { providers: IN_USE } })
  const [exam, practice] = [await addExam(before), await addExam(before, { content_id: 'practice', is_practice_exam: true })]
  await moveTo(before, 'acme')
  const [ada, bob, tried] = [await takeExam(before, ADA, exam, 'started'), await takeExam(before, BOB, exam), await takeExam(before, ADA, practice)]
  await before.close()

  const app = await buildTestApp(t, { databaseUrl, config: { providers: RETIRED } })
  const [asAda, asSue] = [asPerson(app, ADA), asPerson(app, SUE)]
  t.match(await asAda('GET', `${API}/exam/exam_id/${exam}`), { status: 200, body: { backend: 'acme' } })
  t.match(await asSue('GET', `${API}/attempt/grouped/course_id/${COURSE}`), { status: 200, body: { proctored_exam_attempts: [{}, {}, {}] } })
  t.match(await asAda('GET', `${API}/settings/exam_id/${exam}/`), { status: 200, body: { provider_name: 'Acme of old', exam_proctoring_backend: null } })
  t.equal((await asAda('GET', `${API}/attempt/${ada.id}`)).status, 200)
  t.match(await asPerson(app, { ...BOB, id: 103, username: 'carl' })('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: true }), { status: 503, body: { detail: /"acme" is retired/ } })
  const view = await asAda('POST', '/api/invigil/v1/student_view', { course_id: COURSE, content_id: 'block-v1:mid', context: { is_proctored: true } })
  t.ok([200, 204].includes(view.status), `a learner in the exam sees a page or the exam (${view.status})`)

  t.equal((await asAda('PUT', `${API}/attempt/${ada.id}`, { action: 'submit' })).status, 200)
  t.equal(await statusOf(app, ada.id), 'submitted')
  t.match(await app.effects.drain(), { failed: 0 }, 'nobody is told, and nothing dies of it')

  const { access_token: token } = (await app.inject({ method: 'POST', url: '/oauth2/access_token', payload: { grant_type: 'client_credentials', ...CALLBACK } })).json<{ access_token: string }>()
  const send = (externalId: string, payload: object) => app.inject({ method: 'POST', url: `${API}/attempt/${externalId}/reviewed`, headers: { authorization: `JWT ${token}` }, payload })
  t.equal((await send(ada.externalId, review)).statusCode, 200)
  t.equal(await statusOf(app, ada.id), 'verified')
  t.equal((await send(bob.externalId, { ...review, status: 'violation' })).statusCode, 200)
  t.equal(await statusOf(app, bob.id), 'second_review_required', 'by the passing statuses that were kept')
  const unreadable = await send(tried.externalId, { status: 'splendid' })
  t.equal(unreadable.statusCode, 400)
  t.match(unreadable.json(), { detail: /"splendid"; expected one of passed, violation/ })
})

t.test('a review goes to the provider of its attempt, although the exam has another one by now', async t => {
  const { url: databaseUrl } = await createTestDatabase(t)
  const before = await buildTestApp(t, { databaseUrl, config: { providers: IN_USE } })
  const exam = await addExam(before)
  await moveTo(before, 'acme')
  const ada = await takeExam(before, ADA, exam)
  await moveTo(before, 'mock')
  await before.close()
  const app = await buildTestApp(t, { databaseUrl, config: { providers: RETIRED } })
  const { access_token: token } = (await app.inject({ method: 'POST', url: '/oauth2/access_token', payload: { grant_type: 'client_credentials', ...CALLBACK } })).json<{ access_token: string }>()
  const answer = await app.inject({ method: 'POST', url: `${API}/attempt/${ada.externalId}/reviewed`, headers: { authorization: `JWT ${token}` }, payload: { ...review, status: 'violation' } })
  t.equal(answer.statusCode, 200)
  t.equal(await statusOf(app, ada.id), 'second_review_required', 'its own passing statuses count, not those of its successor')
})

t.test('a review that nobody signed is not taken without the package that proves it', async t => {
  const { url: databaseUrl } = await createTestDatabase(t)
  const before = await buildTestApp(t, { databaseUrl, config: { providers: IN_USE } })
  const exam = await addExam(before)
  await moveTo(before, 'software_secure')
  const ada = await takeExam(before, ADA, exam)
  await before.close()
  const app = await buildTestApp(t, { databaseUrl, config: { providers: RETIRED } })
  const answer = await app.inject({ method: 'POST', url: '/api/edx_proctoring/proctoring_review_callback/', payload: { ...review, examMetaData: { examCode: ada.code } } })
  t.equal(answer.statusCode, 503)
  t.equal(await statusOf(app, ada.id), 'submitted')
})
