import type { Sql, Statement } from '../../db/sql.ts'

const ORPHANS = `from review r
    where r.is_attempt_active and r.id > $1 and not exists (select from attempt a where a.attempt_code = r.attempt_code and a.archived_at is null)`
const WITHOUT_ATTEMPT: Statement = { name: 'review-ids-without-attempt', text: `select r.id ${ORPHANS} order by r.id limit $2` }
const COUNT: Statement = { name: 'review-count-without-attempt', text: `select count(*)::int as count ${ORPHANS}` }
const MARK: Statement = { name: 'review-mark-orphan', text: 'update review set is_attempt_active = false where id = $1 and is_attempt_active returning id' }

/** Ids of reviews that say their attempt is live while it is not, oldest first. */
export async function listOrphanIds (sql: Sql, after: number, limit: number): Promise<number[]> {
  return (await sql.query<{ id: number }>(WITHOUT_ATTEMPT, [after, limit])).map(({ id }) => id)
}

export async function countOrphansAfter (sql: Sql, after: number): Promise<number> {
  return (await sql.query<{ count: number }>(COUNT, [after]))[0]?.count ?? 0
}

/** Corrects the mark and nothing else; false when somebody else has. */
export async function markOrphan (sql: Sql, reviewId: number): Promise<boolean> {
  return (await sql.query(MARK, [reviewId])).length > 0
}
