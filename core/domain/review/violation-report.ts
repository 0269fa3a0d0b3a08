import type { Sql, Statement } from '../../db/sql.ts'
import { dateFromText } from '../../db/timestamps.ts'

/** Whose reviews are attached: those of graded exams, of practice exams, or of both. All attempts are listed in any case. */
export type ReviewsOf = 'graded' | 'practice' | 'all'

export interface ViolationRecord {
  attemptId: number
  courseId: string
  examName: string
  username: string
  email: string
  attemptCode: string
  allowedTimeLimitMins: number | null
  isSampleAttempt: boolean
  startedAt: Date | null
  completedAt: Date | null
  status: string
  /** Null without a review. */
  reviewStatus: string | null
  provider: string | null
  userId: number
  /** Remarks of the review by their status. */
  comments: ReadonlyMap<string, readonly string[]>
}

export interface ReportPage {
  courseId: string
  reviewsOf: ReviewsOf
  /** Id of the last attempt of the page before. */
  after?: number | undefined
  limit: number
}

type Remark = readonly [status: string, comment: string]
interface Row extends Omit<ViolationRecord, 'startedAt' | 'completedAt' | 'comments'> { startedAt: string | null, completedAt: string | null, remarks: Remark[] | null }

const COUNTS: Readonly<Record<ReviewsOf, string>> = { graded: 'and not x.is_practice_exam', practice: 'and x.is_practice_exam', all: '' }

const MAX_ID = 2_147_483_647

// Exams of a course are few and their attempts many: each exam gives at most a page of its own index, so the table's size does not count.
const page = (reviewsOf: ReviewsOf): Statement => ({
  name: `violation-report-${reviewsOf}`,
  text: `with start as (select a.id, e.exam_name, e.id as exam_id from attempt a join exam e on e.id = a.exam_id where a.id = $2)
    select a.id as "attemptId", x.course_id as "courseId", x.exam_name as "examName", u.username, u.email, a.attempt_code as "attemptCode",
      a.allowed_time_limit_mins as "allowedTimeLimitMins", a.is_sample_attempt as "isSampleAttempt", a.started_at as "startedAt",
      a.completed_at as "completedAt", a.status, r.review_status as "reviewStatus", x.backend as provider, a.user_id as "userId",
      (select json_agg(json_build_array(c.status, c.comment) order by c.id) from review_comment c where c.review_id = r.id) as remarks
    from (select e.* from exam e where e.course_id = $1
        and ($2::int is null or (e.exam_name, e.id) >= (select exam_name, exam_id from start)) order by e.exam_name, e.id) x
      cross join lateral (select * from attempt where exam_id = x.id and archived_at is null
        and id < case when x.id = (select exam_id from start) then $2::int else ${MAX_ID} end order by id desc limit $3) a
      join users u on u.id = a.user_id
      left join review r on r.attempt_code = a.attempt_code ${COUNTS[reviewsOf]}
    order by x.exam_name, x.id, a.id desc limit $3`,
})
const PAGES: Readonly<Record<ReviewsOf, Statement>> = { graded: page('graded'), practice: page('practice'), all: page('all') }

/** What a course's attempts came to, one record per attempt, sorted by exam name; the newest attempt of an exam first (contract 01 §10). */
export async function violationPage (sql: Sql, { courseId, reviewsOf, after, limit }: ReportPage): Promise<ViolationRecord[]> {
  const rows = await sql.query<Row>(PAGES[reviewsOf], [courseId, after ?? null, limit])
  return rows.map(({ remarks, startedAt, completedAt, ...row }) => ({
    ...row,
    startedAt: startedAt === null ? null : dateFromText(startedAt),
    completedAt: completedAt === null ? null : dateFromText(completedAt),
    comments: groupRemarks(remarks ?? []),
  }))
}

/** The whole report, read page by page as it is consumed. */
export async function * violationRecords (sql: Sql, { pageSize = 500, ...report }: Pick<ReportPage, 'courseId' | 'reviewsOf'> & { pageSize?: number }): AsyncGenerator<ViolationRecord> {
  for (let after: number | undefined; ;) {
    const records = await violationPage(sql, { ...report, after, limit: pageSize })
    yield * records
    if (records.length < pageSize) return
    after = records.at(-1)?.attemptId
  }
}

const REMARK_STATUSES: Statement = {
  name: 'violation-remark-statuses',
  text: `select distinct c.status from review_comment c join review r on r.id = c.review_id join exam e on e.id = r.exam_id
    where e.course_id = $1 order by c.status limit $2`,
}

/** The statuses of remarks in a course: the columns a table of the report has. */
export async function remarkStatuses (sql: Sql, courseId: string, limit: number): Promise<string[]> {
  return (await sql.query<{ status: string }>(REMARK_STATUSES, [courseId, limit])).map(({ status }) => status)
}

function groupRemarks (remarks: readonly Remark[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [status, comment] of remarks) groups.set(status, [...groups.get(status) ?? [], comment])
  return groups
}
