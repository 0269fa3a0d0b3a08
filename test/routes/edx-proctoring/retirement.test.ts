import t, { type Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { obscureUserId } from '../../../core/domain/obscure-user-id.ts'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, SUE, type Person } from '../../helper/app.ts'
import { startReceiver, type Answer } from '../../helper/receiver.ts'

// a database and an app per test: more than the usual half minute on a busy machine
t.setTimeout(120_000)

const RITA: Person = { id: 401, username: 'rita', permissions: ['accounts.can_retire_user'] }
const AT_VENDORS = `/api/edx_proctoring/v1/retire_backend_user/${ADA.id}/`
const HERE = `/api/edx_proctoring/v1/retire_user/${ADA.id}/`

async function build (t: Test) {
  const vendor = await startReceiver(t)
  const world: { retirement: Answer } = { retirement: { json: true } }
  vendor.answer(({ path }) => {
    if (path.endsWith('/access_token')) return { json: { access_token: 'token', expires_in: 3600 } }
    return path.startsWith('/api/v1/user/') ? world.retirement : { json: { id: `v-${vendor.received.length}` } }
  })
  const rest = { package: '@invigil/rest', options: { base_url: vendor.url, client_id: 'our-id', client_secret: 'secret-0123456789' } }
  const app = await buildTestApp(t, {
    config: { providers: { default: 'acme', enabled: { acme: rest, beta: rest, mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000 } } } } },
  })
  await Promise.all([ADA, BOB].map(person => asPerson(app, person)('GET', `${API}/attempt`)))
  const retired = () => vendor.received.map(({ path }) => path).filter(path => path.startsWith('/api/v1/user/')).map(path => path.split('/')[4])
  return { app, world, retired }
}

async function enter (app: FastifyInstance, backend: string | null, contentId = `block-${backend}`, person: Person = ADA): Promise<{ exam: number, attempt: number, externalId: string }> {
  const exam = await addExam(app, { content_id: contentId })
  await app.db.query({ name: 'set-backend', text: 'update exam set backend = $2 where id = $1' }, [exam, backend])
  const { body } = await asPerson(app, person)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true' })
  const { body: stored } = await asPerson(app, person)<{ external_id: string }>('GET', `${API}/attempt/${body.exam_attempt_id}`)
  return { exam, attempt: body.exam_attempt_id, externalId: stored.external_id }
}
const rows = (app: FastifyInstance, text: string, values: unknown[] = []) => app.db.query({ name: text.slice(0, 60), text }, values)

t.test('only who may retire users may; others get an empty refusal', async t => {
  const { app } = await build(t)
  for (const url of [AT_VENDORS, HERE]) {
    for (const person of [ADA, { ...SUE, permissions: [] }, { ...BOB, courseStaff: ['course-v1:edX+Demo+2030'] }]) t.match(await asPerson(app, person)('POST', url), { status: 403, text: '' }, person.username)
    t.equal((await asPerson(app, null)('POST', url)).status, 403)
    for (const person of [RITA, SUE]) t.ok((await asPerson(app, person)('POST', url)).status < 300, `${person.username}: a token without permissions leaves it to staff`)
    t.equal((await asPerson(app, RITA)('GET', url)).status, 405)
    t.equal((await asPerson(app, RITA)('POST', url.slice(0, -1))).status, 301, 'the final slash is part of the address')
    t.equal((await asPerson(app, RITA)('POST', url.replace(String(ADA.id), 'ada'))).status, 404)
  }
})

t.test('each vendor the learner was proctored by is asked once, under the pseudonym he has there', async t => {
  const { app, retired } = await build(t)
  await enter(app, 'acme')
  await enter(app, 'acme', 'another')
  await enter(app, 'beta')
  await enter(app, 'mock')
  await enter(app, 'beta', 'of-bob', BOB)
  t.match(await asPerson(app, RITA)('POST', AT_VENDORS), { status: 200, text: '{"acme":true,"beta":true}' }, 'the mock keeps nothing of learners')
  t.same(retired().sort(), ['acme', 'beta'].map(name => obscureUserId('SHHHHHH', ADA.id, name)).sort())
})

t.test('an attempt without proctoring is no vendor\'s business, nor an unknown learner', async t => {
  const { app, retired } = await build(t)
  const exam = await addExam(app)
  await asPerson(app, ADA)('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'false' })
  t.match(await asPerson(app, RITA)('POST', AT_VENDORS), { status: 200, text: '{}' })
  t.match(await asPerson(app, RITA)('POST', '/api/edx_proctoring/v1/retire_backend_user/99999/'), { status: 200, text: '{}' })
  t.same(retired(), [])
})

t.test('an exam that names no provider is the default one\'s, under the pseudonym of its registration', async t => {
  const { app, retired } = await build(t)
  await enter(app, null)
  await enter(app, 'acme')
  t.match(await asPerson(app, RITA)('POST', AT_VENDORS), { status: 200, text: '{"acme":true}' })
  t.same(retired().sort(), [null, 'acme'].map(name => obscureUserId('SHHHHHH', ADA.id, name)).sort())
})

t.test('Q78: a vendor that says no, fails or is gone makes it a failure, and the others are asked all the same', async t => {
  const { app, world } = await build(t)
  await enter(app, 'acme')
  const ask = async (answer: Answer) => {
    world.retirement = answer
    return asPerson(app, RITA)('POST', AT_VENDORS)
  }
  for (const answer of [{ json: false }, { json: { a: 1 } }, { text: 'gone' }, { status: 500, json: null }]) t.match(await ask(answer), { status: 500, text: '{"acme":false}' }, JSON.stringify(answer))
  t.match(await ask({ json: true }), { status: 200, text: '{"acme":true}' })
  const { exam, attempt } = await enter(app, 'beta')
  await rows(app, "update attempt set provider = 'vanished' where id = $1", [attempt])
  await rows(app, "update exam set backend = 'vanished' where id = $1", [exam])
  t.match(await ask({ json: true }), { status: 500, text: '{"acme":true,"vanished":false}' })
})

t.test('what was written about a learner is blanked everywhere, and only his', async t => {
  const { app } = await build(t)
  const mine = await enter(app, 'acme', 'mid')
  const his = await enter(app, 'acme', 'end', BOB)
  const grant = (person: Person, value: string, key = 'review_policy_exception') => asPerson(app, SUE)('PUT', `${API}/allowance`, { exam_id: mine.exam, user_info: person.username, key, value })
  for (const person of [ADA, BOB]) {
    await grant(person, `a friend of ${person.username}`)
    await grant(person, `the mother of ${person.username}`)
    await grant(person, 'gone', 'note')
  }
  for (const user of [ADA, BOB]) await asPerson(app, SUE)('DELETE', `${API}/allowance`, { exam_id: mine.exam, user_id: user.id, key: 'note' })
  const review = (externalId: string) => asPerson(app, SUE)('POST', `${API}/attempt/${externalId}/reviewed`, { status: 'suspicious', comments: [{ comment: 'a cat', status: 'Suspicious' }], secret: 'text' })
  for (const { externalId } of [mine, his]) t.equal((await review(externalId)).status, 200)
  await rows(app, "update review set encrypted_video_url = 'abc'")
  await app.effects.drain()
  const effectsBefore = await rows(app, 'select id from effect')

  t.match(await asPerson(app, RITA)('POST', HERE), { status: 204, text: '' })

  t.match(await rows(app, 'select user_id, value from allowance order by user_id'), [{ user_id: ADA.id, value: '' }, { user_id: BOB.id, value: 'the mother of bob' }])
  t.match(await rows(app, 'select student_id, raw_data, encrypted_video_url as video, review_status as status from review order by student_id'), [
    { student_id: ADA.id, raw_data: '', video: '', status: 'Suspicious' },
    { student_id: BOB.id, raw_data: /secret/, video: 'abc', status: 'Suspicious' },
  ])
  t.match(await rows(app, 'select c.comment, c.status from review_comment c join review r on r.id = c.review_id order by r.student_id'), [{ comment: '', status: '' }, { comment: 'a cat', status: 'Suspicious' }])
  t.match(await rows(app, 'select username, email, full_name as name from users where id < 200 order by id'), [{ username: 'ada', email: '', name: '' }, { username: 'bob', email: 'bob@example.com', name: 'Bob Babbage' }])
  const told = JSON.stringify(await rows(app, 'select before, after from history'))
  for (const word of ['friend of ada', 'mother of ada']) t.notMatch(told, word)
  for (const word of ['friend of bob', 'mother of bob']) t.match(told, word)
  t.notMatch(JSON.stringify(await rows(app, "select before, after from history where '101' in (before ->> 'userId', after ->> 'userId')")), /gone/, 'also of an allowance that was taken back')
  t.match(await rows(app, "select entity, actor_name as who from history where reason = 'learner retired' order by entity"), [{ entity: 'allowance', who: 'rita' }, { entity: 'review', who: 'rita' }])
  t.same(await rows(app, 'select id from effect'), effectsBefore, 'Q44: nothing is sent, no verdict is given again')
  t.equal((await rows(app, "select 1 from attempt where status = 'second_review_required'")).length, 2)

  t.equal((await asPerson(app, RITA)('POST', HERE)).status, 204)
  t.equal((await rows(app, "select 1 from history where reason = 'learner retired'")).length, 2, 'a second time changes nothing')
})

t.test('Q44: reviews of removed attempts are blanked as well', async t => {
  const { app } = await build(t)
  const { attempt, externalId } = await enter(app, 'acme')
  await asPerson(app, SUE)('POST', `${API}/attempt/${externalId}/reviewed`, { status: 'passed', secret: 'text' })
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${attempt}`)
  t.equal((await asPerson(app, RITA)('POST', HERE)).status, 204)
  t.match(await rows(app, 'select raw_data, is_attempt_active as active from review'), [{ raw_data: '', active: false }])
})

t.test('a learner nobody knows is retired already', async t => {
  const { app } = await build(t)
  t.match(await asPerson(app, RITA)('POST', '/api/edx_proctoring/v1/retire_user/99999/'), { status: 204, text: '' })
  t.same(await rows(app, 'select 1 from history'), [])
})
