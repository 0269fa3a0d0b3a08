import { dateFromText } from '../../db/timestamps.ts'
import { isAttemptStatus, type AttemptStatus } from './status.ts'
import type { Attempt, AttemptRecord, Exam, User } from './attempt.ts'

type Kind = 'text' | 'date'
type Columns<T> = { [Field in keyof T]-?: readonly [column: string, kind?: Kind] }

/** Field -> column, once for reading and writing. The compiler finds a forgotten field. */
export const ATTEMPT_COLUMNS: Columns<Attempt> = {
  id: ['id'],
  version: ['version'],
  userId: ['user_id'],
  examId: ['exam_id'],
  provider: ['provider'],
  status: ['status'],
  attemptCode: ['attempt_code'],
  externalId: ['external_id'],
  createdAt: ['created_at', 'date'],
  modifiedAt: ['modified_at', 'date'],
  startedAt: ['started_at', 'date'],
  completedAt: ['completed_at', 'date'],
  allowedTimeLimitMins: ['allowed_time_limit_mins'],
  takingAsProctored: ['taking_as_proctored'],
  isSampleAttempt: ['is_sample_attempt'],
  reviewPolicyId: ['review_policy_id'],
  isStatusAcknowledged: ['is_status_acknowledged'],
  timeRemainingSeconds: ['time_remaining_seconds'],
  isResumable: ['is_resumable'],
  readyToResume: ['ready_to_resume'],
  resumed: ['resumed'],
  isCurrent: ['is_current'],
  archivedAt: ['archived_at', 'date'],
}

export const EXAM_COLUMNS: Columns<Exam> = {
  id: ['id'],
  courseId: ['course_id'],
  contentId: ['content_id'],
  externalId: ['external_id'],
  examName: ['exam_name'],
  timeLimitMins: ['time_limit_mins'],
  dueDate: ['due_date', 'date'],
  isProctored: ['is_proctored'],
  isPracticeExam: ['is_practice_exam'],
  isActive: ['is_active'],
  hideAfterDue: ['hide_after_due'],
  backend: ['backend'],
}

export const USER_COLUMNS: Columns<User> = {
  id: ['id'],
  username: ['username'],
  email: ['email'],
  fullName: ['full_name'],
  isActive: ['is_active'],
}

/** Columns of a table under a prefix, e.g. `e.course_id as e_course_id`. */
export function selectColumns<T> (alias: string, columns: Columns<T>): string {
  return Object.values<readonly [string, Kind?]>(columns).map(([column]) => `${alias}.${column} as ${alias}_${column}`).join(', ')
}

type Row = Record<string, unknown>

/** Reads one aliased group of a row back; the row was selected by the same table of columns. */
export function readColumns<T> (row: Row, alias: string, columns: Columns<T>): T {
  const entries = Object.entries<readonly [string, Kind?]>(columns).map(([field, [column, kind]]) => {
    const value = row[`${alias}_${column}`]
    return [field, kind === 'date' && typeof value === 'string' ? dateFromText(value) : value]
  })
  return Object.fromEntries(entries) // the table of columns is typed by T itself
}

export const RECORD_SELECT = `select ${selectColumns('a', ATTEMPT_COLUMNS)}, ${selectColumns('e', EXAM_COLUMNS)}, ${selectColumns('u', USER_COLUMNS)},
  (select json_agg(json_build_object('id', s.id, 'status', s.status))
     from attempt s where s.user_id = a.user_id and s.exam_id = a.exam_id and s.archived_at is null) as siblings
  from attempt a join exam e on e.id = a.exam_id join users u on u.id = a.user_id`

export function toRecord (row: Row): AttemptRecord {
  return {
    attempt: readColumns(row, 'a', ATTEMPT_COLUMNS),
    exam: readColumns(row, 'e', EXAM_COLUMNS),
    user: readColumns(row, 'u', USER_COLUMNS),
    siblings: readSiblings(row.siblings),
  }
}

function readSiblings (value: unknown): { id: number, status: AttemptStatus }[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value
  if (!Array.isArray(list)) return []
  return list.filter((item): item is { id: number, status: AttemptStatus } => typeof item === 'object' && item !== null && isAttemptStatus(String(item.status)))
}
