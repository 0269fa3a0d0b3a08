import t, { type Test } from 'tap'
import { ADA, API, asPerson, buildTestApp, SUE } from '../helper/app.ts'
import { freePort } from '../helper/free-port.ts'
import { startDemoVendor } from './vendor/helper.ts'

t.setTimeout(180_000)

const ACME_COURSE = 'course-v1:Acme+1+2030'
const GLOBEX_COURSE = 'course-v1:Globex+1+2030'
const SECRETS = { acme: 'secret-of-acme-0123456789-0123456789', globex: 'secret-of-globex-0123456789-01234567' }
type Name = keyof typeof SECRETS
const RETIRER = { id: 301, username: 'retirer', permissions: ['accounts.can_retire_user'] }

/** Invigil between two demo vendors, both served by `@invigil/rest`: there is no code for either. */
async function build (t: Test) {
  const url = `http://127.0.0.1:${await freePort()}`
  const start = (name: Name) => startDemoVendor(t, {
    clientId: `invigil-at-${name}`,
    clientSecret: SECRETS[name],
    invigilUrl: url,
    callback: { client_id: `${name}-at-invigil`, client_secret: `callback-${SECRETS[name]}` },
  })
  const vendors = { acme: await start('acme'), globex: await start('globex') }
  const entry = (name: Name, options: object = {}) => ({
    package: '@invigil/rest',
    options: { base_url: vendors[name].url, client_id: `invigil-at-${name}`, client_secret: SECRETS[name], verbose_name: name, ...options },
    callback: { client_id: `${name}-at-invigil`, client_secret: `callback-${SECRETS[name]}` },
  })
  const app = await buildTestApp(t, {
    deliver: true,
    config: {
      server: { log_level: 'silent', public_url: url },
      providers: {
        default: 'acme',
        enabled: { acme: entry('acme', { accept_video_link: true, video_review_aes_key: 'B886E02F19C77EC734B1B132BEECD91E' }), globex: entry('globex', { video_review_aes_key: 'B886E02F19C77EC734B1B132BEECD91E' }) },
      },
      settings: { user_obfuscation_key: 'SHHHHHH', use_onboarding_profile_api: true },
    },
  })
  await app.listen({ host: '127.0.0.1', port: Number(new URL(url).port) })
  const look = async (name: Name) => (await vendors[name].call('GET', '/control/')).json()
  return { app, url, look, control: (name: Name, method: string, path: string, json?: object) => vendors[name].call(method, `/control${path}`, json) }
}

const examOf = (name: string, backend: Name, practice = false) => ({
  course_id: backend === 'acme' ? ACME_COURSE : GLOBEX_COURSE, content_id: `block-v1:${name}`, exam_name: name, time_limit_mins: 60, is_proctored: true, is_practice_exam: practice, is_active: true, hide_after_due: false, backend,
})

t.test('two vendors of the conventions work side by side, by configuration alone', async t => {
  const { app, url, look, control } = await build(t)
  const publish = async (course: string, exams: object[]) => {
    const { body, status, text } = await asPerson(app, SUE)<{ exam_id: number }[]>('PATCH', `${API}/exam_registration/course_id/${course}`, exams)
    if (status !== 200) throw new Error(text)
    return body.map(({ exam_id: id }) => id)
  }
  const [acmeExam = 0] = await publish(ACME_COURSE, [examOf('final', 'acme'), examOf('onboarding', 'acme', true)])
  const [globexExam = 0] = await publish(GLOBEX_COURSE, [examOf('final', 'globex')])
  const enter = async (exam: number) => {
    const { body, text } = await asPerson(app, ADA)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: true })
    if (!body.exam_attempt_id) throw new Error(text)
    return body.exam_attempt_id
  }
  const attempts = { acme: await enter(acmeExam), globex: await enter(globexExam) }
  const sessions = { acme: (await look('acme')).sessions[0], globex: (await look('globex')).sessions[0] }
  const statusOf = async (name: Name) => (await asPerson(app, ADA)<{ status: string }>('GET', `${API}/attempt/${attempts[name]}`)).body.status

  await t.test('each knows its own learners only, under a name of its own', async t => {
    for (const name of ['acme', 'globex'] as const) t.equal((await look(name)).sessions.length, 1, name)
    t.match(sessions.acme.userId, /^[0-9a-f]{40}$/)
    t.not(sessions.acme.userId, sessions.globex.userId)
  })

  await t.test('each is believed about its own attempts only', async t => {
    t.match(await (await control('acme', 'POST', `/sessions/${sessions.acme.id}/ready`)).json(), { ok: true })
    t.same([await statusOf('acme'), await statusOf('globex')], ['ready_to_start', 'created'])
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'acme-at-invigil', client_secret: `callback-${SECRETS.acme}` })
    const { access_token: token } = await (await fetch(`${url}/oauth2/access_token`, { method: 'POST', body: form })).json()
    const foreign = await fetch(`${url}${API}/attempt/${sessions.globex.id}/ready`, { method: 'POST', headers: { authorization: `JWT ${token}` } })
    t.ok([403, 404].includes(foreign.status), String(foreign.status))
    t.equal(await statusOf('globex'), 'created')
  })

  await t.test('rules and steps come in the language of whoever reads', async t => {
    const settings = async (language: string) => (await asPerson(app, ADA)('GET', `${API}/settings/exam_id/${acmeExam}/`, undefined, { 'accept-language': language })).text
    t.match(await settings('es'), 'Se permiten apuntes en papel')
    t.match(await settings('en'), 'Notes on paper are allowed')
  })

  await t.test('an instructor opens all four dashboards, each link once', async t => {
    const follow = async (path: string) => {
      const { headers, status } = await asPerson(app, SUE)('GET', `/api/edx_proctoring/v1/instructor/${path}`)
      const response = await fetch(String(headers.location), { redirect: 'manual' })
      const again = await fetch(String(headers.location))
      return { redirected: status, opened: response.status, again: again.status, text: await response.text() }
    }
    const good = { redirected: 302, opened: 200, again: 403 }
    t.match(await follow(ACME_COURSE), { ...good, text: /Results of the course[\s\S]*Ada Lovelace/ })
    t.match(await follow(`${ACME_COURSE}/${acmeExam}`), { ...good, text: /Results of final/ })
    t.match(await follow(`${ACME_COURSE}/${acmeExam}?attempt=${sessions.acme.id}`), { ...good, text: /One session/ })
    t.match(await follow(`${ACME_COURSE}/${acmeExam}?config=true`), { ...good, text: /Settings of final/ })
    t.match(await follow(GLOBEX_COURSE), { ...good, text: /Results of the course/ })
  })

  await t.test('the link to a recording is kept, encrypted, only where the operator accepts it', async t => {
    for (const name of ['acme', 'globex'] as const) {
      t.match(await (await control(name, 'POST', `/sessions/${sessions[name].id}/suspicious`)).json(), { ok: true })
    }
    const rows = await app.db.query<{ provider: string, video: string | null, raw: string }>({
      name: 'two-vendors-reviews', text: 'select a.provider, r.encrypted_video_url as video, r.raw_data::text as raw from review r join attempt a on a.attempt_code = r.attempt_code order by 1',
    }, [])
    t.match(rows.map(({ provider }) => provider), ['acme', 'globex'])
    t.match(rows[0]?.video, /^[\w-]+=*$/)
    t.equal(rows[1]?.video, null)
    t.notMatch(JSON.stringify(rows), /recordings/, 'nowhere in clear')
  })

  await t.test('onboarding profiles are the vendor\'s, as its console sets them', async t => {
    const user = sessions.acme.userId
    const status = async () => (await asPerson(app, ADA)('GET', `/api/edx_proctoring/v1/user_onboarding/status?course_id=${encodeURIComponent(ACME_COURSE)}`)).body
    const put = (word: string, end: string | null) => control('acme', 'PUT', `/courses/${encodeURIComponent(ACME_COURSE)}/profiles/${user}`, { status: word, expiration_date: end })
    await put('approved-in-course', '2031-05-06T00:00:00Z')
    t.match(await status(), { onboarding_status: 'verified', expiration_date: '2031-05-06T00:00:00Z' })
    await put('expired', '2029-05-06T00:00:00Z')
    t.match(await status(), { onboarding_status: 'expired' })
    await control('acme', 'PATCH', '/switches', { outage: 'html', only: 'onboarding', times: 1 })
    t.match(await status(), { onboarding_status: null }, 'a vendor that cannot answer leaves Invigil to its own records')
  })

  await t.test('a retired learner is forgotten by both', async t => {
    const { status, body } = await asPerson(app, RETIRER)('POST', `/api/edx_proctoring/v1/retire_backend_user/${ADA.id}/`)
    t.same({ status, body }, { status: 200, body: { acme: true, globex: true } })
    for (const name of ['acme', 'globex'] as const) t.match((await look(name)).sessions, [{ fullName: '(retired learner)', userId: '' }])
    for (const name of ['acme', 'globex'] as const) t.notMatch(JSON.stringify((await look(name)).sessions), 'Lovelace')
  })
})
