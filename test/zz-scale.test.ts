import t from 'tap'
import { connect } from './helper/effects-app.ts'
import { createTestDatabase } from './helper/database.ts'
import { violationPage, violationRecords } from '../core/domain/review/violation-report.ts'
import { listReviews } from '../core/domain/review/list.ts'
import { listAttempts } from '../core/domain/attempt/list.ts'
import { lastCompletion } from '../core/domain/attempt/last-completion.ts'
import { attemptTimeline } from '../core/domain/attempt/timeline.ts'

t.test('scale', async t => {
  const { url } = await createTestDatabase(t)
  const db = connect(t, url)
  const sql = (text: string, values: unknown[] = []) => db.query({ name: '', text }, values)
  await sql(`insert into users (id, username, email, created_at, modified_at) select g, 'u'||g, 'u'||g||'@x', now(), now() from generate_series(1, 10000) g`)
  await sql(`insert into exam (course_id, content_id, exam_name, time_limit_mins, is_proctored, is_active, created_at, modified_at) select 'c'||(g%50), 'k'||g, 'E'||g, 90, true, true, now(), now() from generate_series(1, 500) g`)
  await sql(`insert into attempt (user_id, exam_id, course_id, status, attempt_code, created_at, modified_at, started_at, completed_at, taking_as_proctored)
    select u, e.id, e.course_id, 'submitted', u||'-'||e.id, now(), now(), now(), now(), true from generate_series(1, 10000) u, exam e where e.course_id in ('c1','c2')`)
  await sql(`insert into review (attempt_code, review_status, raw_data, student_id, exam_id, created_at, modified_at) select attempt_code, 'Suspicious', '{}', user_id, exam_id, now(), now() - random() * interval '30 days' from attempt where id % 3 = 0`)
  await sql(`insert into review_comment (review_id, start_time, stop_time, duration, comment, status, created_at) select id, 1, 2, 1, 'hello', 'Suspicious', now() from review`)
  await sql(`insert into history (entity, entity_id, change, actor_kind, actor_name, at) select 'attempt', id, '+', 'x', 'y', now() from attempt`)
  await sql('analyze')
  const time = async (what: string, work: () => Promise<unknown>) => {
    const runs = []
    for (let n = 0; n < 3; n++) { const s = performance.now(); await work(); runs.push((performance.now() - s).toFixed(1)) }
    t.comment(what, runs.join(' '))
  }
  const first = await violationPage(db, { courseId: 'c1', reviewsOf: 'all', limit: 100 })
  await time('violation first', () => violationPage(db, { courseId: 'c1', reviewsOf: 'all', limit: 100 }))
  await time('violation next', () => violationPage(db, { courseId: 'c1', reviewsOf: 'all', limit: 100, after: first.at(-1)?.attemptId }))
  const mid = (await sql(`select id from attempt where course_id = 'c1' and exam_id = (select exam_id from attempt where course_id='c1' order by exam_id desc limit 1) order by id desc offset 9000 limit 1`))[0] as { id: number }
  await time('violation deep', () => violationPage(db, { courseId: 'c1', reviewsOf: 'all', limit: 100, after: mid.id }))
  await time('reviews first', () => listReviews(db, { limit: 50 }))
  await time('reviews course', () => listReviews(db, { courseId: 'c2', limit: 50 }))
  await time('reviews user', () => listReviews(db, { learner: 'u500', limit: 50 }))
  await time('attempts course', () => listAttempts(db, { courseId: 'c1', limit: 50 }))
  await time('attempts user', () => listAttempts(db, { userId: 77, limit: 50 }))
  await time('attempts status', () => listAttempts(db, { status: 'rejected', limit: 50 }))
  await time('last completion', () => lastCompletion(db, 'c1', 'u77'))
  await time('timeline', () => attemptTimeline(db, { id: 500, attemptCode: '1-1' }, async () => []))
  let n = 0; let peak = 0
  const s = performance.now()
  for await (const _ of violationRecords(db, { courseId: 'c1', reviewsOf: 'all' })) { n++; if (n % 10000 === 0) { peak = Math.max(peak, process.memoryUsage().heapUsed); t.comment(n, Math.round(process.memoryUsage().heapUsed / 1e6) + ' MB') } }
  t.comment('all', n, Math.round(performance.now() - s), 'ms', Math.round(peak / 1e6), 'MB')
  for (const [name, q] of Object.entries({ v: 1 })) { void name; void q }
})
