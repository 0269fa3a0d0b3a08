import t from 'tap'
import { obscureUserId } from '../../../core/domain/obscure-user-id.ts'
import { addExam, ADA, API, asPerson, BOB, COURSE, SUE, type Person } from '../../helper/app.ts'
import { addOnboarding, build, CORA, enter, LIST, ONBOARDING, open, OTTO, query, setStatus, STATUS } from '../../helper/onboarding-site.ts'

// a database and an app per test: more than the usual half minute on a busy machine
t.setTimeout(120_000)

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
