import { Type, type Static, type TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { INV_LMS_BAD_ANSWER } from '../errors.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Missing = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema))
const text = Type.String()

/** What each query may answer on the wire. More fields than these are welcome; null always means "nothing". */
export const CreditStateSchema = Nullable(Type.Object({
  enrollment_mode: Missing(text),
  profile_fullname: Missing(text),
  student_email: Missing(text),
  course_name: Missing(text),
  course_end_date: Missing(text),
  credit_requirement_status: Missing(Type.Array(Type.Object({
    namespace: text, name: Missing(text), display_name: Missing(text), status: Missing(text), order: Type.Number(),
  }))),
}))
export const FlagSchema = Nullable(Type.Boolean())
export const TextSchema = Nullable(text)
const Enrollments = Type.Array(Type.Object({
  user: Type.Object({ id: Type.Integer(), username: text, email: Missing(text), full_name: Missing(text) }),
  mode: text,
}))
export const EnrollmentsSchema = Nullable(Enrollments)
export const EnrollmentsPageSchema = Nullable(Type.Object({ count: Type.Integer({ minimum: 0 }), results: Enrollments }))
export const OutlineSchema = Nullable(Type.Object({
  outline: Type.Object({ accessible_sequences: Type.Array(text) }),
  schedule: Type.Object({
    sequences: Type.Record(text, Type.Object({ effective_start: Missing(text), due: Missing(text) })),
    course_end: Missing(text),
  }),
}))
export const VerifiedNameSchema = Nullable(Type.Object({ verified_name: Nullable(text) }))
export const CourseDatesSchema = Nullable(Type.Array(Type.Object({ content_id: Missing(text), field: text, date: Type.Unknown() })))

/** @throws INV_LMS_BAD_ANSWER naming the first thing that is wrong */
export function readAnswer<T extends TSchema> (schema: T, answer: unknown, name: string): Static<T> {
  if (Check(schema, answer)) return answer
  const [fault] = Errors(schema, answer)
  throw new INV_LMS_BAD_ANSWER(name, answer === null ? 'null' : Array.isArray(answer) ? 'a list' : typeof answer, `${fault?.instancePath || 'it'} ${fault?.message ?? 'to be right'}`)
}

/** A date of the wire. One without a zone is UTC, as everywhere on the platform. */
export function readDate (value: string | null | undefined, name: string): Date | null {
  if (value === null || value === undefined) return null
  const date = parseDate(value)
  if (date === null) throw new INV_LMS_BAD_ANSWER(name, `"${value.slice(0, 40)}"`, 'an ISO 8601 date')
  return date
}

export function parseDate (value: unknown): Date | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return null
  const hasZone = /^\d{4}-\d\d-\d\d$|(?:Z|[+-]\d\d:?\d\d)$/i.test(value)
  const date = new Date(hasZone ? value : `${value}Z`)
  return Number.isNaN(date.getTime()) ? null : date
}
