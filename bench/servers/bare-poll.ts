import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'

const integer = { type: 'integer' }
const text = { type: 'string' }
const flag = { type: 'boolean' }
const textOrNull = { type: ['string', 'null'] }
const integerOrNull = { type: ['integer', 'null'] }

const EXAM = { id: integer, course_id: text, content_id: text, external_id: textOrNull, exam_name: text, time_limit_mins: integer, is_proctored: flag, is_practice_exam: flag,
  is_active: flag, due_date: textOrNull, hide_after_due: flag, backend: textOrNull }
const USER = { id: integer, username: text, email: text }
const ATTEMPT = { id: integer, created: text, modified: text, user: { type: 'object', properties: USER }, started_at: textOrNull, completed_at: textOrNull, external_id: textOrNull,
  status: text, proctored_exam: { type: 'object', properties: EXAM }, allowed_time_limit_mins: integerOrNull, attempt_code: text, is_sample_attempt: flag, taking_as_proctored: flag,
  review_policy_id: integerOrNull, is_status_acknowledged: flag, time_remaining_seconds: { type: 'number' }, is_resumable: flag, ready_to_resume: flag, resumed: flag,
  accessibility_time_string: text }

const SELECT = {
  name: 'poll',
  text: `select a.id, a.created_at, a.modified_at, a.started_at, a.completed_at, a.external_id, a.status, a.allowed_time_limit_mins, a.attempt_code, a.is_sample_attempt,
      a.taking_as_proctored, a.review_policy_id, a.is_status_acknowledged, a.is_resumable, a.ready_to_resume, a.resumed,
      e.id as exam_id, e.course_id, e.content_id, e.external_id as exam_external_id, e.exam_name, e.time_limit_mins, e.is_proctored, e.is_practice_exam, e.is_active,
      e.due_date, e.hide_after_due, e.backend, u.id as user_id, u.username, u.email
    from attempt a join exam e on e.id = a.exam_id join users u on u.id = a.user_id where a.id = $1 and a.archived_at is null`,
}

interface Row {
  id: number, created_at: Date, modified_at: Date, started_at: Date, completed_at: Date | null, external_id: string | null, status: string, allowed_time_limit_mins: number,
  attempt_code: string, is_sample_attempt: boolean, taking_as_proctored: boolean, review_policy_id: number | null, is_status_acknowledged: boolean, is_resumable: boolean,
  ready_to_resume: boolean, resumed: boolean, exam_id: number, course_id: string, content_id: string, exam_external_id: string | null, exam_name: string,
  time_limit_mins: number, is_proctored: boolean, is_practice_exam: boolean, is_active: boolean, due_date: Date | null, hide_after_due: boolean, backend: string | null,
  user_id: number, username: string, email: string
}

/** The poll: one prepared select by key, the row as nested JSON. */
export function addPoll (app: FastifyInstance, pool: Pool): void {
  app.get<{ Params: { id: number } }>('/api/edx_proctoring/v1/proctored_exam/attempt/:id', {
    schema: { params: { type: 'object', properties: { id: integer } }, response: { 200: { type: 'object', properties: ATTEMPT } } },
  }, async request => {
    const { rows: [row] } = await pool.query<Row>({ ...SELECT, values: [request.params.id] })
    if (!row) throw new Error('no such attempt')
    return writeRow(row)
  })
}

function writeRow (row: Row) {
  const seconds = (row.started_at.getTime() + row.allowed_time_limit_mins * 60_000 - Date.now()) / 1000
  return {
    id: row.id,
    created: row.created_at,
    modified: row.modified_at,
    user: { id: row.user_id, username: row.username, email: row.email },
    started_at: row.started_at,
    completed_at: row.completed_at,
    external_id: row.external_id,
    status: row.status,
    proctored_exam: {
      id: row.exam_id,
      course_id: row.course_id,
      content_id: row.content_id,
      external_id: row.exam_external_id,
      exam_name: row.exam_name,
      time_limit_mins: row.time_limit_mins,
      is_proctored: row.is_proctored,
      is_practice_exam: row.is_practice_exam,
      is_active: row.is_active,
      due_date: row.due_date,
      hide_after_due: row.hide_after_due,
      backend: row.backend,
    },
    allowed_time_limit_mins: row.allowed_time_limit_mins,
    attempt_code: row.attempt_code,
    is_sample_attempt: row.is_sample_attempt,
    taking_as_proctored: row.taking_as_proctored,
    review_policy_id: row.review_policy_id,
    is_status_acknowledged: row.is_status_acknowledged,
    time_remaining_seconds: seconds,
    is_resumable: row.is_resumable,
    ready_to_resume: row.ready_to_resume,
    resumed: row.resumed,
    accessibility_time_string: `you have ${Math.round(seconds / 60)} minutes remaining`,
  }
}
