import { SignJWT } from 'jose'
import t from 'tap'
import { CLIENT, EXAM, LEARNER, startDemoVendor, startInvigil } from './helper.ts'

async function startSession (t: Parameters<typeof startDemoVendor>[0]) {
  const invigil = await startInvigil(t)
  const vendor = await startDemoVendor(t, { invigilUrl: invigil.url })
  const exam = await vendor.create('/api/v1/exam/', EXAM)
  const id = await vendor.create(`/api/v1/exam/${exam}/attempt/`, LEARNER)
  const proctoring = async (query = `?attempt=${id}`) => (await fetch(`${vendor.url}/app/status${query}`)).json()
  return { invigil, ...vendor, exam, id, proctoring }
}

t.test('a learner who says "I am ready" is reported to Invigil, and the application runs', async t => {
  const { invigil, id, press, page, proctoring } = await startSession(t)
  t.match(await page(`/app/${id}`), /Hello Ada &lt;Lovelace&gt;[\s\S]*I am ready/)
  t.same(await proctoring(), { proctoring: false })
  const answer = await press(`/app/${id}/ready`)
  t.equal(answer.status, 303)
  t.equal(answer.headers.get('location'), `/app/${id}`)
  t.same(invigil.signIns, [{ grant_type: 'client_credentials', client_id: 'demo-vendor', client_secret: 'the-secret-of-the-vendor-at-invigil' }])
  t.same(invigil.callbacks, [{ path: `/api/edx_proctoring/v1/proctored_exam/attempt/${id}/ready`, authorization: 'JWT token-1', json: { status: 'ready' } }])
  t.match(await page(`/app/${id}`), /is running[\s\S]*Quit/)
  t.same(await proctoring(), { proctoring: true })
  t.same(await proctoring(''), { proctoring: true }, 'an exam page of the older kind does not say which attempt it shows')
  t.same(await proctoring('?attempt=other'), { proctoring: false })
})

t.test('the application can be quit, started again, and is closed by the exam page', async t => {
  const { id, url, press, proctoring } = await startSession(t)
  await press(`/app/${id}/ready`)
  await press(`/app/${id}/quit`)
  t.same(await proctoring(), { proctoring: false })
  await press(`/app/${id}/ready`)
  t.same(await proctoring(), { proctoring: true })
  const closed = await fetch(`${url}/app/close?attempt=${id}`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
  t.same(await closed.json(), { closed: true })
  t.equal(closed.headers.get('access-control-allow-origin'), '*')
  t.same(await proctoring(), { proctoring: false })
})

t.test('a learner is told when Invigil does not take it in', async t => {
  const { invigil, id, press, proctoring } = await startSession(t)
  invigil.state.status = 500
  const answer = await press(`/app/${id}/ready`)
  t.equal(answer.status, 502)
  t.match(await answer.text(), /role="alert"[\s\S]*Invigil answered 500/)
  t.same(await proctoring(), { proctoring: false })
  t.equal((await press('/app/none/ready')).status, 404)
  t.equal((await press('/app/none/quit')).status, 404)
})

t.test('the console sends reviews, each with what was seen', async t => {
  const { invigil, id, press, page } = await startSession(t)
  for (const action of ['passed', 'suspicious', 'violation', 'not_reviewed']) {
    t.equal((await press('/console/press', { session: id, action })).status, 303)
    t.match(await page('/console'), `the review of ${id} is &quot;${action}&quot;`)
  }
  t.match(invigil.callbacks.map(({ path, json }) => ({ path, json })), ['passed', 'suspicious', 'violation', 'not_reviewed'].map(status =>
    ({ path: `/api/edx_proctoring/v1/proctored_exam/attempt/${id}/reviewed`, json: { status, comments: Array } })))
  t.equal(invigil.signIns.length, 1, 'one token serves them all')
  t.equal((await press('/console/press', { session: id, action: 'excellent' })).status, 400)
  await press('/console/press', { session: 'none', action: 'passed' })
  t.match(await page('/console'), 'There is no session none')
})

t.test('the console readies and closes the application, and says what Invigil answered', async t => {
  const { invigil, id, press, page, proctoring } = await startSession(t)
  await press('/console/press', { session: id, action: 'ready' })
  t.same(await proctoring(), { proctoring: true })
  await press('/console/press', { session: id, action: 'quit' })
  t.same(await proctoring(), { proctoring: false })
  invigil.state.status = 400
  await press('/console/press', { session: id, action: 'passed' })
  t.match(await page('/console'), /Invigil answered 400[\s\S]*&quot;detail&quot;:&quot;no&quot;/)
  t.notMatch(await page('/console'), 'Invigil answered 400', 'said once')
})

t.test('the vendor signs in again when Invigil has forgotten it', async t => {
  const { invigil, id, press } = await startSession(t)
  await press('/console/press', { session: id, action: 'ready' })
  invigil.state.tokens.clear()
  await press('/console/press', { session: id, action: 'passed' })
  t.same(invigil.callbacks.map(({ authorization }) => authorization), ['JWT token-1', 'JWT token-2'])
})

t.test('wrong callback credentials, and an Invigil that is not there, are said on the console', async t => {
  const invigil = await startInvigil(t)
  const wrong = await startDemoVendor(t, { invigilUrl: invigil.url, callback: { client_id: 'demo-vendor', client_secret: 'wrong' } })
  const lost = await startDemoVendor(t)
  for (const [vendor, sentence] of [[wrong, 'compare callback.client_id and client_secret'], [lost, 'Invigil does not answer at http://127.0.0.1:1']] as const) {
    const session = await vendor.create(`/api/v1/exam/${await vendor.create('/api/v1/exam/', EXAM)}/attempt/`, LEARNER)
    await vendor.press('/console/press', { session, action: 'ready' })
    t.match(await vendor.page('/console'), sentence)
  }
})

t.test('another site cannot press the buttons', async t => {
  const { id, press } = await startSession(t)
  for (const from of ['cross-site', 'same-site']) {
    for (const path of ['/console/press', '/console/switches', '/console/expire', '/console/profile', '/control/normal', `/app/${id}/ready`, `/app/${id}/quit`]) {
      t.equal((await press(path, {}, { 'sec-fetch-site': from })).status, 403, `${path} from ${from}`)
    }
  }
  t.equal((await press(`/app/${id}/quit`, {}, { 'sec-fetch-site': 'same-origin' })).status, 303)
})

t.test('pages carry a strict policy and may be framed by the learning platform only', async t => {
  const { url, invigil } = await startSession(t)
  const { headers } = await fetch(`${url}/console`)
  t.match(headers.get('content-security-policy'), `frame-ancestors 'self' ${invigil.url}`)
  t.match(headers.get('content-security-policy'), /^default-src 'none'/)
  t.notOk(headers.get('access-control-allow-origin'))
  t.equal((await fetch(`${url}/assets/vendor.css`)).status, 200)
  t.equal((await fetch(`${url}/assets/../state.ts`)).status, 404)
  t.match(await (await fetch(url)).text(), 'Vendor console', 'the root leads to the console')
  t.match(await (await fetch(`${url}/app`)).text(), 'set-up page')
})

t.test('the instructor dashboard opens for a signed link only', async t => {
  const { url, exam, id } = await startSession(t)
  let links = 0
  const sign = (claims: object, { secret = CLIENT.clientSecret, issuer = CLIENT.clientId, exp = Date.now() / 1000 + 60 } = {}) =>
    new SignJWT({ course_id: 'course-v1:A+B+C', user: { id: 'i', full_name: 'Cora', email: 'c@x.test' }, iss: issuer, exp, jti: `link-${++links}`, ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(secret))
  const open = async (jwt: string, client = CLIENT.clientId) => {
    const response = await fetch(`${url}/api/v1/instructor/${client}/?jwt=${jwt}`)
    return { status: response.status, text: await response.text() }
  }
  t.match(await open(await sign({})), { status: 200, text: new RegExp(`seen by Cora[\\s\\S]*${id}`) })
  t.match(await open(await sign({ exam_id: exam })), { status: 200, text: new RegExp(`Results of Midterm[\\s\\S]*${id}`) })
  t.match(await open(await sign({ exam_id: exam, attempt_id: id })), { status: 200, text: new RegExp(`One session[\\s\\S]*${id}`) })
  t.notMatch((await open(await sign({ exam_id: exam, attempt_id: 'da-other' }))).text, id)
  t.notMatch((await open(await sign({ course_id: 'course-v1:Other' }))).text, id)
  t.match(await open(await sign({ exam_id: exam, config: true })), { status: 200, text: /Settings of Midterm[\s\S]*90 minutes[\s\S]*Notes on paper are allowed: <strong>no/ })
  const bad = [await sign({}, { secret: 'another' }), await sign({}, { issuer: 'another' }), await sign({}, { exp: 1 }), await sign({ jti: undefined }), await sign({ exp: undefined }), '', 'x.y.z']
  for (const jwt of bad) t.equal((await open(jwt)).status, 403)
  t.equal((await open(await sign({}), 'another')).status, 403, 'a link is for the client that its path names')
  const once = await sign({ exp: Date.now() / 1000 + 60.25 })
  t.same([(await open(once)).status, (await open(once)).status], [200, 403], 'a link opens once')
})

t.test('the link in a review leads to the recording of its session', async t => {
  const { url, invigil, id, press } = await startSession(t)
  await press('/console/press', { session: id, action: 'violation' })
  t.match(invigil.callbacks[0]?.json, { videoReviewLink: `${url}/recordings/${id}` })
  t.match(await (await fetch(`${url}/recordings/${id}`)).text(), /recording of session[\s\S]*Ada &lt;Lovelace&gt;/)
  t.equal((await fetch(`${url}/recordings/other`)).status, 404)
})
