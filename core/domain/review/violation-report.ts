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

/** The course's exams in the order of the report; all of them, or from that of an attempt on. */
const EXAMS: Statement = {
  name: 'violation-exams',
  text: `select e.id, a.exam_id is not null as "isFirst" from exam e left join attempt a on a.id = $2 and a.exam_id = e.id
    where e.course_id = $1 and ($2::int is null or (e.exam_name, e.id) >= (select s.exam_name, s.id from attempt b join exam s on s.id = b.exam_id where b.id = $2))
    order by e.exam_name, e.id`,
}

// Ids come from the exam's own index, which holds all that is asked of it; the rest is looked up for these alone, which is what "offset 0" is for.
const page = (reviewsOf: ReviewsOf): Statement => ({
  name: `violation-report-${reviewsOf}`,
  text: `select a.id as "attemptId", x.course_id as "courseId", x.exam_name as "examName", u.username, u.email, a.attempt_code as "attemptCode",
      a.allowed_time_limit_mins as "allowedTimeLimitMins", a.is_sample_attempt as "isSampleAttempt", a.started_at as "startedAt",
      a.completed_at as "completedAt", a.status, r.review_status as "reviewStatus", x.backend as provider, a.user_id as "userId", r.remarks
    from (select id from attempt where exam_id = $1 and archived_at is null and id < $2 order by id desc limit $3) of_exam
      cross join lateral (select * from attempt where id = of_exam.id offset 0) a
      cross join lateral (select username, email from users where id = a.user_id offset 0) u
      cross join (select id, course_id, exam_name, backend, is_practice_exam from exam where id = $1) x
      left join lateral (select v.review_status,
          (select json_agg(json_build_array(c.status, c.comment) order by c.id) from review_comment c where c.review_id = v.id) as remarks
        from review v where v.attempt_code = a.attempt_code ${COUNTS[reviewsOf]} offset 0) r on true
    order by a.id desc`,
})
const PAGES: Readonly<Record<ReviewsOf, Statement>> = { graded: page('graded'), practice: page('practice'), all: page('all') }

/** What a course's attempts came to, one record per attempt, sorted by exam name; the newest attempt of an exam first (contract 01 §10). */
export async function violationPage (sql: Sql, { courseId, reviewsOf, after, limit }: ReportPage): Promise<ViolationRecord[]> {
  const exams = await sql.query<{ id: number, isFirst: boolean }>(EXAMS, [courseId, after ?? null])
  const records: ViolationRecord[] = []
  for (const { id, isFirst } of exams) {
    const rows = await sql.query<Row>(PAGES[reviewsOf], [id, isFirst && after !== undefined ? after : MAX_ID, limit - records.length])
    for (const row of rows) records.push(toRecord(row))
    if (records.length >= limit) break
  }
  return records
}

const toRecord = ({ remarks, startedAt, completedAt, ...row }: Row): ViolationRecord => ({
  ...row,
  startedAt: startedAt === null ? null : dateFromText(startedAt),
  completedAt: completedAt === null ? null : dateFromText(completedAt),
  comments: groupRemarks(remarks ?? []),
})

/** The whole report, read page by page as it is consumed. */
export async function * violationRecords (sql: Sql, { pageSize = 100, ...report }: Pick<ReportPage, 'courseId' | 'reviewsOf'> & { pageSize?: number }): AsyncGenerator<ViolationRecord> {
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
