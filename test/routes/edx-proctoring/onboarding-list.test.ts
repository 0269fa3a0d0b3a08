import t from 'tap'
import { obscureUserId } from '../../../core/domain/obscure-user-id.ts'
import { ADA, asPerson, BOB, COURSE, SUE, type Person } from '../../helper/app.ts'
import { addOnboarding, build, CORA, enter, LIST, OTTO, setStatus } from '../../helper/onboarding-site.ts'

// a database and an app per test: more than the usual half minute on a busy machine
t.setTimeout(120_000)

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
    for (const page of ['27', '0', '-1', '99999999999', '99999999999999999999']) t.equal((await read(`?page=${page}`)).names[0], 'learner-625', page)
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
  const slices = platform.received.filter(({ path }) => path.endsWith('_page') && world.lms.knowsPages).map(({ json }) => Object(json)).filter(({ limit }) => limit === 500)
  t.same([...new Set(slices.map(({ offset }) => offset))].toSorted((a, b) => a - b), [0, 500, 1_000, 1_500, 2_000, 2_500])
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
