import { createReader, selectColumns, widthOf, type Columns } from '../../db/columns.ts'
import type { TextRow } from '../../db/sql.ts'
import { isAttemptStatus, type AttemptStatus } from './status.ts'
import type { Attempt, AttemptRecord, Exam, User } from './attempt.ts'

/** Field -> column, once for reading and writing. The compiler finds a forgotten field and a wrong kind. */
export const ATTEMPT_COLUMNS: Columns<Attempt> = {
  id: ['id', 'integer'],
  version: ['version', 'integer'],
  userId: ['user_id', 'integer'],
  examId: ['exam_id', 'integer'],
  provider: ['provider'],
  status: ['status'],
  attemptCode: ['attempt_code'],
  externalId: ['external_id'],
  createdAt: ['created_at', 'date'],
  modifiedAt: ['modified_at', 'date'],
  startedAt: ['started_at', 'date'],
  completedAt: ['completed_at', 'date'],
  allowedTimeLimitMins: ['allowed_time_limit_mins', 'integer'],
  takingAsProctored: ['taking_as_proctored', 'flag'],
  isSampleAttempt: ['is_sample_attempt', 'flag'],
  reviewPolicyId: ['review_policy_id', 'integer'],
  isStatusAcknowledged: ['is_status_acknowledged', 'flag'],
  timeRemainingSeconds: ['time_remaining_seconds', 'integer'],
  isResumable: ['is_resumable', 'flag'],
  readyToResume: ['ready_to_resume', 'flag'],
  resumed: ['resumed', 'flag'],
  isCurrent: ['is_current', 'flag'],
  archivedAt: ['archived_at', 'date'],
}

export const EXAM_COLUMNS: Columns<Exam> = {
  id: ['id', 'integer'],
  courseId: ['course_id'],
  contentId: ['content_id'],
  externalId: ['external_id'],
  examName: ['exam_name'],
  timeLimitMins: ['time_limit_mins', 'integer'],
  dueDate: ['due_date', 'date'],
  isProctored: ['is_proctored', 'flag'],
  isPracticeExam: ['is_practice_exam', 'flag'],
  isActive: ['is_active', 'flag'],
  hideAfterDue: ['hide_after_due', 'flag'],
  backend: ['backend'],
}

export const USER_COLUMNS: Columns<User> = {
  id: ['id', 'integer'],
  username: ['username'],
  email: ['email'],
  fullName: ['full_name'],
  isActive: ['is_active', 'flag'],
}

const EXAM_FROM = widthOf(ATTEMPT_COLUMNS)
const USER_FROM = EXAM_FROM + widthOf(EXAM_COLUMNS)
const SIBLINGS_AT = USER_FROM + widthOf(USER_COLUMNS)

const readAttempt = createReader<Attempt>(ATTEMPT_COLUMNS, 0)
const readExamOfRecord = createReader<Exam>(EXAM_COLUMNS, EXAM_FROM)
const readUser = createReader<User>(USER_COLUMNS, USER_FROM)

const FACTS = `${selectColumns('a', ATTEMPT_COLUMNS)}, ${selectColumns('e', EXAM_COLUMNS)}, ${selectColumns('u', USER_COLUMNS)}`
const FROM = 'from attempt a join exam e on e.id = a.exam_id join users u on u.id = a.user_id'

export const RECORD_SELECT = `select ${FACTS},
  (select json_agg(json_build_object('id', s.id, 'status', s.status))
     from attempt s where s.user_id = a.user_id and s.exam_id = a.exam_id and s.archived_at is null) as siblings
  ${FROM}`

export function toRecord (row: TextRow): AttemptRecord {
  return { ...toSeen(row), siblings: readSiblings(row[SIBLINGS_AT] ?? '[]') }
}

/** An attempt for those who only look: nothing is decided about it, so nobody asks for its siblings. */
export type SeenAttempt = Omit<AttemptRecord, 'siblings'>
export const SEEN_SELECT = `select ${FACTS} ${FROM}`

export function toSeen (row: TextRow): SeenAttempt {
  return { attempt: readAttempt(row), exam: readExamOfRecord(row), user: readUser(row) }
}

export const EXAM_SELECT = `select ${selectColumns('e', EXAM_COLUMNS)} from exam e`
export const toExam = createReader<Exam>(EXAM_COLUMNS, 0)

function readSiblings (text: string): { id: number, status: AttemptStatus }[] {
  const list: unknown = JSON.parse(text)
  if (!Array.isArray(list)) return []
  return list.filter((item): item is { id: number, status: AttemptStatus } => typeof item === 'object' && item !== null && isAttemptStatus(String(item.status)))
}
