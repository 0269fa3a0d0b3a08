import type { Sql, Statement } from '../../db/sql.ts'
import { RECORD_SELECT, toRecord } from './records.ts'
import type { AttemptRecord } from './attempt.ts'
import type { AttemptStatus } from './status.ts'

export interface AttemptFilter {
  courseId?: string | undefined
  examId?: number | undefined
  userId?: number | undefined
  status?: AttemptStatus | undefined
  /** Only attempts older than this id: the key of the next page. */
  before?: number | undefined
  /** Removed attempts instead of live ones. */
  archived?: boolean
  limit: number
}

const CONDITIONS = { courseId: 'a.course_id =', examId: 'a.exam_id =', userId: 'a.user_id =', status: 'a.status =', before: 'a.id <' } as const
const NAMES = ['courseId', 'examId', 'userId', 'status', 'before'] as const

/** Attempts, newest first. */
export async function listAttempts (sql: Sql, { archived = false, limit, ...filter }: AttemptFilter): Promise<AttemptRecord[]> {
  const used = NAMES.filter(name => filter[name] !== undefined)
  const conditions = [`a.archived_at is ${archived ? 'not ' : ''}null`, ...used.map((name, index) => `${CONDITIONS[name]} $${index + 2}`)]
  const statement: Statement = {
    name: ['attempt-list', archived ? 'archived' : 'live', ...used].join('-'),
    text: `${RECORD_SELECT} where ${conditions.join(' and ')} order by a.id desc limit $1`,
  }
  return (await sql.texts(statement, [limit, ...used.map(name => filter[name] ?? null)])).map(toRecord)
}

const OF_EXAM: Statement = {
  name: 'attempt-ids-of-exam',
  text: 'select id from attempt where exam_id = $1 and archived_at is null and id > $2 order by id limit $3',
}

/** Ids of an exam's attempts, oldest first: for work through all of them. */
export async function listAttemptIds (sql: Sql, examId: number, after: number, limit: number): Promise<number[]> {
  return (await sql.query<{ id: number }>(OF_EXAM, [examId, after, limit])).map(({ id }) => id)
}

const COUNT_OF_EXAM: Statement = {
  name: 'attempt-count-of-exam',
  text: 'select count(*)::int as count from attempt where exam_id = $1 and archived_at is null and id > $2',
}

export async function countAttemptsAfter (sql: Sql, examId: number, after: number): Promise<number> {
  return (await sql.query<{ count: number }>(COUNT_OF_EXAM, [examId, after]))[0]?.count ?? 0
}
