import type { Sql, Statement } from '../../db/sql.ts'
import { SEEN_SELECT, toSeen, type SeenAttempt } from './records.ts'

/** One learner at one exam: the attempt that counts, and all there are, newest first. */
export interface AttemptGroup { head: SeenAttempt, all: SeenAttempt[] }
export interface AttemptPage { groups: AttemptGroup[], page: number, pages: number }

const PAGE_SIZE = 25

/** The ids of one page. `$2` is the page that is wanted; for one that is not there the last is taken. */
const heads = (name: string, found: string): Statement => ({
  name: `attempt-heads-${name}`,
  text: `with found as ${found}, size as (
      select greatest(1, ceil(count(*) / ${PAGE_SIZE}.0))::int as pages from found
    ), chosen as (
      select pages, case when $2::int between 1 and pages then $2::int else pages end as page from size
    ) select pages, page, array(select id from found order by id desc limit ${PAGE_SIZE} offset (select (page - 1) * ${PAGE_SIZE} from chosen)) as ids from chosen`,
})
const PRESENT_OF_COURSE = 'a.course_id = $1 and a.is_current and a.archived_at is null'
/** Counted and paged by the index, which holds all that is asked for. */
const HEADS = heads('of-course', `not materialized (select a.id from attempt a where ${PRESENT_OF_COURSE})`)
/** Looks through the learners of the course once, never through all people there are: that is what "offset 0" is for. */
const HEADS_FOUND = heads('searched', `materialized (
  select a.id from attempt a cross join lateral (select username, email from users where id = a.user_id offset 0) u
  where ${PRESENT_OF_COURSE} and (u.username ilike $3 or u.email ilike $3))`)

const ALL_OF_HEADS: Statement = {
  name: 'attempts-of-heads',
  text: `${SEEN_SELECT} join attempt h on h.user_id = a.user_id and h.exam_id = a.exam_id
    where h.id = any($1::int[]) and a.archived_at is null order by h.id desc, a.id desc`,
}

export interface PageRequest {
  courseId: string
  page: number
  /** Only learners whose user name or e-mail address holds this text, whatever the case of its letters. */
  search: string | null
}

/** A page of the learners' attempts in a course, newest first. */
export async function listAttemptGroups (sql: Sql, { courseId, page, search }: PageRequest): Promise<AttemptPage> {
  const [found] = search === null
    ? await sql.query<Heads>(HEADS, [courseId, page])
    : await sql.query<Heads>(HEADS_FOUND, [courseId, page, `%${escapeWildcards(search)}%`])
  if (!found) throw new Error('a page of attempts always has a number')
  const rows = found.ids.length === 0 ? [] : await sql.texts(ALL_OF_HEADS, [`{${found.ids.join()}}`])
  return { page: found.page, pages: found.pages, groups: groupAttempts(rows.map(toSeen)) }
}

interface Heads { pages: number, page: number, ids: number[] }

const escapeWildcards = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

/** The newest comes first and counts, also when another was added between the two queries. */
function groupAttempts (attempts: readonly SeenAttempt[]): AttemptGroup[] {
  const groups = Map.groupBy(attempts, ({ attempt }) => `${attempt.userId} ${attempt.examId}`)
  return [...groups.values()].flatMap(all => all[0] ? [{ head: all[0], all }] : [])
}
