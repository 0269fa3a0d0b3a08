import t, { type Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { decodeJwt } from 'jose'
import { obscureUserId } from '../../../core/domain/obscure-user-id.ts'
import { encryptVideoUrl } from '../../../core/domain/review/video-url.ts'
import { addExam, ADA, API, asPerson, buildTestApp, COURSE, SUE, tokenFor, type Person } from '../../helper/app.ts'

// a database and an app per test: more than the usual half minute on a busy machine
t.setTimeout(120_000)

const OTHER = 'course-v1:edX+Other+2030'
const CORA: Person = { id: 202, username: 'cora', email: 'cora@example.com', name: 'Cora Course', courseStaff: [COURSE] }
const OTTO: Person = { id: 203, username: 'otto', courseStaff: [OTHER] }
const pathOf = (exam?: number, search = '', course = COURSE) => `/api/edx_proctoring/v1/instructor/${course}${exam === undefined ? '' : `/${exam}`}${search}`
const KEY = 'B886E02F19C77EC734B1B132BEECD91E'
const RPNOW = {
  organization: 'edx', exam_sponsor: 'edX', exam_register_endpoint: 'http://127.0.0.1:1/', secret_key_id: 'foo', secret_key: 'secret',
  crypto_key: '123456789123456712345678', software_download_url: 'http://rpnow.test', video_review_aes_key: KEY,
}
const rest = (baseUrl: string) => ({ package: '@invigil/rest', options: { base_url: baseUrl, client_id: 'our-id', client_secret: 'secret-0123456789' } })

function build (t: Test, settings: object = {}): Promise<FastifyInstance> {
  return buildTestApp(t, {
    config: {
      server: { log_level: 'silent', cors_origins: ['https://lms.test'] },
      providers: { default: 'acme', enabled: { acme: rest('https://acme.test'), other: rest('https://other.test'), software_secure: { package: '@invigil/rpnow', options: RPNOW }, mock: { package: '@invigil/mock' }, old: { retired: true } } },
      settings: { user_obfuscation_key: 'SHHHHHH', ...settings },
    },
  })
}

const setBackend = (app: FastifyInstance, exam: number, backend: string | null) => app.db.query({ name: 'set-backend', text: 'update exam set backend = $2 where id = $1' }, [exam, backend])

/** What the vendor is told by the link. */
function claimsIn (location: unknown) {
  const url = new URL(String(location))
  const { iss, jti, exp, ...claims } = decodeJwt(url.searchParams.get('jwt') ?? '')
  return { origin: url.origin, claims, iss, jti, exp }
}

t.test('staff of the course is led to the vendor\'s dashboard, under a pseudonym', async t => {
  const app = await build(t)
  const exam = await addExam(app)
  await addExam(app, { content_id: 'quiz', is_proctored: false })
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: '2030-01-01T00:00:00Z' } })
  const course = await asPerson(app, CORA)('GET', pathOf())
  t.equal(course.status, 302)
  const user = { id: obscureUserId('SHHHHHH', CORA.id, 'acme'), full_name: 'Cora Course', email: 'cora@example.com' }
  const { claims, origin, iss, exp } = claimsIn(course.headers.location)
  t.same({ claims, origin, iss, exp }, { claims: { course_id: COURSE, user }, origin: 'https://acme.test', iss: 'our-id', exp: 1893456060 })
  const claimsOf = async (search: string) => claimsIn((await asPerson(app, CORA)('GET', pathOf(exam, search))).headers.location).claims
  const ofExam = { course_id: COURSE, user, exam_id: 'px-1' }
  t.same(await claimsOf(''), ofExam)
  t.same(await claimsOf('?config=true'), { ...ofExam, config: true })
  t.same(await claimsOf('?config=TRUE&attempt=pa-5'), { ...ofExam, config: true, attempt_id: 'pa-5' })
  for (const search of ['?config=1', '?config=', '?config=false', '?attempt=']) t.same(await claimsOf(search), ofExam, search)
})

t.test('who may not see it is refused', async t => {
  const app = await build(t)
  const exam = await addExam(app)
  for (const person of [ADA, OTTO, { ...ADA, groups: ['acme_review'] }, null]) {
    for (const path of [pathOf(), pathOf(exam), pathOf(4711)]) t.match(await asPerson(app, person)('GET', path), { status: 403, body: { detail: /./ } }, `${person?.username} ${path}`)
  }
  for (const person of [SUE, CORA]) t.equal((await asPerson(app, person)('GET', pathOf(exam))).status, 302)
})

t.test('Q36: an exam of another course is not shown under this one, nor an unknown one', async t => {
  const app = await build(t)
  const foreign = await addExam(app, Object.assign({ content_id: 'x' }, { course_id: OTHER }))
  await addExam(app)
  for (const exam of [foreign, 4711]) t.match(await asPerson(app, CORA)('GET', pathOf(exam)), { status: 404, text: /^"/, headers: { 'x-frame-options': 'sameorigin' } })
  t.equal((await asPerson(app, OTTO)('GET', pathOf(foreign, '', OTHER))).status, 302)
  t.equal((await asPerson(app, CORA)('GET', pathOf(foreign, '', OTHER))).status, 403)
})

t.test('Q36: an instructor without a name is led there without one', async t => {
  const app = await build(t)
  await addExam(app)
  const { headers } = await asPerson(app, { id: 250, username: 'nemo', email: '', staff: true })('GET', pathOf())
  t.match(claimsIn(headers.location).claims, { user: { full_name: '', email: '' } })
})

t.test('where there is no dashboard, a sentence stands in its frame', async t => {
  const app = await build(t)
  const sue = asPerson(app, SUE)
  const assertNone = async (path: string, name: string, status = 404) => {
    const answer = await sue('GET', path)
    t.match(answer, { status, text: /^"[^"]+"$/, headers: { 'content-type': /application\/json/, 'x-frame-options': 'sameorigin', 'content-security-policy': /frame-ancestors 'self' https:\/\/lms\.test/ } }, name)
  }
  await assertNone(pathOf(), 'no exams')
  const timed = await addExam(app, { content_id: 'quiz', is_proctored: false })
  await assertNone(pathOf(), 'no proctored exams')
  await assertNone(pathOf(timed), 'a timed exam')
  const exam = await addExam(app)
  await setBackend(app, exam, 'mock')
  await assertNone(pathOf(), 'a provider without dashboard')
  await assertNone(pathOf(exam), 'a provider without dashboard')
  const second = await addExam(app, { content_id: 'end' })
  await assertNone(pathOf(), 'two providers', 400)
  t.equal((await sue('GET', pathOf(second))).status, 302, 'each exam has its own')
  await sue('PUT', `${API}/exam`, { exam_id: exam, is_active: false })
  t.equal((await sue('GET', pathOf())).status, 302, 'an inactive exam does not count')
})

t.test('Q36: the provider that is used salts the pseudonym, whatever exams stand beside', async t => {
  const app = await build(t)
  await setBackend(app, await addExam(app), 'other')
  await setBackend(app, await addExam(app, { content_id: 'quiz', is_proctored: false }), 'acme')
  const { headers } = await asPerson(app, CORA)('GET', pathOf())
  t.match(claimsIn(headers.location), { origin: 'https://other.test', claims: { user: { id: obscureUserId('SHHHHHH', CORA.id, 'other') } } })
})

t.test('exams that name no provider stand with those of the default one', async t => {
  const app = await build(t)
  await addExam(app)
  await setBackend(app, await addExam(app, { content_id: 'end' }), null)
  t.equal((await asPerson(app, CORA)('GET', pathOf())).status, 302)
})

t.test('a provider that is gone or retired is told as such', async t => {
  const app = await build(t)
  const exam = await addExam(app)
  await setBackend(app, exam, 'gone')
  for (const path of [pathOf(), pathOf(exam)]) t.match(await asPerson(app, SUE)('GET', path), { status: 500, body: { detail: /"gone"/ } })
  await setBackend(app, exam, 'old')
  t.match(await asPerson(app, SUE)('GET', pathOf(exam)), { status: 503, body: { detail: /retired/ } })
})

t.test('a browser that follows the link shows who it is by the platform\'s cookies', async t => {
  const app = await build(t)
  await addExam(app)
  const [header, payload, signature] = (await tokenFor(SUE)).split('.')
  const cookie = `edx-jwt-cookie-header-payload=${header}.${payload}; edx-jwt-cookie-signature=${signature}`
  t.equal((await app.inject({ method: 'GET', url: pathOf(), headers: { cookie } })).statusCode, 302)
})

async function addReviewed (app: FastifyInstance, { exam, backend, video }: { exam: number, backend: string, video: string }) {
  await asPerson(app, ADA)('GET', `${API}/attempt`)
  await app.db.query({
    name: 'reviewed',
    text: `with attempt as (
        insert into attempt (user_id, exam_id, course_id, provider, status, attempt_code, external_id, created_at, modified_at)
        select $1, id, course_id, $3, 'verified', 'CODE-' || id, 'rp-1', now(), now() from exam where id = $2 returning attempt_code
      ) insert into review (attempt_code, review_status, raw_data, encrypted_video_url, student_id, created_at, modified_at) select attempt_code, 'Clean', '{}', $4, $1, now(), now() from attempt`,
  }, [ADA.id, exam, backend, video])
}

t.test('with the redirect switched on a reviewed attempt leads to its recording', async t => {
  const app = await build(t, { review_video_redirect: true })
  const exam = await addExam(app)
  await setBackend(app, exam, 'software_secure')
  await addReviewed(app, { exam, backend: 'software_secure', video: encryptVideoUrl('http://video.test/DirectLink-Generic.aspx?ID=foo', KEY) })
  const cora = asPerson(app, CORA)
  for (const path of [pathOf(exam, '?attempt=rp-1'), pathOf(undefined, '?attempt=rp-1')]) {
    t.match(await cora('GET', path), { status: 302, headers: { location: 'http://video.test/DirectLink-HTML5.aspx?ID=foo' } })
  }
  const second = await addExam(app, { content_id: 'end' })
  await setBackend(app, second, 'software_secure')
  for (const path of [pathOf(exam), pathOf(exam, '?attempt=rp-2'), pathOf(second, '?attempt=rp-1')]) t.equal((await cora('GET', path)).status, 404, path)
  t.equal((await cora('GET', pathOf(exam, '?attempt=a%00b'))).status, 400)
})

t.test('a recording is not shown from another course, with the switch off, or with another key', async t => {
  const on = await build(t, { review_video_redirect: true })
  const exam = await addExam(on)
  await setBackend(on, exam, 'software_secure')
  const foreign = await addExam(on, Object.assign({ content_id: 'x' }, { course_id: OTHER }))
  await setBackend(on, foreign, 'software_secure')
  await addReviewed(on, { exam, backend: 'software_secure', video: encryptVideoUrl('http://video.test/x', 'A886E02F19C77EC734B1B132BEECD91E') })
  t.equal((await asPerson(on, CORA)('GET', pathOf(exam, '?attempt=rp-1'))).status, 404, 'the key was changed')
  await on.db.query({ name: 'right-key', text: 'update review set encrypted_video_url = $1' }, [encryptVideoUrl('http://video.test/x', KEY)])
  t.equal((await asPerson(on, CORA)('GET', pathOf(exam, '?attempt=rp-1'))).status, 302)
  for (const path of [pathOf(foreign, '?attempt=rp-1', OTHER), pathOf(undefined, '?attempt=rp-1', OTHER)]) t.equal((await asPerson(on, OTTO)('GET', path)).status, 404)
  const off = await build(t)
  const same = await addExam(off)
  await setBackend(off, same, 'software_secure')
  await addReviewed(off, { exam: same, backend: 'software_secure', video: encryptVideoUrl('http://video.test/x', KEY) })
  t.equal((await asPerson(off, CORA)('GET', pathOf(same, '?attempt=rp-1'))).status, 404)
})
