import type { Sql, Statement } from '../../db/sql.ts'

const LINES_AT_ONCE = 10_000

/** Any number, as long as no one else uses it: two who sum up at once would wait for each other. */
const SUM_LOCK = 7_311_205

const SUM_UP: Statement = {
  name: 'attempt-tally-sum-up',
  text: `with turn as materialized (
      select pg_try_advisory_xact_lock(${SUM_LOCK}) as is_mine
    ), fresh as materialized (
      select t.course_id, t.span, t.place from attempt_tally t, turn where turn.is_mine and t.is_fresh order by t.id limit ${LINES_AT_ONCE}
    ), gone as (
      delete from attempt_tally t using (select distinct course_id, span, place from fresh) f
      where t.course_id = f.course_id and t.span = f.span and t.place = f.place returning t.course_id, t.span, t.place, t.amount
    ), summed as (
      insert into attempt_tally (course_id, span, place, amount, is_fresh)
      select course_id, span, place, sum(amount), false from gone group by course_id, span, place having sum(amount) <> 0
    ) select count(*)::int as lines from fresh`,
}

/** Turns what was counted since the last time into one line per place. */
export async function sumUpTally (sql: Pick<Sql, 'query'>): Promise<void> {
  for (;;) {
    const [done] = await sql.query<{ lines: number }>(SUM_UP, [])
    if (!done || done.lines < LINES_AT_ONCE) return
  }
}
