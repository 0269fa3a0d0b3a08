import t from 'tap'
import pg from 'pg'
import { createDatabase } from '../../../core/db/database.ts'
import type { Sql } from '../../../core/db/sql.ts'
import { listAttemptGroups } from '../../../core/domain/attempt/groups.ts'
import { sumUpTally } from '../../../core/domain/attempt/tally.ts'
import { createTestDatabase, type TestScope } from '../../helper/database.ts'

const COURSE = 'course-v1:A+B+C'

async function open (t: TestScope) {
  const { url } = await createTestDatabase(t)
  const pool = new pg.Pool({ connectionString: url, max: 4, options: '-c timezone=UTC' })
  // the database is dropped by force: what it tells connections that are going already is no fault
  pool.on('error', () => {})
  t.teardown(() => pool.end())
  return createDatabase(pool)
}

/** Two exams, one in another course, and learners who sit in both; ids lie far apart now and then. */
async function fill (db: Sql, learners: number) {
  const run = (text: string) => db.query({ name: '', text }, [])
  await run(`insert into users (id, username, email, created_at, modified_at) select n, 'learner.' || n || '.x', 'n' || n || '@Example.org', now(), now() from generate_series(1, ${learners}) n`)
  await run(`insert into exam (id, course_id, content_id, exam_name, time_limit_mins, created_at, modified_at) values (1, '${COURSE}', 'a', 'A', 60, now(), now()), (2, 'other', 'b', 'B', 60, now(), now())`)
  await run(`insert into attempt (id, user_id, exam_id, course_id, status, attempt_code, created_at, modified_at)
    select n * 700 + e, n, e, case e when 1 then '${COURSE}' else 'other' end, 'created', n || '-' || e, now(), now() from generate_series(1, ${learners}) n, generate_series(1, 2) e`)
  return run
}

/** What the pages should be, the plain way. */
async function expectedPages (db: Sql): Promise<number[][]> {
  const rows = await db.query<{ id: number }>({ name: '', text: `select id from attempt where course_id = '${COURSE}' and is_current and archived_at is null order by id desc` }, [])
  const ids = rows.map(({ id }) => id)
  return Array.from({ length: Math.max(1, Math.ceil(ids.length / 25)) }, (_, page) => ids.slice(page * 25, page * 25 + 25))
}

async function foundPages (db: Sql, search: string | null = null): Promise<number[][]> {
  const read = (page: number) => listAttemptGroups(db, { courseId: COURSE, page, search })
  const { pages } = await read(1)
  return Promise.all(Array.from({ length: pages }, async (_, index) => (await read(index + 1)).groups.map(({ head }) => head.attempt.id)))
}

const lines = async (db: Sql) => (await db.query<{ fresh: number, all: number }>({ name: '', text: 'select count(*) filter (where is_fresh)::int as fresh, count(*)::int as all from attempt_tally' }, []))[0]

t.test('pages are exact whoever writes attempts and however, summed up or not', async t => {
  const db = await open(t)
  t.same(await foundPages(db), [[]], 'nothing is one empty page')
  const run = await fill(db, 230)
  t.same(await foundPages(db), await expectedPages(db), 'added')
  await sumUpTally(db)
  t.same(await foundPages(db), await expectedPages(db), 'summed up')
  t.match(await lines(db), { fresh: 0 })
  await run('update attempt set archived_at = now(), is_current = false where user_id % 7 = 0')
  await run('update attempt set is_current = false where user_id % 11 = 0')
  await run('delete from users where id % 13 = 0')
  t.same(await foundPages(db), await expectedPages(db), 'archived, superseded, deleted')
  await run("update attempt set status = 'started', version = version + 1")
  const before = await lines(db)
  await run("update attempt set status = 'submitted'")
  t.same(await lines(db), before, 'a change of status writes no line')
  await run('update attempt set is_current = true where user_id % 11 = 0 and archived_at is null')
  await sumUpTally(db)
  t.same(await foundPages(db), await expectedPages(db), 'back again')
  await run('delete from exam where id = 1')
  await sumUpTally(db)
  t.same(await foundPages(db), [[]], 'all gone')
  t.notOk((await db.query<{ amount: number }>({ name: '', text: `select amount from attempt_tally where course_id = '${COURSE}'` }, [])).length, 'and no line is left')
})

t.test('many may sum up while others write', async t => {
  const db = await open(t)
  const run = await fill(db, 60)
  await Promise.all([sumUpTally(db), run('update attempt set is_current = false where user_id < 20'), sumUpTally(db), run('delete from users where id > 50'), sumUpTally(db)])
  t.same(await foundPages(db), await expectedPages(db))
  await sumUpTally(db)
  t.match(await lines(db), { fresh: 0 })
  t.same(await foundPages(db), await expectedPages(db))
})

t.test('a search finds any part of a name or an address, few or many, in any case, and nothing is a pattern', async t => {
  const db = await open(t)
  await fill(db, 150)
  await db.query({ name: '', text: 'update users set username = case id when 3 then \'Zoë_Straße\' when 4 then \'a%b\\c\' when 5 then \'İpek.Öz\' else username end' }, [])
  const plain = async (text: string) => (await db.query<{ id: number }>({
    name: '',
    text: `select a.id from attempt a join users u on u.id = a.user_id where a.course_id = '${COURSE}' and a.is_current
      and (strpos(lower(u.username), lower($1)) > 0 or strpos(lower(u.email), lower($1)) > 0) order by a.id desc`,
  }, [text])).map(({ id }) => id)
  for (const text of ['zoë', 'Straße', 'zoë_s', '%b\\', '%b\\c', 'a%b', 'öz', 'ÖZ', 'pek', 'learner.77.', 'n14', 'LEARNER', '@example.ORG', '1', 'er', '.x', 'nobody', 'x\nn', 'learner.7.x']) {
    t.same((await foundPages(db, text)).flat(), await plain(text), text)
  }
})
