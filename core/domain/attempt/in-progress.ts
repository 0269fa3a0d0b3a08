import type { Sql, Statement } from '../../db/sql.ts'
import { SEEN_SELECT, toSeen, type SeenAttempt } from './records.ts'

const IN_PROGRESS: Statement = {
  name: 'attempts-in-progress',
  text: `${SEEN_SELECT} where a.user_id = $1 and a.status in ('started', 'ready_to_submit') and a.archived_at is null
    and ($2::text is null or a.course_id = $2::text) order by a.id desc`,
}

/** What a learner is working on, newest first: in one course, or everywhere. */
export async function listInProgress (sql: Sql, userId: number, courseId: string | null): Promise<SeenAttempt[]> {
  return (await sql.texts(IN_PROGRESS, [userId, courseId])).map(toSeen)
}
