import type { Sql, Statement } from '../../db/sql.ts'

/** What the review was before says so as well. */
const OF_REVIEW = (id: string): string => `h.entity = 'review' and h.entity_id = ${id} and 'true' in (h.before ->> 'isAttemptActive', h.after ->> 'isAttemptActive')`
const IN_HISTORY = `exists (select from history h where ${OF_REVIEW('r.id')})`
const ORPHANS = `from review r
    where r.id > $1 and (r.is_attempt_active or ${IN_HISTORY}) and not exists (select from attempt a where a.attempt_code = r.attempt_code and a.archived_at is null)`

const WITHOUT_ATTEMPT: Statement = { name: 'review-ids-without-attempt', text: `select r.id ${ORPHANS} order by r.id limit $2` }
const COUNT: Statement = { name: 'review-count-without-attempt', text: `select count(*)::int as count ${ORPHANS}` }
const MARK: Statement = {
  name: 'review-mark-orphan',
  text: `with told as (
      update history h set before = jsonb_set(before, '{isAttemptActive}', 'false', false), after = jsonb_set(after, '{isAttemptActive}', 'false', false)
      where ${OF_REVIEW('$1')} returning 1
    ), marked as (
      update review set is_attempt_active = false where id = $1 and is_attempt_active returning 1
    ) select from told union all select from marked`,
}

/** Ids of reviews that say their attempt is live while it is not, oldest first. */
export async function listOrphanIds (sql: Sql, after: number, limit: number): Promise<number[]> {
  return (await sql.query<{ id: number }>(WITHOUT_ATTEMPT, [after, limit])).map(({ id }) => id)
}

export async function countOrphansAfter (sql: Sql, after: number): Promise<number> {
  return (await sql.query<{ count: number }>(COUNT, [after]))[0]?.count ?? 0
}

/** Corrects the mark, in what the review was before too, and nothing else; false when somebody else has. */
export async function markOrphan (sql: Sql, reviewId: number): Promise<boolean> {
  return (await sql.query(MARK, [reviewId])).length > 0
}
