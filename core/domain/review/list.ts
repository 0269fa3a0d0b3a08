import type { Sql, Statement } from '../../db/sql.ts'
import { dateFromText } from '../../db/timestamps.ts'

export interface ReviewView {
  id: number
  attemptCode: string
  attemptId: number | null
  courseId: string | null
  examName: string | null
  learner: string | null
  reviewStatus: string
  isAttemptActive: boolean
  /** User name; null = automatic. */
  reviewer: string | null
  createdAt: Date
  modifiedAt: Date
}

export interface ReviewComment { startTime: number, stopTime: number, duration: number, comment: string, status: string }
export interface WholeReview extends ReviewView { rawData: string, hasVideo: boolean, comments: ReviewComment[] }

export interface ReviewFilter {
  courseId?: string | undefined
  reviewStatus?: string | undefined
  /** User name or e-mail of the learner. */
  learner?: string | undefined
  /** Nobody stands behind the verdict yet. */
  unreviewed?: boolean | undefined
  /** Only reviews saved before this one: the key of the next page. */
  before?: number | undefined
  limit: number
}

type Row = Omit<ReviewView, 'createdAt' | 'modifiedAt'> & { createdAt: string, modifiedAt: string }

const COLUMNS = `r.id, r.attempt_code as "attemptCode", a.id as "attemptId", e.course_id as "courseId", e.exam_name as "examName", s.username as learner,
  r.review_status as "reviewStatus", r.is_attempt_active as "isAttemptActive", w.username as reviewer, r.created_at as "createdAt", r.modified_at as "modifiedAt"`
const AROUND = `left join attempt a on a.attempt_code = r.attempt_code
  left join users s on s.id = r.student_id left join users w on w.id = r.reviewed_by_id`
const TABLES = `review r left join exam e on e.id = r.exam_id ${AROUND}`
const NEWEST = 'order by r.modified_at desc, r.id desc limit $1'

const CONDITIONS: Readonly<Record<'reviewStatus' | 'learner' | 'before', (slot: string) => string>> = {
  reviewStatus: slot => `r.review_status = ${slot}`,
  learner: slot => `r.student_id in (select id from users where lower(username) = lower(${slot}) or lower(email) = lower(${slot}))`,
  before: slot => `(r.modified_at, r.id) < (select modified_at, id from review where id = ${slot})`,
}
const NAMES = ['reviewStatus', 'learner', 'before'] as const

/** Reviews, last saved first. The exams of a course are few: each gives at most a page of its own index. */
export async function listReviews (sql: Sql, { courseId, unreviewed = false, limit, ...filter }: ReviewFilter): Promise<ReviewView[]> {
  const used = NAMES.filter(name => filter[name] !== undefined)
  const values = [limit, ...used.map(name => filter[name])]
  const conditions = [...(unreviewed ? ['r.reviewed_by_id is null'] : []), ...used.map((name, index) => CONDITIONS[name](`$${index + 2}`))]
  const ofCourse = `exam e cross join lateral (select * from review r where ${['r.exam_id = e.id', ...conditions].join(' and ')} ${NEWEST}) r ${AROUND} where e.course_id = $${values.length + 1}`
  const ofAll = `${TABLES} ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}`
  const statement: Statement = {
    name: ['review-list', courseId === undefined ? 'anywhere' : 'of-course', unreviewed ? 'unreviewed' : 'all', ...used].join('-'),
    text: `select ${COLUMNS} from ${courseId === undefined ? ofAll : ofCourse} ${NEWEST}`,
  }
  return (await sql.query<Row>(statement, courseId === undefined ? values : [...values, courseId])).map(withDates)
}

const WHOLE: Statement = {
  name: 'review-whole',
  text: `select ${COLUMNS}, r.raw_data as "rawData", coalesce(r.encrypted_video_url, '') <> '' as "hasVideo" from ${TABLES} where r.attempt_code = $1`,
}
const COMMENTS: Statement = {
  name: 'review-comments',
  text: 'select start_time as "startTime", stop_time as "stopTime", duration, comment, status from review_comment where review_id = $1 order by id',
}

/** One review with the remarks in it. */
export async function findReview (sql: Sql, attemptCode: string): Promise<WholeReview | null> {
  const [row] = await sql.query<Row & Pick<WholeReview, 'rawData' | 'hasVideo'>>(WHOLE, [attemptCode])
  if (!row) return null
  return { ...row, ...withDates(row), comments: await sql.query<ReviewComment>(COMMENTS, [row.id]) }
}

function withDates<R extends Row> (row: R) {
  return { ...row, createdAt: dateFromText(row.createdAt), modifiedAt: dateFromText(row.modifiedAt) }
}
