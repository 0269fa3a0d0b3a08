import t, { type Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { obscureUserId } from '../../../core/domain/obscure-user-id.ts'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, type Person } from '../../helper/app.ts'
import { startReceiver } from '../../helper/receiver.ts'

// a database and an app per test: more than the usual half minute on a busy machine
t.setTimeout(120_000)

const STATUS = '/api/edx_proctoring/v1/user_onboarding/status'
const LIST = `${STATUS}/course_id/${COURSE}`
const ONBOARDING = 'block-v1:onb'
const CORA: Person = { id: 202, username: 'cora', courseStaff: [COURSE] }
const OTTO: Person = { id: 203, username: 'otto', courseStaff: ['course-v1:edX+Other+2030'] }
const query = (fields: Record<string, string> = {}) => `${STATUS}?${new URLSearchParams({ course_id: COURSE, ...fields })}`

interface Answers { outline?: object | null, enrollments?: object[] | null, knowsPages?: boolean, failing?: boolean }
interface Setup { settings?: object, lms?: boolean, supportsOnboarding?: boolean, enabled?: object }

/** The app between a platform and a vendor that answer what the test says. */
async function build (t: Test, { settings = {}, lms = true, supportsOnboarding = true, enabled = {} }: Setup = {}) {
  const [platform, vendor] = [await startReceiver(t), await startReceiver(t)]
  const world: { lms: Answers, profiles: { status?: number, json?: unknown } } = { lms: {}, profiles: { json: { results: [] } } }
  platform.answer(({ path, json }) => {
    if (world.lms.failing) return { status: 500 }
    if (path.includes('get_user_course_outline_details')) return { json: { result: world.lms.outline ?? null } }
    if (path.includes('get_enrollments')) return { json: { result: world.lms.enrollments ?? null } }
    if (world.lms.knowsPages && path.endsWith('/enrollments/get_proctored_enrollments_page')) {
      const { offset, limit } = Object(json)
      return { json: { result: { count: world.lms.enrollments?.length ?? 0, results: world.lms.enrollments?.slice(offset, offset + limit) ?? [] } } }
    }
    return { status: 404 }
  })
  vendor.answer(({ path }) => {
    if (path.endsWith('/access_token')) return { json: { access_token: 'token', expires_in: 3600 } }
    if (path.includes('onboarding_statuses')) return world.profiles
    return { json: { id: path.endsWith('/attempt/') ? `pa-${vendor.received.length}` : 'px-1' } }
  })
  const options = { base_url: vendor.url, client_id: 'our-id', client_secret: 'secret-0123456789', help_center_article_url: 'https://help.test', supports_onboarding: supportsOnboarding }
  const app = await buildTestApp(t, {
    config: {
      providers: { default: 'acme', enabled: { acme: { package: '@invigil/rest', options }, mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000 } }, ...enabled } },
      settings: { user_obfuscation_key: 'SHHHHHH', ...settings },
      ...(lms && { lms: { adapter: 'http', services_url: platform.url, learning_mfe_url: 'https://learning.test' } }),
    },
  })
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: '2030-01-01T00:00:00Z' } })
  for (const person of [ADA, BOB, CORA]) await asPerson(app, person)('GET', `${API}/attempt`)
  const asked = () => vendor.received.map(({ path }) => path).filter(path => path.includes('onboarding_statuses'))
  return { app, world, platform, asked }
}

const addOnboarding = (app: FastifyInstance, fields: object = {}) => addExam(app, { content_id: ONBOARDING, is_practice_exam: true, ...fields })
const open = (...contentIds: string[]) => ({ outline: { accessible_sequences: contentIds }, schedule: { sequences: Object.fromEntries(contentIds.map(id => [id, { effective_start: '2029-12-01T00:00:00Z' }])) } })

async function enter (app: FastifyInstance, exam: number, person: Person = ADA): Promise<number> {
  const { body, text } = await asPerson(app, person)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true' })
  if (!body.exam_attempt_id) throw new Error(text)
  return body.exam_attempt_id
}
const setStatus = (app: FastifyInstance, attempt: number, status: string, at = '2030-01-01T00:00:00Z') =>
  app.db.query({ name: 'set-status', text: 'update attempt set status = $2, modified_at = $3 where id = $1' }, [attempt, status, at])

t.test('a learner is told where he stands and where to go', async t => {
  const { app, world } = await build(t)
  const exam = await addOnboarding(app)
  world.lms.outline = open(ONBOARDING)
  const ada = asPerson(app, ADA)
  t.same((await ada('GET', query())).body, {
    onboarding_status: null,
    onboarding_link: `/demo/courses/${COURSE}/jump_to/${ONBOARDING}`,
    expiration_date: null,
    onboarding_past_due: false,
    onboarding_release_date: '2029-12-01T00:00:00+00:00',
    review_requirements_url: 'https://help.test',
  })
  const attempt = await enter(app, exam)
  for (const status of ['created', 'started', 'submitted', 'rejected', 'onboarding_reset']) {
    await setStatus(app, attempt, status)
    t.equal((await ada('GET', query())).body.onboarding_status, status)
  }
  await setStatus(app, attempt, 'verified', '2027-01-01T12:00:00.5Z')
  t.match((await ada('GET', query())).body, { onboarding_status: 'verified', expiration_date: '2028-01-01T12:00:00.500000Z' }, 'also when it was long ago')
})

t.test('the link leads to the learning front end for those who come from there', async t => {
  const { app, world } = await build(t)
  await addOnboarding(app)
  world.lms.outline = open(ONBOARDING)
  for (const word of ['1', 'true', 'True']) {
    t.equal((await asPerson(app, ADA)('GET', query({ is_learning_mfe: word }))).body.onboarding_link, `https://learning.test/course/${COURSE}/${ONBOARDING}`)
  }
  t.match((await asPerson(app, ADA)('GET', query({ is_learning_mfe: 'yes' }))).body.onboarding_link, /jump_to/)
})

t.test('what is not open yet, or no longer, has no link', async t => {
  const { app, world } = await build(t)
  await addOnboarding(app)
  const hidden = (schedule: object, courseEnd: string | null = null) => ({ outline: { accessible_sequences: [] }, schedule: { sequences: schedule, course_end: courseEnd } })
  const ask = async () => (await asPerson(app, ADA)('GET', query()))
  world.lms.outline = hidden({ [ONBOARDING]: { effective_start: '2030-01-02T00:00:00.123456Z' } })
  t.match(await ask(), { status: 200, body: { onboarding_link: null, onboarding_past_due: false, onboarding_release_date: '2030-01-02T00:00:00.123000+00:00' } })
  world.lms.outline = hidden({ [ONBOARDING]: { effective_start: null, due: '2029-12-31T00:00:00Z' } })
  t.match(await ask(), { status: 200, body: { onboarding_link: null, onboarding_past_due: true, onboarding_release_date: null } }, 'Q38: past due without a start')
  world.lms.outline = hidden({})
  t.match(await ask(), { status: 404, body: { detail: /./ } })
  world.lms.outline = { outline: { accessible_sequences: [ONBOARDING] }, schedule: { sequences: {} } }
  t.match(await ask(), { status: 200, body: { onboarding_link: /jump_to/, onboarding_release_date: null } }, 'Q38: open without a schedule')
})

t.test('Q17: a verified profile of another course counts for a year, under the same provider', async t => {
  const { app, world } = await build(t)
  await addOnboarding(app)
  const elsewhere = await addOnboarding(app, { course_id: 'course-v1:edX+Other+2030' })
  world.lms.outline = open(ONBOARDING)
  const attempt = await enter(app, elsewhere)
  const ask = async () => (await asPerson(app, ADA)('GET', query())).body
  t.match(await ask(), { onboarding_status: null })
  await setStatus(app, attempt, 'verified', '2029-06-01T00:00:00Z')
  t.match(await ask(), { onboarding_status: 'other_course_approved', expiration_date: '2030-06-01T00:00:00Z' })
  await app.db.query({ name: 'under-none', text: 'update exam set backend = null where id = $1' }, [elsewhere])
  t.match(await ask(), { onboarding_status: 'other_course_approved' }, 'an exam without a name is under the default provider')
  await app.db.query({ name: 'under-mock', text: "update exam set backend = 'mock' where id = $1" }, [elsewhere])
  t.match(await ask(), { onboarding_status: null }, 'another provider')
  await app.db.query({ name: 'under-acme', text: "update exam set backend = 'acme' where id = $1" }, [elsewhere])
  await setStatus(app, attempt, 'verified', '2028-12-31T00:00:00Z')
  t.match(await ask(), { onboarding_status: null }, 'more than a year ago')
})

t.test('without onboarding there is nothing to say', async t => {
  const { app } = await build(t)
  const ada = asPerson(app, ADA)
  t.match(await ada('GET', STATUS), { status: 400, body: { detail: /course_id/ } })
  t.match(await ada('GET', query()), { status: 404, body: { detail: /./ } }, 'no exam')
  const exam = await addOnboarding(app)
  await app.db.query({ name: 'gone', text: "update exam set backend = 'gone' where id = $1" }, [exam])
  t.equal((await ada('GET', query())).status, 404, 'a provider nobody knows')
  await app.db.query({ name: 'mock', text: "update exam set backend = 'mock' where id = $1" }, [exam])
  t.equal((await ada('GET', query())).status, 404, 'a provider without onboarding')
  t.equal((await asPerson(app, SUE)('GET', LIST)).status, 404)
  await asPerson(app, SUE)('PUT', `${API}/exam`, { exam_id: exam, is_active: false })
  t.equal((await ada('GET', query())).status, 404, 'an inactive exam')
})

t.test('the status of another learner is for staff of the course', async t => {
  const { app, world } = await build(t)
  const exam = await addOnboarding(app)
  world.lms.outline = open(ONBOARDING)
  await setStatus(app, await enter(app, exam, BOB), 'verified')
  const ofBob = query({ username: 'bob' })
  for (const person of [BOB, SUE, CORA]) t.match(await asPerson(app, person)('GET', ofBob), { status: 200, body: { onboarding_status: 'verified' } }, person.username)
  for (const person of [ADA, OTTO, null]) t.match(await asPerson(app, person)('GET', ofBob), { status: 403, body: { detail: /./ } }, person?.username ?? 'nobody')
  t.match(await asPerson(app, SUE)('GET', query({ username: 'nobody' })), { status: 400, body: { detail: /nobody/ } }, 'Q38: an unknown user name')
  t.match(await asPerson(app, ADA)('GET', query({ username: '' })), { status: 200, body: { onboarding_status: null } })
  t.equal((await asPerson(app, SUE)('GET', `${STATUS}?course_id=${encodeURIComponent(COURSE)}&username=a%00b`)).status, 400)
})

t.test('without a platform the exam\'s own dates decide; a platform that fails is told as such', async t => {
  const alone = await build(t, { lms: false })
  await addOnboarding(alone.app)
  t.match(await asPerson(alone.app, ADA)('GET', query()), { status: 200, body: { onboarding_link: /jump_to/, onboarding_release_date: null } })
  t.match(await asPerson(alone.app, SUE)('GET', LIST), { status: 200, body: { count: 0, results: [] } })
  const { app, world } = await build(t)
  await addOnboarding(app)
  world.lms.failing = true
  t.match(await asPerson(app, ADA)('GET', query()), { status: 502, body: { detail: /learning platform/ } })
  t.match(await asPerson(app, SUE)('GET', LIST), { status: 502, body: { detail: /learning platform/ } })
})

t.test('with the profile API the vendor says how a learner stands, as long as it can', async t => {
  const { app, world, asked } = await build(t, { settings: { use_onboarding_profile_api: true } })
  const exam = await addOnboarding(app)
  world.lms.outline = open(ONBOARDING)
  await setStatus(app, await enter(app, exam), 'submitted')
  const userId = obscureUserId('SHHHHHH', ADA.id, 'acme')
  const ask = async (profiles: typeof world.profiles) => {
    world.profiles = profiles
    return (await asPerson(app, ADA)('GET', query())).body
  }
  t.match(await ask({ json: { user_id: userId, status: 'approved-in-course', expiration_date: '2031-05-05T00:00:00+00:00' } }), { onboarding_status: 'verified', expiration_date: '2031-05-05T00:00:00+00:00', onboarding_link: /jump_to/ })
  t.match(await ask({ json: { user_id: userId, status: 'no-profile', expiration_date: null } }), { onboarding_status: null })
  t.match(await ask({ json: { user_id: userId, status: 'strange', expiration_date: null } }), { onboarding_status: null })
  t.match(await ask({ status: 404, json: {} }), { onboarding_status: 'submitted' })
  t.match(await ask({ status: 500, json: {} }), { onboarding_status: 'submitted' })
  t.match(await ask({ json: { user_id: 'somebody else', status: 'rejected', expiration_date: null } }), { onboarding_status: 'submitted' })
  t.equal(asked()[0], `/api/v1/courses/${COURSE}/onboarding_statuses?user_id=${userId}`)
})

t.test('a provider that keeps no profiles is told as such where they are asked for', async t => {
  const { app, world } = await build(t, {
    settings: { use_onboarding_profile_api: true, onboarding_profile_dashboard_api: true },
    enabled: { acme: { package: '@invigil/mock', options: { ready_after_ms: 60_000, supports_onboarding: true } } },
  })
  await addOnboarding(app)
  world.lms.outline = open(ONBOARDING)
  t.match(await asPerson(app, ADA)('GET', query()), { status: 404, text: /^"/ })
  t.match(await asPerson(app, SUE)('GET', LIST), { status: 404, body: { detail: /profiles/ } })
})

const enrolled = (...people: Pick<Person, 'id' | 'username'>[]) => people.map(({ id, username }, index) => ({ user: { id, username }, mode: ['verified', 'masters'][index % 2] }))

t.test('the list shows every enrolled learner in the platform\'s order, and filters', async t => {
  const { app, world, platform } = await build(t)
  const exam = await addOnboarding(app)
  world.lms.enrollments = enrolled(BOB, ADA, CORA)
  await enter(app, exam)
  await setStatus(app, await enter(app, exam, BOB), 'verified', '2029-12-31T23:59:59.25Z')
  const all = (await asPerson(app, CORA)('GET', LIST)).body
  t.same(all, {
    count: 3,
    previous: null,
    next: null,
    num_pages: 1,
    results: [
      { username: 'bob', enrollment_mode: 'verified', status: 'verified', modified: '2029-12-31T23:59:59.250000Z' },
      { username: 'ada', enrollment_mode: 'masters', status: 'setup_started', modified: '2030-01-01T00:00:00Z' },
      { username: 'cora', enrollment_mode: 'verified', status: 'not_started', modified: null },
    ],
    use_onboarding_profile_api: false,
  })
  const names = async (search: string) => (await asPerson(app, SUE)<{ results: { username: string }[] }>('GET', `${LIST}${search}`)).body.results.map(({ username }) => username)
  t.same(await names('?statuses=verified,not_started'), ['bob', 'cora'])
  t.same(await names('?statuses=%20setup_started%20'), ['ada'])
  t.same(await names('?statuses=nonsense'), [])
  t.same(await names('?statuses='), ['bob', 'ada', 'cora'], 'an empty filter is none')
  await names('?text_search=ad%40a')
  const searches = platform.received.filter(({ path }) => path.includes('get_enrollments')).map(({ json }) => Object(json).text_search)
  t.same([searches.at(0), searches.at(-1)], [null, 'ad@a'])
})

t.test('the list is for staff of the course', async t => {
  const { app } = await build(t)
  await addOnboarding(app)
  for (const person of [SUE, CORA]) t.equal((await asPerson(app, person)('GET', LIST)).status, 200)
  for (const person of [ADA, OTTO, null]) t.match(await asPerson(app, person)('GET', LIST), { status: 403, body: { detail: /./ } })
})

for (const knowsPages of [false, true]) {
  t.test(`pages of a large course are cut and linked, at a constant number of queries, by a platform that ${knowsPages ? 'cuts them itself' : 'sends all learners'}`, async t => {
    const { app, world, platform } = await build(t)
    world.lms.knowsPages = knowsPages
    const exam = await addOnboarding(app)
    const count = 640
    const person = (index: number) => ({ id: 10_000 + index, username: `learner-${index}` })
    world.lms.enrollments = enrolled(...Array.from({ length: count }, (_, index) => person(index)))
    await app.db.query({ name: 'people', text: "insert into users (id, username, created_at, modified_at) select 10000 + n, 'learner-' || n, now(), now() from generate_series(0, $1::int - 1) n" }, [count])
    await app.db.query({
      name: 'attempts',
      text: `insert into attempt (user_id, exam_id, course_id, provider, status, attempt_code, created_at, modified_at, taking_as_proctored, is_sample_attempt)
        select 10000 + n, $1, $2, 'acme', case when n % 3 = 0 then 'verified' else 'submitted' end, 'CODE-' || n, '2029-12-01', '2029-12-02', true, true from generate_series(0, $3::int - 1) n where n % 2 = 0`,
    }, [exam, COURSE, count])
    let queries = 0
    // regular looks for overdue work may fall into a request
    const note = (name: string) => { if (!/^(effects|attempt-tally|attempt-record-overdue)/.test(name)) queries++ }
    const { query: run, texts } = app.db
    Object.assign(app.db, {
      query: (...args: Parameters<typeof run>) => { note(args[0].name); return run(...args) },
      texts: (...args: Parameters<typeof texts>) => { note(args[0].name); return texts(...args) },
    })
    const read = async (search: string) => {
      queries = 0
      const { body } = await asPerson(app, SUE)<{ count: number, num_pages: number, previous: string | null, next: string | null, results: { username: string, status: string }[] }>('GET', `${LIST}${search}`)
      return { ...body, queries, names: body.results.map(({ username }) => username) }
    }
    const first = await read('')
    t.match(first, { count, num_pages: 26, previous: null, next: `${LIST}?page=2` })
    t.same([first.names.at(0), first.names.at(-1), first.names.length], ['learner-0', 'learner-24', 25])
    t.same(first.results.slice(0, 3).map(({ status }) => status), ['verified', 'not_started', 'submitted'])
    const filtered = await read('?text_search=l&statuses=submitted,verified&page=2')
    t.match(filtered, { count: 320, num_pages: 13, previous: `${LIST}?text_search=l&statuses=submitted%2Cverified&page=1`, next: `${LIST}?text_search=l&statuses=submitted%2Cverified&page=3` })
    t.equal(filtered.names[0], 'learner-50')
    t.ok(first.queries <= 3 && filtered.queries <= 3, `${first.queries} queries for a page, ${filtered.queries} for a filter over all`)
    const last = await read('?page=26')
    t.match(last, { previous: `${LIST}?page=25`, next: null, names: Array.from({ length: 15 }, (_, index) => `learner-${625 + index}`) })
    for (const page of ['27', '0', '-1', '99999999999']) t.equal((await read(`?page=${page}`)).names[0], 'learner-625', page)
    for (const page of ['', 'x', '1.5']) t.equal((await read(`?page=${page}`)).names[0], 'learner-0', page)
    const whole = platform.received.filter(({ path }) => path.includes('get_enrollments'))
    t.equal(whole.length === 0, knowsPages, 'the whole list is asked for only where there is no other')
  })
}

t.test('a filter goes through a large course some learners at a time, and pages come out the same', async t => {
  const { app, world, platform } = await build(t)
  await addOnboarding(app)
  world.lms.enrollments = enrolled(...Array.from({ length: 2_510 }, (_, index) => ({ id: 10_000 + index, username: `learner-${index}` })))
  const read = async (page: number) => (await asPerson(app, SUE)('GET', `${LIST}?statuses=not_started&page=${page}`)).body
  const pages = [1, 2, 100, 101, 102, 0]
  const plain = await Promise.all(pages.map(read))
  t.match(plain[0], { count: 2_510, num_pages: 101 })
  world.lms.knowsPages = true
  t.same(await Promise.all(pages.map(read)), plain)
  const slices = platform.received.filter(({ path }) => path.endsWith('_page') && world.lms.knowsPages).map(({ json }) => Object(json)).filter(({ limit }) => limit === 1_000)
  t.same([...new Set(slices.map(({ offset }) => offset))].toSorted((a, b) => a - b), [0, 1_000, 2_000])
})

t.test('with the profile API the list is the vendor\'s, with our dates', async t => {
  const { app, world, asked } = await build(t, { settings: { onboarding_profile_dashboard_api: true } })
  const exam = await addOnboarding(app)
  world.lms.enrollments = enrolled(ADA, BOB, CORA)
  await enter(app, exam, BOB)
  const profile = (person: Person, status: string) => ({ user_id: obscureUserId('SHHHHHH', person.id, 'acme'), status, expiration_date: null })
  world.profiles = { json: { results: [profile(BOB, 'rejected'), profile({ id: 999, username: 'stranger' }, 'pending'), profile(ADA, 'strange')] } }
  const read = async (search = '') => (await asPerson(app, SUE)<{ results: { username: string, status: string | null, modified: string | null }[] }>('GET', `${LIST}${search}`)).body
  t.match(await read(), {
    count: 3,
    use_onboarding_profile_api: true,
    results: [
      { username: 'bob', enrollment_mode: 'masters', status: 'rejected', modified: '2030-01-01T00:00:00Z' },
      { username: 'ada', enrollment_mode: 'verified', status: null, modified: null },
      { username: 'cora', enrollment_mode: 'verified', status: 'not_started', modified: null },
    ],
  })
  t.same((await read('?statuses=rejected,submitted')).results.map(({ username }) => username), ['bob', 'ada'], 'who has not started is not asked for')
  t.same((await read('?statuses=not_started,setup_started')).results.length, 3)
  t.same((await read('?statuses=')).results.length, 3, 'Q38: an empty filter is none')
  t.same((await read('?statuses=setup_started')).results, [], 'Q38: a word the vendor does not know')
  t.same(asked().map(path => path.split('?')[1]), ['status=', 'status=rejected%2Cpending', 'status=no-profile', 'status='])
})

t.test('a vendor that does not answer is told as such', async t => {
  const { app, world } = await build(t, { settings: { onboarding_profile_dashboard_api: true } })
  await addOnboarding(app)
  world.lms.enrollments = enrolled(ADA)
  for (const status of [403, 500]) {
    world.profiles = { status, json: {} }
    t.match(await asPerson(app, SUE)('GET', LIST), { status: 503, body: { detail: /acme/ }, headers: { 'invigil-error': 'INV_ONBOARDING_UNAVAILABLE' } })
  }
})

t.test('who was refused for onboarding is led to it from the exam', async t => {
  const { app, world, platform } = await build(t)
  await addOnboarding(app)
  const exam = await addExam(app)
  const attempt = await enter(app, exam)
  const link = async (person: Person = ADA, search = '') => (await asPerson(app, person)<{ exam: Record<string, unknown> }>('GET', `${API}/attempt/course_id/${COURSE}?content_id=block-v1:mid${search}`)).body.exam
  t.notOk('onboarding_link' in await link(), 'only who was refused')
  world.lms.outline = open(ONBOARDING)
  for (const status of ['onboarding_missing', 'onboarding_pending', 'onboarding_failed', 'onboarding_expired']) {
    await setStatus(app, attempt, status)
    t.equal((await link()).onboarding_link, `/demo/courses/${COURSE}/jump_to/${ONBOARDING}`, status)
  }
  t.equal((await link(ADA, '&is_learning_mfe=true')).onboarding_link, `https://learning.test/course/${COURSE}/${ONBOARDING}`)
  t.match((await link(SUE, `&user_id=${ADA.id}`)).onboarding_link, /jump_to/)
  t.match(platform.received.findLast(({ path }) => path.includes('outline'))?.json, { user: SUE.id, course_key: COURSE }, 'the link is that of whoever asks')
  world.lms.outline = { outline: { accessible_sequences: [] }, schedule: { sequences: {} } }
  t.equal((await link()).onboarding_link, '', 'none the learner may know of')
  world.lms.failing = true
  t.equal((await link()).onboarding_link, '', 'a platform that fails does not keep the page away')
})
