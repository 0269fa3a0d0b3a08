import type { Database, Sql, Statement } from '../db/sql.ts'
import type { Actor, User } from './attempt/attempt.ts'
import { appendHistory } from './history.ts'

export interface StaffMember { userId: number, username: string, email: string, courseId: string, since: Date }
/** Who does it, and when. */
export interface StaffChange { courseId: string, user: User, actor: Actor, at: Date }

const FIND: Statement = { name: 'course-staff-find', text: 'select from course_staff where user_id = $1 and course_id = $2' }
const GRANT: Statement = { name: 'course-staff-grant', text: 'insert into course_staff (user_id, course_id, created_at) values ($1, $2, $3) on conflict do nothing returning user_id' }
const REVOKE: Statement = { name: 'course-staff-revoke', text: 'delete from course_staff where user_id = $1 and course_id = $2 returning user_id' }
const MEMBERS = 'select user_id as "userId", username, email, course_id as "courseId", course_staff.created_at as since from course_staff join users on users.id = user_id'
const OF_COURSE: Statement = { name: 'course-staff-of-course', text: `${MEMBERS} where course_id = $1 order by username` }
const ALL: Statement = { name: 'course-staff-all', text: `${MEMBERS} order by course_id, username` }

/** Was this person made staff of the course here? Tokens and the platform may name others. */
export async function isCourseStaffHere (sql: Sql, userId: number, courseId: string): Promise<boolean> {
  return (await sql.query(FIND, [userId, courseId])).length > 0
}

/** By course, then by name; of one course when it is given. */
export function listCourseStaff (sql: Sql, courseId?: string): Promise<StaffMember[]> {
  return courseId === undefined ? sql.query<StaffMember>(ALL, []) : sql.query<StaffMember>(OF_COURSE, [courseId])
}

/** False when the person was staff of the course already. */
export function grantCourseStaff (db: Database, { courseId, user, actor, at }: StaffChange): Promise<boolean> {
  return db.transaction(async tx => {
    const rows = await tx.query(GRANT, [user.id, courseId, at.toISOString()])
    if (rows.length > 0) await appendHistory(tx, { entity: 'course_staff', entityId: user.id, change: '+', before: null, after: { userId: user.id, courseId }, actor, at })
    return rows.length > 0
  })
}

/** False when the person was not. */
export function revokeCourseStaff (db: Database, { courseId, user, actor, at }: StaffChange): Promise<boolean> {
  return db.transaction(async tx => {
    const rows = await tx.query(REVOKE, [user.id, courseId])
    if (rows.length > 0) await appendHistory(tx, { entity: 'course_staff', entityId: user.id, change: '-', before: { userId: user.id, courseId }, after: null, actor, at })
    return rows.length > 0
  })
}
