import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { EXAM, LEARNER, startDemoVendor, startInvigil } from './helper.ts'

/** The vendor, the switches turned over its control API, and what it was asked. */
async function startSwitchable (t: Test) {
  const invigil = await startInvigil(t)
  const vendor = await startDemoVendor(t, { invigilUrl: invigil.url })
  const control = (method: string, path: string, json?: object) => vendor.call(method, `/control${path}`, json)
  const set = (switches: object) => control('PATCH', '/switches', switches)
  const exam = await vendor.create('/api/v1/exam/', EXAM)
  const attempts = `/api/v1/exam/${exam}/attempt/`
  const look = async () => (await control('GET', '/')).json()
  return { invigil, ...vendor, control, set, look, exam, attempts }
}

t.test('the vendor can be slow, unwell or gone, while its pages stay', async t => {
  const { call, set, page } = await startSwitchable(t)
  await set({ delay_ms: 300 })
  const started = Date.now()
  t.equal((await call('GET', '/api/v1/config/')).status, 200)
  t.ok(Date.now() - started >= 295)
  for (const [outage, status] of [['busy', 503], ['error', 500]] as const) {
    await set({ delay_ms: 0, outage })
    t.equal((await call('GET', '/api/v1/config/')).status, status)
    t.equal((await call('POST', '/oauth2/access_token')).status, status)
  }
  await set({ outage: 'cut' })
  await t.rejects(call('GET', '/api/v1/config/'), { message: 'fetch failed' })
  t.match(await page('/console'), /GET \/api\/v1\/config\/[\s\S]*line cut/)
  await set({ outage: 'none' })
  t.equal((await call('GET', '/api/v1/config/')).status, 200)
})

t.test('an answer can be anything but the right one', async t => {
  const { call, set, attempts, look } = await startSwitchable(t)
  const register = async (outage: string) => {
    await set({ outage })
    const response = await call('POST', attempts, LEARNER)
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }
  const sessions = async () => (await look()).sessions.length
  t.match(await register('html'), { status: 200, type: /html/, text: /^<!doctype/ })
  t.equal(await sessions(), 0, 'a page comes from something before the vendor')
  const { text: half } = await register('wrong_json')
  t.throws(() => JSON.parse(half))
  t.match(await register('no_id'), { status: 200, text: '{}' })
  t.match(await register('created'), { status: 201, text: /"id":"da-/ })
  t.equal(await sessions(), 3, 'and these after the work was done')
  await set({ outage: 'lost' })
  await t.rejects(call('POST', attempts, LEARNER), { message: 'fetch failed' })
  t.equal(await sessions(), 4)
  t.match((await look()).calls.map(({ result }: { result: string }) => result).filter((result: string) => result !== '200'), ['done, line cut', '201'])
})

t.test('a fault strikes one kind of call, or a number of calls, and is over then', async t => {
  const { call, set, attempts, look } = await startSwitchable(t)
  await set({ outage: 'busy', only: 'register', times: 2 })
  const register = async () => (await call('POST', attempts, LEARNER)).status
  t.equal((await call('GET', '/api/v1/config/')).status, 200)
  t.same([await register(), await register(), await register()], [503, 503, 200])
  t.match((await look()).switches, { outage: 'none', only: 'any', times: 0 })
})

t.test('tokens can be ended, all at once or before each call, and their life be set', async t => {
  const { url, call, set, control } = await startSwitchable(t)
  t.same(await (await control('POST', '/expire')).json(), { expired: 1 })
  t.equal((await call('GET', '/api/v1/config/')).status, 401)
  await set({ token_seconds: 7 })
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'invigil-demo', client_secret: 'the-secret-of-invigil-at-the-vendor' })
  const { access_token: token, expires_in: life } = await (await fetch(`${url}/oauth2/access_token`, { method: 'POST', body })).json()
  t.equal(life, 7)
  const ask = async () => (await fetch(`${url}/api/v1/config/`, { headers: { authorization: `JWT ${token}` } })).status
  t.equal(await ask(), 200)
  await set({ outage: 'expired', times: 1 })
  t.equal(await ask(), 401)
})

t.test('a callback can come twice, too early and too late', async t => {
  const { invigil, call, create, set, control, attempts } = await startSwitchable(t)
  const id = await create(attempts, LEARNER)
  const heard = async (count: number) => {
    for (let tries = 0; tries < 100 && invigil.callbacks.length < count; tries++) await sleep(20)
    return invigil.callbacks.splice(0).map(({ path, json }) => [path.split('/').at(-1), Object(json).status])
  }
  await set({ callbacks: 'twice' })
  t.match(await (await control('POST', `/sessions/${id}/ready`)).json(), { ok: true, sentence: /^Told twice/ })
  t.same(await heard(2), [['ready', 'ready'], ['ready', 'ready']])
  await set({ callbacks: 'early_review' })
  await call('PATCH', `${attempts}${id}/`, { status: 'started' })
  t.same(await heard(1), [['reviewed', 'passed']])
  await set({ callbacks: 'late_ready' })
  await call('PATCH', `${attempts}${id}/`, { status: 'submitted' })
  t.same(await heard(1), [['ready', 'ready']])
})

t.test('the control API knows its words, and the way back', async t => {
  const { set, control, look, create, attempts } = await startSwitchable(t)
  for (const switches of [{ outage: 'strange' }, { delay: 5 }, { times: -1 }, { only: 'x' }]) t.equal((await set(switches)).status, 400, JSON.stringify(switches))
  await set({ outage: 'busy', registration: 'refuse', token_seconds: 5 })
  t.match(await (await control('POST', '/normal')).json(), { outage: 'none', registration: 'accept', token_seconds: 3600 })
  const id = await create(attempts, LEARNER)
  t.equal((await control('POST', '/sessions/none/ready')).status, 404)
  t.equal((await control('POST', `/sessions/${id}/dance`)).status, 400)
  t.match(await look(), { sessions: [{ id }], exams: [Object], profiles: [{ course: EXAM.course_id, user_id: 'u1', status: 'no-profile' }] })
})

t.test('a profile set by hand counts before practice exams, and can decide who is registered', async t => {
  const { call, set, control, press, page, attempts } = await startSwitchable(t)
  const put = (status: string, end: string | null = null) =>
    control('PUT', `/courses/${encodeURIComponent(EXAM.course_id)}/profiles/u1`, { status, expiration_date: end })
  const profile = async () => (await call('GET', `/api/v1/courses/${EXAM.course_id}/onboarding_statuses?user_id=u1`)).json()
  const register = async () => (await call('POST', attempts, LEARNER)).json()
  await set({ registration: 'by_profile' })
  t.same(await register(), { status: 'onboarding_missing' })
  for (const [word, refusal] of [['pending', 'pending'], ['rejected', 'failed'], ['expired', 'expired'], ['no-profile', 'missing']] as const) {
    await put(word)
    t.same(await register(), { status: `onboarding_${refusal}` }, word)
  }
  for (const word of ['approved-in-course', 'approved-in-different-course']) {
    await put(word, '2031-05-06T00:00:00Z')
    t.same(await profile(), { user_id: 'u1', status: word, expiration_date: '2031-05-06T00:00:00Z' })
    t.match(await register(), { id: /^da-/ })
  }
  t.equal((await put('happy')).status, 400)
  await press('/console/profile', { course: EXAM.course_id, user: 'u1', status: 'expired', expires: '2029-01-02' })
  t.same(await profile(), { user_id: 'u1', status: 'expired', expiration_date: '2029-01-02T00:00:00.000Z' })
  t.match(await page('/console'), /Standing of Ada &lt;Lovelace&gt;[\s\S]*value="expired" selected/)
  await call('DELETE', '/api/v1/user/u1/')
  t.match(await profile(), { error: String }, 'a retired learner has no profile')
})
