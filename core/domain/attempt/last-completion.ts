import type { Sql, Statement } from '../../db/sql.ts'
import { dateFromText } from '../../db/timestamps.ts'

const LAST_COMPLETION: Statement = {
  name: 'attempt-last-completion',
  text: `select count(*)::int as taken, count(a.completed_at)::int as completed, max(a.completed_at) as last,
      (select count(*)::int from exam e where e.course_id = $1 and e.is_proctored and not e.is_practice_exam) as exams
    from attempt a join users u on u.id = a.user_id
    where u.id = (select id from users where lower(username) = lower($2) order by (username = $2) desc, id limit 1)
      and a.course_id = $1 and a.taking_as_proctored and not a.is_sample_attempt and a.archived_at is null`,
}

/** When a learner completed the last proctored exam of a course; null until as many attempts are completed as the course has such exams. */
export async function lastCompletion (sql: Sql, courseId: string, username: string): Promise<Date | null> {
  const [row] = await sql.query<{ taken: number, completed: number, last: string | null, exams: number }>(LAST_COMPLETION, [courseId, username])
  if (!row?.last || row.taken !== row.exams || row.completed !== row.taken) return null
  return dateFromText(row.last)
}
