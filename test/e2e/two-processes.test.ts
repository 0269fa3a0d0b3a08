import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import pg from 'pg'
import { ADA, API, BOB, COURSE, SECRET, SUE, tokenFor, type Person } from '../helper/app.ts'
import { createTestDatabase } from '../helper/database.ts'
import { startReceiver, type Received, type Receiver } from '../helper/receiver.ts'
import { startServerProcess, until, type ServerProcess } from '../helper/server-process.ts'

t.setTimeout(170_000)

const CLEO: Person = { id: 103, username: 'cleo' }
const LEARNERS: readonly Person[] = [ADA, BOB, CLEO]

/** Before the first start: the processes bring it up to date themselves, both at once. */
const EMPTY = { key: 'empty', migrate: async () => {} }

/** Two servers on one database, between a vendor and a receiver of events. */
async function openTwo (t: Test) {
  const [vendor, receiver] = [await startReceiver(t), await startReceiver(t)]
  let ids = 0
  vendor.answer(({ path }) => {
    if (path.endsWith('/access_token')) return { json: { access_token: 'token', expires_in: 3600 } }
    return { json: { id: path.endsWith('/attempt/') ? `pa-${++ids}` : 'px-1' } }
  })
  const { url: databaseUrl } = await createTestDatabase(t, EMPTY)
  const configFile = join(t.testdir({}), 'config.json')
  await writeFile(configFile, JSON.stringify({
    server: { log_level: 'warn' },
    data_dir: t.testdirName,
    auth: { jwt: { secret: SECRET } },
    providers: { default: 'acme', enabled: { acme: { package: '@invigil/rest', options: { base_url: vendor.url, client_id: 'us', client_secret: 'secret-0123456789' } } } },
    webhooks: [{ url: receiver.url, secret: 'whsec-0123456789', events: ['*'] }],
    settings: { user_obfuscation_key: 'SHHHHHH' },
    demo: { enabled: false, clock: false },
  }))
  const start = () => startServerProcess(t, { configFile, databaseUrl })
  const [one, other] = await Promise.all([start(), start()])
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  t.teardown(() => pool.end())
  return { one, other, vendor, receiver, sql: async <Row extends object> (text: string, values: unknown[] = []) => (await pool.query<Row>(text, values)).rows }
}

interface Answer { status: number, body: Record<string, unknown> }

async function ask ({ url }: ServerProcess, person: Person, method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: `JWT ${await tokenFor(person)}`, ...(body && { 'content-type': 'application/json' }) }
  const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
}

const newExam = (server: ServerProcess, contentId: string, fields: object = {}) => ask(server, SUE, 'POST', `${API}/exam`, {
  course_id: COURSE, content_id: contentId, exam_name: contentId, external_id: 'px-1', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false, ...fields,
}).then(({ body }) => Number(body.exam_id))
const enter = (server: ServerProcess, person: Person, exam: number, startClock = false) => ask(server, person, 'POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: true, start_clock: startClock })
const act = (server: ServerProcess, person: Person, attempt: number, action: string) => ask(server, person, 'PUT', `${API}/attempt/${attempt}`, { action })

/** Events by what they are about and their names' last word, in the order they came. */
function eventsOf ({ received }: Receiver, attempt: number): string[] {
  return received.map(read).filter(({ subject }) => subject === `attempt:${attempt}`).map(({ type }) => type).filter(type => type.startsWith('edx.')).map(type => type.split('.').at(-1) ?? '')
}
const read = ({ json }: Received): { id: string, subject: string, type: string } => {
  const { id, subject, type } = Object(json)
  return { id: String(id), subject: String(subject), type: String(type) }
}
/** Numbers of those that were sent more than once. */
const repeated = ({ received }: Receiver): string[] => [...Map.groupBy(received, request => read(request).id)].filter(([, sent]) => sent.length > 1).map(([id]) => id)
const toldVendor = ({ received }: Receiver, status: string) => received.filter(({ json }) => Object(json).status === status).map(({ path }) => path).sort()

t.test('two processes share the work of one house', async t => {
  const { one, other, vendor, receiver, sql } = await openTwo(t)
  const settled = () => until(async () => (await sql("select from effect where state = 'pending'")).length === 0)
  const statuses = async (attempts: number[]) => (await sql<{ status: string }>('select status from attempt where id = any($1::int[]) order by id', [attempts])).map(({ status }) => status)
  const exam = await newExam(one, 'midterm')
  let attempts: number[] = []

  await t.test('what one made the other knows, and of two who make the same at once one is told so', async t => {
    for (const person of LEARNERS) {
      const answers = await Promise.all([enter(one, person, exam), enter(other, person, exam)])
      t.same(answers.map(({ status }) => status).sort(), [200, 400], `${person.username} has one attempt`)
      attempts.push(Number(answers.find(({ status }) => status === 200)?.body.exam_attempt_id))
    }
    const [attempt = 0] = attempts
    t.match(await ask(other, ADA, 'GET', `${API}/attempt/${attempt}`), { status: 200, body: { status: 'created', proctored_exam: { id: exam } } })
    t.match(await ask(one, ADA, 'GET', `${API}/attempt/${attempt}`), { status: 200, body: { status: 'created' } })
  })

  await t.test('an attempt that was made at one is started at both at once, and has started once', async t => {
    for (const [index, person] of LEARNERS.entries()) {
      const answers = await Promise.all([one, other, one, other].map(server => act(server, person, attempts[index] ?? 0, 'start')))
      t.ok(answers.every(({ status }) => status === 200 || status === 400), answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`).join())
      t.ok(answers.some(({ status }) => status === 200))
    }
    await settled()
    t.same(await statuses(attempts), ['started', 'started', 'started'])
    for (const attempt of attempts) t.same(eventsOf(receiver, attempt), ['created', 'started'], 'told in order, once')
    t.same(toldVendor(vendor, 'started').length, 3)
  })

  await t.test('an attempt ends once, whoever finds out first', async t => {
    await sql("update attempt set started_at = started_at - interval '3 hours' where id = any($1::int[])", [attempts])
    await sql("update graphile_worker._private_jobs set run_at = now() - interval '1 second' where task_id = (select id from graphile_worker._private_tasks where identifier = 'expire_attempt')")
    const polls = await Promise.all(LEARNERS.flatMap((person, index) => [one, other].map(server => ask(server, person, 'GET', `${API}/attempt/${attempts[index]}`))))
    t.same([...new Set(polls.map(({ status, body }) => `${status} ${body.status}`))], ['200 submitted'])
    await settled()
    for (const attempt of attempts) {
      t.same(eventsOf(receiver, attempt), ['created', 'started', 'submitted'])
      const ends = await sql("select from history where entity = 'attempt' and entity_id = $1 and after ->> 'status' = 'submitted' and before ->> 'status' <> 'submitted'", [attempt])
      t.equal(ends.length, 1, 'one line of history')
    }
    t.equal(toldVendor(vendor, 'submitted').length, 3)
    t.same(repeated(receiver), [], 'nothing was sent twice')
  })

  await t.test('one is killed while it sends and while a learner works: the other carries on', async t => {
    const final = await newExam(one, 'final')
    await settled()
    const { body } = await enter(one, ADA, final, true)
    const running = Number(body.exam_attempt_id)
    await settled()

    // the other is held, so that the one that is killed is the one that sends
    other.signal('SIGSTOP')
    receiver.answer(() => ({ delayMs: 3_600_000 }))
    const quiz = await newExam(one, 'quiz')
    const interrupted = () => receiver.received.filter(request => read(request).subject === `exam:${quiz}`)
    await until(() => interrupted().length === 1)
    one.signal('SIGKILL')
    t.equal(await one.ended(), 'SIGKILL')
    receiver.answer(() => ({}))
    other.signal('SIGCONT')

    t.match(await ask(other, ADA, 'GET', `${API}/attempt/${running}`), { status: 200, body: { status: 'started' } }, 'the learner works on')
    t.equal((await ask(other, BOB, 'GET', `${API}/exam/exam_id/${quiz}`)).status, 200)
    // instead of waiting for the lease of the dead process to end
    await sql('update effect set leased_until = now() where leased_until is not null')
    await settled()
    t.equal(interrupted().length, 2, 'what was under way is sent again')
    t.same(new Set(interrupted().map(request => read(request).id)).size, 1, 'with the same number, by which its receiver knows it')
    t.same(repeated(receiver), [...new Set(interrupted().map(request => read(request).id))], 'and nothing else is')

    await sql("update attempt set started_at = started_at - interval '3 hours' where id = $1", [running])
    await until(async () => (await statuses([running]))[0] === 'submitted')
    await settled()
    t.same(eventsOf(receiver, running).at(-1), 'submitted', 'and the attempt ends in time, although nobody asked')
    attempts = []
  })

  await t.test('the last one finishes what it does and goes in peace', async t => {
    other.signal('SIGTERM')
    t.equal(await other.ended(), 0)
  })
})
