import type { Sql, Statement } from '../../db/sql.ts'
import { readColumns, selectColumns, type Columns } from '../../db/columns.ts'
import { EXAM_COLUMNS, USER_COLUMNS } from '../attempt/records.ts'
import type { Exam, User } from '../attempt/attempt.ts'

export interface Allowance { id: number, createdAt: Date, modifiedAt: Date, key: string, value: string }
export interface AllowanceRecord { allowance: Allowance, exam: Exam, user: User }

const COLUMNS: Columns<Allowance> = { id: ['id', 'integer'], createdAt: ['created_at', 'date'], modifiedAt: ['modified_at', 'date'], key: ['key'], value: ['value'] }
const SELECT = `select ${selectColumns('l', COLUMNS)}, ${selectColumns('e', EXAM_COLUMNS)}, ${selectColumns('u', USER_COLUMNS)}
  from allowance l join exam e on e.id = l.exam_id join users u on u.id = l.user_id`
const OF_COURSE: Statement = { name: 'allowances-of-course', text: `${SELECT} where e.course_id = $1 order by l.id` }
const OF_USER: Statement = { name: 'allowances-of-user', text: `${SELECT} where l.user_id = $1 and l.exam_id = any($2::int[]) order by l.id` }

/** What is granted in a course, active exams or not. */
export const listAllowances = (sql: Sql, courseId: string): Promise<AllowanceRecord[]> => many(sql, OF_COURSE, [courseId])

/** What one learner is granted in these exams. */
export const listAllowancesOf = (sql: Sql, userId: number, examIds: readonly number[]): Promise<AllowanceRecord[]> => many(sql, OF_USER, [userId, examIds])

async function many (sql: Sql, statement: Statement, values: readonly unknown[]): Promise<AllowanceRecord[]> {
  const rows = await sql.query<Record<string, unknown>>(statement, values)
  return rows.map(row => ({ allowance: readColumns(row, 'l', COLUMNS), exam: readColumns(row, 'e', EXAM_COLUMNS), user: readColumns(row, 'u', USER_COLUMNS) }))
}
