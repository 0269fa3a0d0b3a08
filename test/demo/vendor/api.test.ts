import t from 'tap'
import { CLIENT, EXAM, LEARNER, PRACTICE, startDemoVendor, startInvigil } from './helper.ts'

t.test('only the right client gets a token, and only a token opens the API', async t => {
  const { url } = await startDemoVendor(t)
  const ask = (fields: { client_id?: string, client_secret?: string, grant_type?: string }) => fetch(`${url}/oauth2/access_token`, {
    method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, ...fields }),
  })
  t.match(await (await ask({})).json(), { access_token: String, token_type: 'JWT', expires_in: 3600 })
  for (const fields of [{ client_secret: 'wrong' }, { client_id: 'wrong' }, { grant_type: 'password' }]) t.equal((await ask(fields)).status, 401)
  for (const authorization of ['', 'JWT', 'JWT made-up', 'Bearer x']) t.equal((await fetch(`${url}/api/v1/config/`, { headers: { authorization } })).status, 401)
})

t.test('a token ends after an hour', async t => {
  const time = { now: new Date('2030-01-01T00:00:00Z') }
  const { call } = await startDemoVendor(t, { clock: { now: () => time.now } })
  t.equal((await call('GET', '/api/v1/config/')).status, 200)
  time.now = new Date('2030-01-01T01:00:00Z')
  t.equal((await call('GET', '/api/v1/config/')).status, 401)
})

t.test('what people read comes in their language, also where the header is not what HTTP means by a list', async t => {
  const { call } = await startDemoVendor(t)
  const read = async (language: string) => (await call('GET', '/api/v1/config/', undefined, { 'accept-language': language })).json()
  const [english, spanish] = [await read('en'), await read('es')]
  t.match(spanish, { rules: { allow_notes: 'Se permiten apuntes en papel' }, instructions: [/^Abra/, String, String] })
  t.match(english, { rules: { allow_notes: 'Notes on paper are allowed' } })
  for (const language of ['es;en', 'es-419;en-us', 'ES', 'de;es;en', 'es;q=0.9, en;q=0.8']) t.same(await read(language), spanish, language)
  for (const language of ['en;es', 'de', 'de;fr', '', '*']) t.same(await read(language), english, language)
})

t.test('an exam is kept, changed, and made once per idempotency key', async t => {
  const { call, create } = await startDemoVendor(t)
  const first = await (await call('POST', '/api/v1/exam/', EXAM, { 'idempotency-key': 'k' })).json()
  t.same(await (await call('POST', '/api/v1/exam/', EXAM, { 'idempotency-key': 'k' })).json(), first)
  t.not(await create('/api/v1/exam/', EXAM), first.id)
  t.same(await (await call('POST', `/api/v1/exam/${first.id}/`, { ...EXAM, exam_name: 'Final', rules: { notes: true } })).json(), first)
  t.match(await (await call('GET', `/api/v1/exam/${first.id}/`)).json(), { name: 'Final', rules: { notes: true } })
  t.equal((await call('GET', '/api/v1/exam/none/')).status, 404)
  t.equal((await call('POST', '/api/v1/exam/', { exam_name: 'half' })).status, 400)
})

t.test('an attempt lives from registration to removal', async t => {
  const { url, call, create } = await startDemoVendor(t)
  const attempts = `/api/v1/exam/${await create('/api/v1/exam/', EXAM)}/attempt/`
  const id = await create(attempts, LEARNER)
  const details = await (await call('GET', `${attempts}${id}/`)).json()
  t.match(details, { id, status: 'created', download_url: `${url}/app/${id}` })
  t.match(details.instructions, [String, /\(Ada <Lovelace>\)/])
  t.match(await (await call('GET', `${attempts}${id}/`, undefined, { 'accept-language': 'es;en' })).json(), { instructions: [/^Abra/] })
  t.same(await (await call('PATCH', `${attempts}${id}/`, { status: 'started' })).json(), { status: 'started' })
  t.equal((await call('PATCH', `${attempts}${id}/`, { status: 'dancing' })).status, 400)
  t.same(await (await call('DELETE', `${attempts}${id}/`)).json(), { status: 'deleted' })
  for (const method of ['GET', 'DELETE']) t.equal((await call(method, `${attempts}${id}/`)).status, 404, `${method} of a removed attempt`)
  t.equal((await call('GET', '/api/v1/exam/ex-1/attempt/other/')).status, 404)
})

t.test('what was registered before a restart is taken in again under its id', async t => {
  const { call, create, page } = await startDemoVendor(t)
  t.match(await (await call('PATCH', '/api/v1/exam/ex-old/attempt/da-old/', { status: 'started' })).json(), { status: 'started' })
  t.match(await page('/app/da-old'), 'from before the restart')
  t.match(await create('/api/v1/exam/ex-older/attempt/', LEARNER), /^da-/)
  t.equal((await call('GET', '/api/v1/exam/foreign/attempt/da-x/')).status, 404)
  t.equal((await call('GET', '/api/v1/exam/ex-other/attempt/da-old/')).status, 404, 'an attempt belongs to its exam')
})

t.test('the console decides how registrations end', async t => {
  const { call, create, press } = await startDemoVendor(t)
  const attempts = `/api/v1/exam/${await create('/api/v1/exam/', EXAM)}/attempt/`
  const set = (registration: string) => press('/console/switches', { delay_ms: '0', outage: 'none', registration })
  await set('onboarding_missing')
  t.same(await (await call('POST', attempts, LEARNER)).json(), { status: 'onboarding_missing' })
  t.match(await create(attempts, { ...LEARNER, is_sample_attempt: true }), /^da-/, 'practice is always open')
  await set('refuse')
  t.equal((await call('POST', attempts, LEARNER)).status, 403)
  await set('accept')
  t.match(await create(attempts, LEARNER), /^da-/)
})

t.test('onboarding profiles follow from practice exams', async t => {
  const invigil = await startInvigil(t)
  const { call, create, press } = await startDemoVendor(t, { invigilUrl: invigil.url, clock: { now: () => new Date('2030-01-01T00:00:00Z') } })
  const practice = `/api/v1/exam/${await create('/api/v1/exam/', PRACTICE)}/attempt/`
  const real = `/api/v1/exam/${await create('/api/v1/exam/', EXAM)}/attempt/`
  const profiles = async (query: string) => (await call('GET', `/api/v1/courses/course-v1:A+B+C/onboarding_statuses?${query}`)).json()
  const one = await create(practice, { ...LEARNER, is_sample_attempt: true })
  await create(practice, { ...LEARNER, user_id: 'u2', is_sample_attempt: true })
  await create(real, { ...LEARNER, user_id: 'u3' })
  await press('/console/press', { session: one, action: 'passed' })
  const approved = { user_id: 'u1', status: 'approved-in-course', expiration_date: '2031-01-01T00:00:00.000Z' }
  const pending = { user_id: 'u2', status: 'pending', expiration_date: null }
  const none = { user_id: 'u3', status: 'no-profile', expiration_date: null }
  t.same(await profiles('user_id=u1'), approved)
  t.equal((await call('GET', '/api/v1/courses/c/onboarding_statuses?user_id=u1')).status, 404)
  t.match(await profiles('status='), { results: [approved, pending, none], count: 3, num_pages: 1, next: null, previous: null })
  t.match(await profiles('status=pending,rejected'), { results: [pending], count: 1 })
  t.match(await profiles('page=2&page_size=2'), { results: [none], num_pages: 2, next: null, previous: 1 })
  await press('/console/switches', { delay_ms: '0', outage: 'none', registration: 'onboarding_expired' })
  t.match(await create(real, LEARNER), /^da-/, 'who has passed is let in')
})

t.test('a retired learner is forgotten', async t => {
  const { call, create, page } = await startDemoVendor(t)
  const id = await create(`/api/v1/exam/${await create('/api/v1/exam/', EXAM)}/attempt/`, LEARNER)
  t.match(await page(`/app/${id}`), 'Lovelace')
  t.equal(await (await call('DELETE', '/api/v1/user/u1/')).json(), true)
  t.notMatch(await page(`/app/${id}`), 'Lovelace')
})
