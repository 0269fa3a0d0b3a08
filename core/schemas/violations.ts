import { Type } from 'typebox'
import { asPlainText, csvLine, type CsvCell } from '../csv.ts'
import { wireTime } from '../db/timestamps.ts'
import type { ViolationRecord } from '../domain/review/violation-report.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])

export const ViolationSchema = Type.Object({
  attempt_id: Type.Integer(),
  course_id: Type.String(),
  exam_name: Type.String(),
  username: Type.String(),
  email: Type.String(),
  attempt_code: Type.String(),
  allowed_time_limit_mins: Type.Union([Type.Integer(), Type.Null()]),
  is_sample_attempt: Type.Boolean(),
  started_at: NullableText,
  completed_at: NullableText,
  status: Type.String(),
  review_status: NullableText,
  provider: NullableText,
  user_id: Type.Integer(),
}, { title: 'Violation', additionalProperties: Type.Array(Type.String()), description: 'and a list of remarks under "{status} Comments" for each status of remarks' })

type Fixed = Omit<ReturnType<typeof fixedFields>, never>

const columnOf = (status: string): string => `${status} Comments`

/** One record with its remarks under keys of their own. */
export function violationOnWire (record: ViolationRecord): Fixed & Record<string, unknown> {
  return { ...fixedFields(record), ...Object.fromEntries([...record.comments].map(([status, comments]) => [columnOf(status), comments])) }
}

const COLUMNS = ['course_id', 'exam_name', 'username', 'email', 'attempt_code', 'allowed_time_limit_mins', 'is_sample_attempt', 'started_at', 'completed_at',
  'status', 'review_status', 'provider', 'user_id', 'attempt_id'] as const satisfies readonly (keyof Fixed)[]

/** Small parts would be dearer to send than to make. */
const PART_SIZE = 16_384

/** The report as CSV, made as it is read. Remarks of a status without a column stand together in the last one. */
export async function * violationTable (records: AsyncIterable<ViolationRecord>, statuses: readonly string[]): AsyncGenerator<string> {
  let part = csvLine([...COLUMNS, ...statuses.map(columnOf), 'Other Comments'].map(asPlainText))
  for await (const record of records) {
    const fields = fixedFields(record)
    const others = [...record.comments].filter(([status]) => !statuses.includes(status)).flatMap(([status, comments]) => comments.map(comment => `${status}: ${comment}`))
    const remarks = [...statuses.map(status => record.comments.get(status) ?? []), others]
    part += csvLine([...COLUMNS.map(column => asCell(fields[column])), ...remarks.map(comments => asPlainText(comments.join('\n')))])
    if (part.length < PART_SIZE) continue
    yield part
    part = ''
  }
  if (part !== '') yield part
}

const asCell = (value: CsvCell): CsvCell => typeof value === 'string' ? asPlainText(value) : value

function fixedFields (record: ViolationRecord) {
  return {
    attempt_id: record.attemptId,
    course_id: record.courseId,
    exam_name: record.examName,
    username: record.username,
    email: record.email,
    attempt_code: record.attemptCode,
    allowed_time_limit_mins: record.allowedTimeLimitMins,
    is_sample_attempt: record.isSampleAttempt,
    started_at: wireTime(record.startedAt),
    completed_at: wireTime(record.completedAt),
    status: record.status,
    review_status: record.reviewStatus,
    provider: record.provider,
    user_id: record.userId,
  }
}
