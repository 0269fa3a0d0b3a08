import type { Sql, Statement } from '../db/sql.ts'

/** What depends on a provider now. */
export interface Dependants {
  /** Active proctored exams. */
  exams: number
  /** Learners whose exam is running. */
  liveAttempts: number
}

export const NOTHING_DEPENDS: Dependants = Object.freeze({ exams: 0, liveAttempts: 0 })

// the conditions on attempts are those of attempt_in_progress_index, so only running ones are read
const COUNT: Statement = {
  name: 'operate-dependants',
  text: `select name, sum(exams)::int as exams, sum(live)::int as "liveAttempts" from (
      select coalesce(backend, $1) as name, count(*) as exams, 0 as live from exam where is_active and is_proctored group by 1
      union all
      select provider, 0, count(*) from attempt where status in ('started', 'ready_to_submit') and archived_at is null and provider is not null group by 1
    ) as counted where name is not null group by 1 order by 1`,
}

/** By provider name; names that are not configured any more are in it too. */
export async function countDependants (sql: Sql, defaultName: string | null): Promise<Map<string, Dependants>> {
  const rows = await sql.query<Dependants & { name: string }>(COUNT, [defaultName])
  return new Map(rows.map(({ name, ...counts }) => [name, counts]))
}
