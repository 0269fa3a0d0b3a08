import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import t, { type Test } from 'tap'
import { createInvigilClient, InvigilError } from '../../core/client/index.ts'
import { CLIENT_SCHEMA, renderClientSchema } from '../../scripts/generate-client.ts'
import { ADA, BOB, buildTestApp, COURSE, SUE, tokenFor } from '../helper/app.ts'
import { connect, listen, serve } from './helper.ts'

const EXAM = { content_id: 'block-v1:mid', exam_name: 'Midterm', time_limit_mins: 90, is_proctored: false, is_practice_exam: false, is_active: true, hide_after_due: false }
const SECTION = { course_id: COURSE, content_id: EXAM.content_id }

async function errorOf (call: Promise<unknown>): Promise<InvigilError> {
  const error: unknown = await call.then(() => null, error => error)
  if (error instanceof InvigilError) return error
  throw new Error('expected an InvigilError', { cause: error })
}

t.test('with the app over HTTP', async t => {
  const app = await buildTestApp(t)
  const staff = await connect(app, SUE)
  const ada = staff.as(() => tokenFor(ADA))

  t.test('the types are those of the OpenAPI document; if not, run: npm run generate', async t => {
    const fresh = await renderClientSchema(app.swagger())
    t.ok(fresh === await readFile(CLIENT_SCHEMA, 'utf8'), 'core/client/schema.ts is not what the routes say. Run "npm run generate" and commit the file.')
  })

  t.test('a course is registered, again and again with the same ids', async t => {
    const ids = await staff.registerExams(COURSE, [EXAM, { ...EXAM, content_id: 'block-v1:final', due_date: '2039-01-01T00:00:00Z' }])
    t.equal(ids.length, 2)
    t.same(await staff.registerExams(COURSE, [EXAM, { ...EXAM, content_id: 'block-v1:final' }]), ids)
    const { data } = await staff.api.GET('/api/edx_proctoring/v1/proctored_exam/exam/course_id/{course_id}', { params: { path: { course_id: COURSE } } })
    t.match(data.map(({ course_id: course, exam_name: name }) => [course, name]), [[COURSE, 'Midterm'], [COURSE, 'Midterm']])
  })

  t.test('the page instead of a section comes in the learner\'s language', async t => {
    const view = await ada.studentView(SECTION)
    t.match(view, { show: 'page', view: 'timed_exam/entrance', html: /Midterm/, facts: {} })
    const inSpanish = await ada.studentView(SECTION, { headers: { 'accept-language': 'es' }, document: true })
    t.match(inSpanish, { show: 'page', html: /^<!doctype html>[\s\S]*lang="es"/i })
  })

  t.test('an attempt goes its way through typed addresses', async t => {
    const [id = 0] = await staff.registerExams(COURSE, [EXAM])
    const entered = await ada.api.POST('/api/edx_proctoring/v1/proctored_exam/attempt', { body: { exam_id: id, start_clock: true } })
    const attemptId = Number(entered.data.exam_attempt_id)
    const path = { attempt_id: attemptId }
    const polled = await ada.api.GET('/api/edx_proctoring/v1/proctored_exam/attempt/{attempt_id}', { params: { path } })
    t.match(polled.data, { status: 'started', proctored_exam: { id } })
    t.ok(polled.data.time_remaining_seconds > 5000)
    t.same(await ada.studentView(SECTION), { show: 'content' }, 'while the time runs, the section is shown')
    await ada.api.PUT('/api/edx_proctoring/v1/proctored_exam/attempt/{attempt_id}', { params: { path }, body: { action: 'submit' } })
    const summaries = await ada.attemptSummaries({ course_id: COURSE, content_ids: [EXAM.content_id, 'block-v1:reading'] })
    t.match(summaries, { [EXAM.content_id]: { short_description: String, in_completed_state: Boolean }, 'block-v1:reading': null })
    const removed = await staff.api.DELETE('/api/edx_proctoring/v1/proctored_exam/attempt/{attempt_id}', { params: { path } })
    t.match(removed, { data: undefined, response: { status: 200 } }, 'an empty answer is no error')
  })

  t.test('what cannot be, the compiler refuses', async t => {
    // @ts-expect-error the attempt is not named
    await t.rejects(ada.api.GET('/api/edx_proctoring/v1/proctored_exam/attempt/{attempt_id}'), { status: 404 })
    // @ts-expect-error there is no such action
    await t.rejects(ada.api.PUT('/api/edx_proctoring/v1/proctored_exam/attempt/{attempt_id}', { params: { path: { attempt_id: 1 } }, body: { action: 'stpo' } }), { status: 400 })
    // @ts-expect-error a registered exam has a name
    await t.rejects(staff.registerExams(COURSE, [{ content_id: 'x' }]), { status: 422 })
  })

  t.test('a refusal is an error with its code, its reason and the request it was', async t => {
    const refused = await errorOf(ada.registerExams(COURSE, []))
    t.match(refused, { status: 403, code: 'INV_FORBIDDEN', detail: /global staff/, message: /^INV_FORBIDDEN: / })
    t.match(refused.requestId, /^[0-9a-f-]{36}$/)
    const named = await errorOf(ada.studentView({ ...SECTION, user_id: BOB.id }, { headers: { 'x-request-id': 'lms-17' } }))
    t.match(named, { status: 403, code: 'INV_FORBIDDEN', requestId: 'lms-17' })
    t.match(await errorOf(staff.as('nonsense').studentView(SECTION)), { status: 401, code: 'INV_UNAUTHENTICATED' })
  })

  t.test('faults of a list are told where they stand', async t => {
    const error = await errorOf(staff.registerExams(COURSE, [EXAM, { ...EXAM, content_id: '' }]))
    t.match(error, { status: 422, body: [{}, { content_id: [String] }], detail: /content_id/ })
  })

  t.test('a token that is fetched is fetched for every request', async t => {
    let asked = 0
    const client = await connect(app, ADA, { token: () => { asked++; return tokenFor(ADA) } })
    await client.studentView(SECTION)
    await client.api.GET('/api/edx_proctoring/v1/proctored_exam/attempt')
    t.equal(asked, 2)
  })

  t.test('when the service is away for a moment', async t => {
    const target = await listen(app)

    t.test('what only reads is asked again, until it answers', async t => {
      const way = await startBadWay(t, target, ['503', 'reset'])
      const client = createInvigilClient({ baseUrl: way.url, token: await tokenFor(ADA) })
      t.match((await client.api.GET('/api/edx_proctoring/v1/proctored_exam/exam/course_id/{course_id}', { params: { path: { course_id: COURSE } } })).data, [{ course_id: COURSE }])
      t.equal(way.asked.length, 3)
      t.equal(new Set(way.asked).size, 1, 'under one request id')
    })

    t.test('so are the questions that go by POST', async t => {
      const way = await startBadWay(t, target, ['502', '504'])
      const client = createInvigilClient({ baseUrl: way.url, token: await tokenFor(ADA) })
      t.same(await client.attemptSummaries({ course_id: COURSE, content_ids: ['block-v1:reading'] }), { 'block-v1:reading': null })
      t.equal(way.asked.length, 3)
    })

    t.test('what changes something is asked once', async t => {
      const way = await startBadWay(t, target, ['503'])
      const client = createInvigilClient({ baseUrl: way.url, token: await tokenFor(ADA) })
      const error = await errorOf(client.api.POST('/api/edx_proctoring/v1/proctored_exam/attempt', { body: { exam_id: 1 } }))
      t.match(error, { status: 503, code: 'HTTP_503', detail: 'Be right back.' })
      t.equal(way.asked.length, 1)
    })

    t.test('it gives up after as many tries as it was told', async t => {
      const way = await startBadWay(t, target, ['reset', '503', 'reset', 'reset'])
      const client = createInvigilClient({ baseUrl: way.url, token: await tokenFor(ADA), retries: 1 })
      t.match(await errorOf(client.studentView(SECTION)), { status: 503 })
      t.equal(way.asked.length, 2)
      t.match(await errorOf(client.studentView(SECTION)), { status: 0, code: 'UNREACHABLE', detail: /^http:\/\/127.0.0.1:\d+ could not be reached: / })
    })

    t.test('it waits as long as it may, and no longer than the caller wants', async t => {
      const way = await startBadWay(t, target, ['silence', 'silence', 'half'])
      const client = createInvigilClient({ baseUrl: way.url, token: await tokenFor(ADA), timeoutMs: 300 })
      t.match(await errorOf(client.studentView(SECTION)), { status: 0, code: 'TIMEOUT', detail: /did not answer within 300 ms/, requestId: /^[0-9a-f-]{36}$/ })
      await t.rejects(client.studentView(SECTION, { signal: AbortSignal.abort(new Error('the learner went away')) }), /the learner went away/)
      const signal = AbortSignal.timeout(50)
      await t.rejects(client.studentView(SECTION, { signal }), { name: 'TimeoutError' }, 'an abort by the caller comes as it is')
      t.match(await errorOf(client.studentView(SECTION)), { code: 'TIMEOUT' }, 'a body that never ends counts too')
    })
  })
})

type Fault = '502' | '503' | '504' | 'reset' | 'silence' | 'half'

/** A balancer in front of the service with bad moments, then none. */
async function startBadWay (t: Test, target: string, faults: Fault[]) {
  const asked: (string | undefined)[] = []
  const url = await serve(t, (request, response) => {
    asked.push(request.headers['x-request-id']?.toString())
    const fault = faults.shift()
    if (fault === undefined) pass(target, request, response).catch(error => response.destroy(error))
    else if (fault === 'reset') request.socket.destroy()
    else if (fault === 'half') response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{')
    else if (fault !== 'silence') response.writeHead(Number(fault)).end('Be right back.')
  })
  return { url, asked }
}

async function pass (target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = Buffer.concat(await request.toArray())
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] => typeof value === 'string' && name !== 'content-length' && name !== 'connection' ? [[name, value]] : [])
  const answer = await fetch(target + request.url, { method: request.method ?? 'GET', headers, ...(body.length > 0 && { body }) })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(Buffer.from(await answer.arrayBuffer()))
}
