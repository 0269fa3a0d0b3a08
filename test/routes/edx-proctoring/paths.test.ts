import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, API, buildTestApp, COURSE, SUE, tokenFor } from '../../helper/app.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const V1 = '/api/edx_proctoring/v1'
const ROOT = '/api/edx_proctoring'

/** Every path of the old wire with what it serves (contract 02 §10). */
const PATHS: readonly [string, ...Method[]][] = [
  [`${API}/exam`, 'GET', 'POST', 'PUT'],
  [`${API}/exam/exam_id/1`, 'GET'],
  [`${API}/exam/course_id/${COURSE}/content_id/plainid`, 'GET'],
  [`${API}/exam/course_id/${COURSE}`, 'GET'],
  [`${API}/exam_registration/course_id/${COURSE}`, 'PATCH'],
  [`${API}/attempt/1`, 'GET', 'PUT', 'DELETE'],
  [`${API}/attempt/grouped/course_id/${COURSE}`, 'GET'],
  [`${API}/attempt/grouped/course_id/${COURSE}/search/ada`, 'GET'],
  [`${API}/attempt`, 'GET', 'POST'],
  [`${API}/attempt/1/review_status`, 'PUT'],
  [`${API}/attempt/pa-1/ready`, 'POST'],
  [`${API}/attempt/pa-1/reviewed`, 'POST'],
  [`${API}/${COURSE}/allowance`, 'GET'],
  [`${API}/allowance`, 'PUT', 'DELETE'],
  [`${API}/${COURSE}/bulk_allowance`, 'PUT'],
  [`${API}/bulk_allowance`, 'PUT'],
  [`${API}/${COURSE}/grouped/allowance`, 'GET'],
  [`${API}/active_exams_for_user`, 'GET'],
  [`${V1}/user_onboarding/status`, 'GET'],
  [`${V1}/user_onboarding/status/course_id/${COURSE}`, 'GET'],
  [`${V1}/instructor/${COURSE}`, 'GET'],
  [`${V1}/instructor/${COURSE}/1`, 'GET'],
  [`${V1}/retire_backend_user/1/`, 'POST'],
  [`${V1}/retire_user/1/`, 'POST'],
  [`${API}/attempt/course_id/${COURSE}`, 'GET'],
  [`${API}/active_attempt`, 'GET'],
  [`${API}/settings/exam_id/1/`, 'GET'],
  [`${API}/review_policy/exam_id/1/`, 'GET'],
  [`${API}/exam_id/1/user_id/1/reset_attempts`, 'DELETE'],
]
/** These ask nobody who he is. */
const OPEN: readonly [string, ...Method[]][] = [
  [`${ROOT}/proctoring_launch_callback/start_exam/0D3B6C1E`, 'GET'],
  [`${ROOT}/proctoring_review_callback/`, 'POST'],
]

/** What ends such a path may hold slashes of its own, so one more makes another text (Q25). */
const TAKES_SLASHES: readonly [string, number][] = [['/search/', 200], ['/content_id/', 400]]

async function knock (app: FastifyInstance, method: Method, url: string, signedIn = true) {
  const headers = signedIn ? { authorization: `JWT ${await tokenFor(SUE)}` } : {}
  return app.inject({ method, url, headers, ...(method !== 'GET' && { payload: {} }) })
}

t.test('a method that a path does not serve is 405 with what it serves, and 403 for strangers first (Q21)', async t => {
  const app = await buildTestApp(t)
  for (const [path, ...served] of [...PATHS, ...OPEN]) {
    for (const method of METHODS.filter(method => !served.includes(method))) {
      const answer = await knock(app, method, path)
      t.equal(answer.statusCode, 405, `${method} ${path}`)
      t.type(answer.json().detail, 'string')
      const allowed = String(answer.headers.allow).split(', ').filter(word => word !== 'HEAD')
      t.strictSame(allowed, [...served].sort(), path)
    }
    if (OPEN.some(([open]) => open === path)) continue
    for (const method of METHODS) {
      const answer = await knock(app, method, path, false)
      t.equal(answer.statusCode, 403, `${method} ${path} without signing in`)
    }
  }
})

t.test('a slash too many is 404; the one that is missing is 301, whatever the method and whoever asks', async t => {
  const app = await buildTestApp(t)
  for (const [path, ...served] of [...PATHS, ...OPEN]) {
    const [method = 'GET'] = served
    if (!path.endsWith('/')) {
      t.equal((await knock(app, method, `${path}/`)).statusCode, TAKES_SLASHES.find(([part]) => path.includes(part))?.[1] ?? 404, `${path}/`)
      continue
    }
    const bare = path.slice(0, -1)
    for (const method of METHODS) {
      const answer = await knock(app, method, `${bare}?a=b%20c`, false)
      t.equal(answer.statusCode, 301, `${method} ${bare}`)
      t.equal(answer.headers.location, `${path}?a=b%20c`)
    }
  }
})

t.test('keys of another shape make other paths, where there is nothing', async t => {
  const app = await buildTestApp(t)
  for (const url of [
    `${API}/exam/exam_id/abc`, `${API}/exam/exam_id/-1`, `${API}/exam/exam_id/1.5`, `${API}/attempt/abc`, `${API}/attempt/`, `${API}/attempt/-1`, `${API}/attempt/1a`,
    `${API}/settings/exam_id/abc/`, `${API}/review_policy/exam_id/abc/`,
    `${API}/exam/course_id/abc`, `${API}/exam/course_id/a+b`, `${API}/exam/course_id/a+b+c/d`, `${API}/exam/course_id/abc/content_id/x`, `${API}/attempt/course_id/abc`,
    `${API}/attempt/grouped/course_id/abc`, `${API}/attempt/grouped/course_id/abc/search/x`, `${API}/attempt/grouped/course_id/${COURSE}/search/`, `${API}/abc/allowance`, `${API}/abc/grouped/allowance`,
    `${V1}/instructor/abc`, `${V1}/instructor/${COURSE}/abc`, `${V1}/user_onboarding/status/course_id/abc`, `${ROOT}/proctoring_launch_callback/start_exam/a.b`, `${ROOT}/nothing`,
  ]) t.equal((await knock(app, 'GET', url)).statusCode, 404, `GET ${url}`)
  for (const [method, url] of [
    ['POST', `${API}/attempt/a.b/ready`], ['POST', `${API}/attempt/a%20b/reviewed`], ['PUT', `${API}/attempt/abc`], ['DELETE', `${API}/attempt/abc`], ['PATCH', `${API}/exam_registration/course_id/abc`],
    ['PUT', `${API}/abc/bulk_allowance`], ['POST', `${V1}/retire_user/abc/`], ['POST', `${V1}/retire_user/abc`], ['DELETE', `${API}/exam_id/x/user_id/1/reset_attempts`],
  ] as const) t.equal((await knock(app, method, url)).statusCode, 404, `${method} ${url}`)
})

t.test('a number that is nobody\'s id is answered as an id that nobody has', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  for (const id of ['0', '99999', '2147483648', '999999999999999', '99999999999999999999']) {
    for (const url of [`${API}/exam/exam_id/${id}`, `${API}/attempt/${id}`, `${API}/settings/exam_id/${id}/`]) {
      const answer = await knock(app, 'GET', url)
      t.equal(answer.statusCode, 400, url)
      t.type(answer.json().detail, 'string')
    }
  }
  for (const id of ['0', '99999', '2147483648', '999999999999999']) {
    t.strictSame((await knock(app, 'GET', `${API}/review_policy/exam_id/${id}/`)).json(), { review_policy: null }, id)
    for (const url of [`${API}/exam_id/${id}/user_id/1/reset_attempts`, `${API}/exam_id/${exam}/user_id/${id}/reset_attempts`]) {
      const answer = await knock(app, 'DELETE', url)
      t.equal(answer.statusCode, 404, url)
      t.type(answer.json(), 'string', 'a bare text')
    }
    t.equal((await knock(app, 'GET', `${V1}/instructor/course-v1:edX+Demo+2030/${id}`)).statusCode, 404, id)
    t.strictSame((await knock(app, 'POST', `${V1}/retire_backend_user/${id}/`)).json(), {}, id)
    t.equal((await knock(app, 'POST', `${V1}/retire_user/${id}/`)).statusCode, 204, id)
  }
})

t.test('raw and percent-encoded keys mean the same, of today\'s courses and of old ones', async t => {
  const app = await buildTestApp(t)
  const headers = { authorization: `JWT ${await tokenFor(SUE)}` }
  const fields = { exam_name: 'Midterm', time_limit_mins: 90, is_proctored: false, is_practice_exam: false, is_active: true, hide_after_due: false }
  const usage = (course: string) => `block-v1:${course}+type@sequential+block@mid`
  for (const [course, content] of [[COURSE, usage(COURSE)], ['edX/Old/2030', 'i4x://edX/Old/sequential/mid']] as const) {
    const spellings = [course, encodeURIComponent(course), course.replaceAll(':', '%3A'), course.replaceAll('+', '%2b').replaceAll('/', '%2f')]
    const [first = course] = spellings
    const published = await app.inject({ method: 'PATCH', url: `${API}/exam_registration/course_id/${first}`, headers, payload: [{ ...fields, course_id: course, content_id: content }] })
    const [{ exam_id: exam }] = published.json()
    for (const spelling of spellings) {
      const ask = async (url: string, query = {}) => (await app.inject({ url, headers, query })).json()
      t.match(await ask(`${API}/exam/course_id/${spelling}`), [{ id: exam }], spelling)
      t.match(await ask(`${API}/exam/course_id/${spelling}/content_id/${content}`), { id: exam })
      t.match(await ask(`${API}/exam/course_id/${spelling}/content_id/${encodeURIComponent(content)}`), { id: exam })
      t.match(await ask(`${API}/attempt/course_id/${spelling}`, { content_id: content }), { exam: { id: exam } })
      t.strictSame(await ask(`${API}/${spelling}/allowance`), [])
      t.strictSame(await ask(`${API}/${spelling}/grouped/allowance`), {})
      t.equal((await ask(`${API}/attempt/grouped/course_id/${spelling}`)).attempt_url, `${API}/attempt/grouped/course_id/${course}`)
    }
  }
})

t.test('what is no JSON is 400, another content type 415, and no body an empty one', async t => {
  const app = await buildTestApp(t)
  const headers = { authorization: `JWT ${await tokenFor(SUE)}` }
  const writes = [...PATHS].flatMap(([path, ...served]) => served.filter(method => method !== 'GET').map(method => [method, path] as const))
  for (const [method, url] of writes) {
    for (const [type, payload, status] of [['application/json', '{"a":', 400], ['text/plain', 'a', 415], ['application/xml', '<a/>', 415]] as const) {
      const answer = await app.inject({ method, url, headers: { ...headers, 'content-type': type }, payload })
      t.equal(answer.statusCode, status, `${method} ${url} with ${type}`)
      t.strictSame(Object.keys(answer.json()), ['detail'])
    }
    t.not((await app.inject({ method, url, headers })).statusCode, 500, `${method} ${url} without a body`)
  }
})
