import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, SUE } from '../../helper/app.ts'

async function vendorToken (app: FastifyInstance): Promise<string> {
  const response = await app.inject({ method: 'POST', url: '/oauth2/access_token', payload: { grant_type: 'client_credentials', client_id: 'mock-vendor', client_secret: 'mock-secret-0123456789' } })
  return response.json<{ access_token: string }>().access_token
}

async function asVendor (app: FastifyInstance, url: string, payload: object = {}) {
  return app.inject({ method: 'POST', url, payload, headers: { authorization: `JWT ${await vendorToken(app)}` } })
}

async function enter (app: FastifyInstance, startClock = false) {
  const exam = await addExam(app)
  const { body } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true', start_clock: String(startClock) })
  const attempt = body.exam_attempt_id
  const read = async () => (await asPerson(app, ADA)<{ status: string, external_id: string }>('GET', `${API}/attempt/${attempt}`)).body
  return { exam, attempt, read, externalId: (await read()).external_id }
}

t.test('the vendor reports ready, and only an attempt that waits moves', async t => {
  const app = await buildTestApp(t)
  const { externalId, read, attempt } = await enter(app)
  const answer = await asVendor(app, `${API}/attempt/${externalId}/ready`, { status: 'ready' })
  t.equal(answer.statusCode, 200)
  t.equal(answer.body, '"OK"')
  t.equal((await read()).status, 'ready_to_start')
  await asPerson(app, ADA)('PUT', `${API}/attempt/${attempt}`, { action: 'start' })
  t.equal((await asVendor(app, `${API}/attempt/${externalId}/ready`)).statusCode, 200)
  t.equal((await read()).status, 'started', 'a late ready does not end a running exam')
})

t.test('Q33: nobody but the vendor, its review group and staff may report ready', async t => {
  const app = await buildTestApp(t)
  const { externalId, read } = await enter(app)
  const url = `${API}/attempt/${externalId}/ready`
  t.equal((await asPerson(app, null)('POST', url, {})).status, 403)
  t.equal((await asPerson(app, ADA)('POST', url, {})).status, 403)
  t.equal((await asPerson(app, { ...BOB, groups: ['other_review'] })('POST', url, {})).status, 403)
  t.equal((await read()).status, 'created')
  t.equal((await asPerson(app, { ...BOB, groups: ['mock_review'] })('POST', url, {})).status, 200)
  t.equal((await asPerson(app, SUE)('POST', url, {})).status, 200)
  const unknown = await asPerson(app, SUE)<string>('POST', `${API}/attempt/nobody/ready`, {})
  t.match(unknown, { status: 404, text: /^"/ })
})

t.test('a review gives the attempt its status, once per received review', async t => {
  const cases = [
    { status: 'passed', becomes: 'verified' },
    { status: 'violation', becomes: 'verified' },
    { status: 'suspicious', becomes: 'second_review_required' },
    { status: 'not_reviewed', becomes: 'error' },
  ]
  for (const { status, becomes } of cases) {
    const app = await buildTestApp(t)
    const { externalId, read, attempt } = await enter(app, true)
    await asPerson(app, ADA)('PUT', `${API}/attempt/${attempt}`, { action: 'submit' })
    const answer = await asVendor(app, `${API}/attempt/${externalId}/reviewed`, { status, comments: [{ comment: 'looked away', status: 'Suspicious', start: 1, stop: 2 }] })
    t.equal(answer.statusCode, 200, answer.body)
    t.equal((await read()).status, becomes, status)
    const [row] = await app.db.query<{ n: number }>({ name: 'c', text: 'select count(*)::int as n from review_comment' }, [])
    t.equal(row?.n, 1)
  }
})

t.test('a review that comes twice replaces its comments', async t => {
  const app = await buildTestApp(t)
  const { externalId, read } = await enter(app, true)
  const review = { status: 'suspicious', comments: [{ comment: 'one', status: 'Suspicious' }, { comment: 'two', status: 'Suspicious' }] }
  await asVendor(app, `${API}/attempt/${externalId}/reviewed`, review)
  await asVendor(app, `${API}/attempt/${externalId}/reviewed`, { ...review, status: 'passed' })
  t.equal((await read()).status, 'verified')
  const rows = await app.db.query<{ n: number }>({ name: 'c', text: 'select count(*)::int as n from review_comment' }, [])
  t.same(rows, [{ n: 2 }])
})

t.test('two reviews at once both find their place', async t => {
  const app = await buildTestApp(t)
  const { externalId, read } = await enter(app, true)
  const answers = await Promise.all(Array.from({ length: 10 }, () => asVendor(app, `${API}/attempt/${externalId}/reviewed`, { status: 'passed' })))
  t.same(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]))
  t.equal((await read()).status, 'verified')
})

t.test('Q42: a bad review is refused before anything is written', async t => {
  const app = await buildTestApp(t)
  const { externalId, read } = await enter(app, true)
  for (const body of [{}, { status: 'great' }, { status: 'passed', comments: 'none' }, { status: 'passed', comments: [{ status: 'x' }] }, { status: 5 }]) {
    const answer = await asVendor(app, `${API}/attempt/${externalId}/reviewed`, body)
    t.equal(answer.statusCode, 400, JSON.stringify(body))
    t.type(answer.json<{ detail: string }>().detail, 'string')
  }
  t.equal((await asVendor(app, `${API}/attempt/nobody/reviewed`, { status: 'passed' })).statusCode, 400)
  t.equal((await read()).status, 'started')
  t.same(await app.db.query({ name: 'r', text: 'select id from review' }, []), [])
})

t.test('a learner gets an empty refusal when he reviews himself', async t => {
  const app = await buildTestApp(t)
  const { externalId } = await enter(app, true)
  const answer = await asPerson(app, ADA)('POST', `${API}/attempt/${externalId}/reviewed`, { status: 'passed' })
  t.match(answer, { status: 403, text: '' })
})

t.test('a review of an exam that is no longer proctored is answered 412', async t => {
  const app = await buildTestApp(t)
  const { externalId, exam } = await enter(app, true)
  await asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: exam, is_proctored: false })
  t.match(await asPerson(app, SUE)('POST', `${API}/attempt/${externalId}/reviewed`, { status: 'passed' }), { status: 412, text: /^"/ })
})

t.test('a late review of a removed attempt is kept and changes nothing', async t => {
  const app = await buildTestApp(t)
  const { externalId, attempt } = await enter(app, true)
  await asPerson(app, SUE)('DELETE', `${API}/attempt/${attempt}`)
  t.equal((await asVendor(app, `${API}/attempt/${externalId}/reviewed`, { status: 'passed' })).statusCode, 400, 'its external id is no longer in use')
})

t.test('a vendor that is ready before its attempt is written is not forgotten', async t => {
  const mock = { package: '@invigil/mock', options: { ready_after_ms: 0 } }
  const app = await buildTestApp(t, { config: { providers: { default: 'mock', enabled: { mock } } } })
  const { read } = await enter(app)
  for (let tries = 0; tries < 50 && (await read()).status === 'created'; tries++) await new Promise(resolve => setTimeout(resolve, 100))
  t.equal((await read()).status, 'ready_to_start')
})
