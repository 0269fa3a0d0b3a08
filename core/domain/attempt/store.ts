import type { PlainValue, Sql, Statement } from '../../db/sql.ts'
import { historyActor } from '../history.ts'
import { ATTEMPT_COLUMNS, EXAM_SELECT, RECORD_SELECT, toExam, toRecord } from './records.ts'
import type { Actor, Attempt, AttemptChange, AttemptRecord, Exam } from './attempt.ts'

const recordWhere = (name: string, where: string): Statement => ({ name: `attempt-record-${name}`, text: `${RECORD_SELECT} where ${where}` })
const LIVE = 'a.archived_at is null'

export const BY_ID = recordWhere('by-id', `a.id = $1 and ${LIVE}`)
const ANY_BY_ID = recordWhere('any-by-id', 'a.id = $1')
const BY_CODE = recordWhere('by-code', 'a.attempt_code = $1')
const BY_EXTERNAL_ID = recordWhere('by-external-id', `a.external_id = $1 and ${LIVE} order by a.id desc limit 2`)
const BY_PROVIDER_AND_EXTERNAL_ID = recordWhere('by-provider-external-id', `a.provider = $1 and a.external_id = $2 and ${LIVE}`)
const CURRENT = recordWhere('current', `a.user_id = $1 and a.exam_id = $2 and a.is_current and ${LIVE}`)
const ACTIVE = recordWhere('active', `a.user_id = $1 and a.status in ('started', 'ready_to_submit') and ${LIVE} order by a.id desc limit 1`)
const REFUSED = recordWhere('refused', `a.user_id = $1 and a.status in ('onboarding_missing', 'onboarding_pending', 'onboarding_failed', 'onboarding_expired') and ${LIVE} order by a.id`)
const ALL_OF_USER_IN_EXAM = recordWhere('all-of-user', `a.user_id = $1 and a.exam_id = $2 and ${LIVE} order by a.id desc`)
const OVERDUE = recordWhere('overdue', `a.started_at is not null and ${LIVE}
  and a.status in ('eligible', 'created', 'download_software_clicked', 'ready_to_start', 'started', 'ready_to_submit')
  and a.started_at + make_interval(mins => coalesce(a.allowed_time_limit_mins, 0)) < $1 order by a.started_at, a.id limit 500`)

const one = async (sql: Sql, statement: Statement, values: PlainValue[]): Promise<AttemptRecord | null> => {
  const [row] = await sql.texts(statement, values)
  return row ? toRecord(row) : null
}
const many = async (sql: Sql, statement: Statement, values: PlainValue[]): Promise<AttemptRecord[]> =>
  (await sql.texts(statement, values)).map(toRecord)

export const findById = (sql: Sql, id: number) => one(sql, BY_ID, [id])
/** Archived attempts too: mail about them may still be on its way. */
export const findAnyById = (sql: Sql, id: number) => one(sql, ANY_BY_ID, [id])
/** Archived attempts too: reviews may still arrive for them. */
export const findByCode = (sql: Sql, code: string) => one(sql, BY_CODE, [code])
export const findByProviderId = (sql: Sql, provider: string, externalId: string) => one(sql, BY_PROVIDER_AND_EXTERNAL_ID, [provider, externalId])
/** Two providers may use the same id: the newest comes first. */
export const findByExternalId = (sql: Sql, externalId: string) => one(sql, BY_EXTERNAL_ID, [externalId])
export const findCurrent = (sql: Sql, userId: number, examId: number) => one(sql, CURRENT, [userId, examId])
/** The newest attempt the learner is working on, in any course. */
export const findActive = (sql: Sql, userId: number) => one(sql, ACTIVE, [userId])
export const findRefused = (sql: Sql, userId: number) => many(sql, REFUSED, [userId])
export const findAllOfUser = (sql: Sql, userId: number, examId: number) => many(sql, ALL_OF_USER_IN_EXAM, [userId, examId])
/** Attempts whose time is over and that nobody submitted yet, at most 500 at once. */
export const findOverdue = (sql: Sql, now: Date) => many(sql, OVERDUE, [now.toISOString()])

const EXAMS_TO_DECLINE: Statement = {
  name: 'exams-to-decline',
  text: `${EXAM_SELECT}
    where e.course_id = $1 and e.is_active and e.is_proctored and not e.is_practice_exam and e.content_id <> $2 order by e.id`,
}
export async function findExamsToDecline (sql: Sql, exam: Exam): Promise<Exam[]> {
  return (await sql.texts(EXAMS_TO_DECLINE, [exam.courseId, exam.contentId])).map(toExam)
}

export const MUTABLE = ['status', 'provider', 'externalId', 'startedAt', 'completedAt', 'allowedTimeLimitMins', 'takingAsProctored', 'isStatusAcknowledged',
  'timeRemainingSeconds', 'isResumable', 'readyToResume', 'resumed', 'isCurrent', 'archivedAt'] as const satisfies readonly (keyof AttemptChange)[]

export const UPDATE: Statement = {
  name: 'attempt-update',
  text: `with changed as (
      update attempt set ${MUTABLE.map((field, index) => `${ATTEMPT_COLUMNS[field][0]} = $${index + 3}`).join(', ')},
        version = version + 1, modified_at = $${MUTABLE.length + 3}
      where id = $1 and version = $2 returning id
    ) insert into history (entity, entity_id, at, change, before, after, actor_kind, actor_user_id, actor_name, reason, request_id)
    select 'attempt', id, $${MUTABLE.length + 3}, ${[4, 5, 6, 7, 8, 9, 10, 11].map(offset => `$${MUTABLE.length + offset}`).join(', ')} from changed returning entity_id`,
}

export interface Write { change: AttemptChange, actor: Actor, now: Date, reason?: string | null, kind?: '~' | '-' }

/** Compare-and-set with its line of history; null when somebody else wrote first. */
export async function updateAttempt (tx: Sql, attempt: Attempt, { change, actor, now, reason, kind = '~' }: Write): Promise<Attempt | null> {
  const after: Attempt = { ...attempt, ...change, version: attempt.version + 1, modifiedAt: now }
  const rows = await tx.texts(UPDATE, [
    attempt.id, attempt.version, ...MUTABLE.map(field => asValue(after[field])), now.toISOString(),
    kind, ...beforeAndAfter(attempt, change), ...historyActor(actor, reason),
  ])
  return rows.length === 1 ? after : null
}

const STEP_ASIDE: Statement = {
  name: 'attempt-step-aside',
  text: `with changed as (
      update attempt set is_current = false, version = version + 1 where id = $1 and version = $2 returning id
    ) insert into history (entity, entity_id, at, change, before, after, actor_kind, actor_user_id, actor_name, reason, request_id)
    select 'attempt', id, $3, '~', '{"isCurrent": true}', '{"isCurrent": false}', $4, $5, $6, $7, $8 from changed returning entity_id`,
}

/** Another attempt counts from now on. Nothing about this one changed, so it keeps the time of its last change: learners' approvals are dated by it. */
export async function stepAside (tx: Sql, attempt: Attempt, { actor, now, reason }: Omit<Write, 'change' | 'kind'>): Promise<boolean> {
  const rows = await tx.texts(STEP_ASIDE, [attempt.id, attempt.version, now.toISOString(), ...historyActor(actor, reason)])
  return rows.length === 1
}

const INSERTED = ['userId', 'examId', 'provider', 'status', 'attemptCode', 'externalId', 'createdAt', 'modifiedAt', 'takingAsProctored', 'isSampleAttempt',
  'reviewPolicyId', 'timeRemainingSeconds'] as const satisfies readonly (keyof Attempt)[]
export type NewAttempt = Pick<Attempt, typeof INSERTED[number]>

const INSERT: Statement = {
  name: 'attempt-insert',
  text: `with added as (
      insert into attempt (course_id, ${INSERTED.map(field => ATTEMPT_COLUMNS[field][0]).join(', ')})
      values ($1, ${INSERTED.map((_field, index) => `$${index + 2}`).join(', ')}) returning id, created_at
    ), told as (
      insert into history (entity, entity_id, at, change, after, actor_kind, actor_user_id, actor_name, reason, request_id)
      select 'attempt', id, created_at, '+', ${[2, 3, 4, 5, 6, 7].map(offset => `$${INSERTED.length + offset}`).join(', ')} from added
    ) select id from added`,
}

/** Adds the attempt that counts from now on. Two at once: the partial unique index lets one through, the other is answered null. */
export async function insertAttempt (tx: Sql, courseId: string, attempt: NewAttempt, actor: Actor): Promise<Attempt> {
  const [row] = await tx.texts(INSERT, [courseId, ...INSERTED.map(field => asValue(attempt[field])), JSON.stringify(attempt), ...historyActor(actor, null)])
  if (!row) throw new Error('insert into attempt answered no id')
  return {
    ...attempt,
    id: Number(row[0]),
    version: 1,
    startedAt: null,
    completedAt: null,
    allowedTimeLimitMins: null,
    isStatusAcknowledged: false,
    isResumable: false,
    readyToResume: false,
    resumed: false,
    isCurrent: true,
    archivedAt: null,
  }
}

function asValue (value: Attempt[keyof Attempt]): PlainValue {
  return value instanceof Date ? value.toISOString() : value
}

function beforeAndAfter (attempt: Attempt, change: AttemptChange): [string, string] {
  const fields = Object.keys(change) as (keyof AttemptChange)[] // keys of a typed object literal
  const pick = (source: AttemptChange) => JSON.stringify(Object.fromEntries(fields.map(field => [field, source[field]])))
  return [pick(attempt), pick(change)]
}
