import type { Sql, Statement } from '../../db/sql.ts'
import { SEEN_SELECT, toSeen, type SeenAttempt } from './records.ts'

/** One learner at one exam: the attempt that counts, and all there are, newest first. */
export interface AttemptGroup { head: SeenAttempt, all: SeenAttempt[] }
export interface AttemptPage { groups: AttemptGroup[], page: number, pages: number }

const PAGE_SIZE = 25

const PRESENT_OF_COURSE = 'a.course_id = $1 and a.is_current and a.archived_at is null'
/** `$2` is the page that is wanted; for one that is not there the last is taken. */
const CHOSEN = `select pages, page, (page - 1) * ${PAGE_SIZE} as skipped
  from (select pages, case when $2::int between 1 and pages then $2::int else pages end as page
    from (select greatest(1, ceil(amount / ${PAGE_SIZE}.0))::int as pages from size) counted) numbered`

/** Among places of a kind that meet `condition`, newest first: the one the page begins in, and how many attempts come before it. */
const placeOf = (span: number, condition: string, before: string): string => `select place, before from (
      select place, held, ${before} + sum(held) over (order by place desc) - held as before from (
        select place, sum(amount)::int as held from attempt_tally where course_id = $1 and span = ${span} and ${condition} group by place
      ) places
    ) sums, chosen where before <= skipped and skipped < before + held`

/**
 * The ids of one page. The tally tells how many there are and where the page begins, so that neither the size of the course nor the number
 * of the page matters: at most 256 entries of the index are stepped over.
 */
const HEADS: Statement = {
  name: 'attempt-heads-of-course',
  text: `with size as (select coalesce(sum(amount), 0) as amount from attempt_tally where course_id = $1 and span = 16
    ), chosen as (${CHOSEN}
    ), large as (${placeOf(16, 'true', '0')}
    ), small as (${placeOf(8, 'place between (select place << 8 from large) and (select place << 8 | 255 from large)', '(select before from large)')}
    ) select pages, page, array(select a.id from attempt a where ${PRESENT_OF_COURSE} and a.id <= (select place << 8 | 255 from small)
      order by a.id desc limit ${PAGE_SIZE} offset (select skipped - before from small)) as ids from chosen`,
}

const HOLDS_TEXT = '(username ilike $3 or email ilike $3)'
/** Planned anew each time: how many hold a text is not known before. */
const found = (learners: string): Statement => ({
  name: '',
  text: `with found as materialized (select a.id from attempt a join (${learners}) u on u.id = a.user_id where ${PRESENT_OF_COURSE}
    ), size as (select count(*) as amount from found
    ), chosen as (${CHOSEN}
    ) select pages, page, array(select id from found order by id desc limit ${PAGE_SIZE} offset (select skipped from chosen)) as ids from chosen`,
})
/** From the few who have these letters in a row to their attempts. */
const HEADS_OF_FEW = found(`select id from users where ${HOLDS_TEXT} and invigil_trigrams(username || chr(10) || email) @> invigil_trigrams($4)`)
/** Through all learners of the course: most will be found, so no index spares the way. */
const HEADS_OF_MANY = found(`select id from users where ${HOLDS_TEXT}`)

const SAMPLE = 100
const MANY = 0.1
const SHARE: Statement = {
  name: 'attempt-share-found',
  text: `select coalesce(avg((select (username ilike $2 or email ilike $2)::int from users where id = newest.user_id)), 0)::float8 as share
    from (select a.user_id from attempt a where ${PRESENT_OF_COURSE} order by a.id desc limit ${SAMPLE}) newest`,
}

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
export async function listAttemptGroups (sql: Sql, request: PageRequest): Promise<AttemptPage> {
  const { ids, page, pages } = await findHeads(sql, request)
  const rows = ids.length === 0 ? [] : await sql.texts(ALL_OF_HEADS, [`{${ids.join()}}`])
  return { page, pages, groups: groupAttempts(rows.map(toSeen)) }
}

interface Heads { pages: number, page: number, ids: number[] }

async function findHeads (sql: Sql, { courseId, page, search }: PageRequest): Promise<Heads> {
  const [heads] = search === null ? await sql.query<Heads>(HEADS, [courseId, page]) : await searchHeads(sql, courseId, page, search)
  if (!heads) throw new Error('a page of attempts always has a number')
  return heads
}

/** The shortest text that has a run of three letters; and one that too many have is not looked for in the index. */
async function searchHeads (sql: Sql, courseId: string, page: number, search: string): Promise<Heads[]> {
  const pattern = `%${escapeWildcards(search)}%`
  const isShort = [...search].length < 3
  const [sample] = isShort ? [] : await sql.query<{ share: number }>(SHARE, [courseId, pattern])
  if (isShort || (sample && sample.share > MANY)) return sql.query<Heads>(HEADS_OF_MANY, [courseId, page, pattern])
  return sql.query<Heads>(HEADS_OF_FEW, [courseId, page, pattern, search])
}

const escapeWildcards = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

/** The newest comes first and counts, also when another was added between the two queries. */
function groupAttempts (attempts: readonly SeenAttempt[]): AttemptGroup[] {
  const groups = Map.groupBy(attempts, ({ attempt }) => `${attempt.userId} ${attempt.examId}`)
  return [...groups.values()].flatMap(all => all[0] ? [{ head: all[0], all }] : [])
}
