import type { PlainValue, Sql, Statement } from '../../db/sql.ts'
import { INV_EXAM_NOT_FOUND } from '../../errors.ts'
import { EXAM_SELECT, toExam } from '../attempt/records.ts'
import type { Exam } from '../attempt/attempt.ts'

const where = (name: string, condition: string): Statement => ({ name: `exam-${name}`, text: `${EXAM_SELECT} where ${condition}` })
const BY_ID = where('by-id', 'e.id = $1')
const BY_CONTENT = where('by-content', 'e.course_id = $1 and e.content_id = $2')
const ACTIVE_OF_COURSE = where('active-of-course', 'e.course_id = $1 and e.is_active order by e.id')
const ALL_OF_COURSE = where('all-of-course', 'e.course_id = $1 order by e.id')
const ONBOARDING_OF_COURSE = where('onboarding-of-course', 'e.course_id = $1 and e.is_active and e.is_practice_exam and e.is_proctored order by e.created_at desc, e.id desc')

/** Learners who enter the exam meanwhile are not held up. */
const LOCKED: Statement = { name: 'exam-lock', text: `${BY_ID.text} for no key update` }

async function many (sql: Sql, statement: Statement, values: PlainValue[]): Promise<Exam[]> {
  return (await sql.texts(statement, values)).map(toExam)
}

const MAX_ID = 2_147_483_647
const isId = (id: number): boolean => Number.isInteger(id) && id >= 1 && id <= MAX_ID

export async function findExam (sql: Sql, id: number): Promise<Exam | null> {
  return isId(id) ? (await many(sql, BY_ID, [id]))[0] ?? null : null
}

export async function getExam (sql: Sql, id: number): Promise<Exam> {
  const exam = await findExam(sql, id)
  if (!exam) throw new INV_EXAM_NOT_FOUND(id)
  return exam
}

/** Holds the exam for the rest of a transaction: whatever else is about to tell of a change to it waits. */
export async function lockExam (tx: Sql, id: number): Promise<Exam | null> {
  return isId(id) ? (await many(tx, LOCKED, [id]))[0] ?? null : null
}

export const findExamByContent = async (sql: Sql, courseId: string, contentId: string): Promise<Exam | null> => (await many(sql, BY_CONTENT, [courseId, contentId]))[0] ?? null
export const listActiveExams = (sql: Sql, courseId: string) => many(sql, ACTIVE_OF_COURSE, [courseId])
export const listExams = (sql: Sql, courseId: string) => many(sql, ALL_OF_COURSE, [courseId])
/** Practice exams under a provider, newest first. */
export const listOnboardingExams = (sql: Sql, courseId: string) => many(sql, ONBOARDING_OF_COURSE, [courseId])

const COURSES: Statement = { name: 'courses-of-exams', text: 'select distinct course_id as "courseId" from exam where id = any($1::int[]) order by 1' }

/** The courses these exams belong to; ids of no exam belong to none. */
export async function findCourses (sql: Sql, examIds: readonly number[]): Promise<string[]> {
  const ids = examIds.filter(isId)
  if (ids.length === 0) return []
  return (await sql.query<{ courseId: string }>(COURSES, [ids])).map(({ courseId }) => courseId)
}
