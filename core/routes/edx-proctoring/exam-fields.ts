import type { PublishedExam } from '../../domain/exam/register-exams.ts'
import type { ExamChange, NewExam } from '../../domain/exam/save.ts'
import { INV_BAD_REQUEST } from '../../errors.ts'
import { schemaOfFields } from './field-schemas.ts'
import { checkFields, type FieldFaults, type FieldRules, type FieldValue } from './fields.ts'

/** Fields of an exam on the wire. A creation takes no due date and no provider: it never did (Q26). */
const CREATION: FieldRules = {
  id: { kind: 'integer', required: false, nullable: true },
  course_id: { kind: 'text', required: true, maxLength: 255 },
  content_id: { kind: 'text', required: true, maxLength: 255 },
  external_id: { kind: 'text', required: true, maxLength: 255 },
  exam_name: { kind: 'text', required: true },
  time_limit_mins: { kind: 'integer', required: true },
  is_proctored: { kind: 'boolean', required: true },
  is_practice_exam: { kind: 'boolean', required: true },
  is_active: { kind: 'boolean', required: true },
  hide_after_due: { kind: 'boolean', required: true },
  due_date: { kind: 'date', required: false, nullable: true },
  backend: { kind: 'text', required: false, maxLength: 255 },
}

/** One exam of a published course (contract 02 §3.7). */
const REGISTRATION: FieldRules = { ...CREATION, external_id: { kind: 'text', required: false, nullable: true, maxLength: 255 } }

/** Of a change only the types are looked at: a name may be emptied (contract 02 §3.2). */
const CHANGE: FieldRules = {
  exam_name: { kind: 'text', required: false, nullable: true, blank: true },
  time_limit_mins: { kind: 'integer', required: false, nullable: true },
  is_proctored: { kind: 'boolean', required: false, nullable: true },
  is_practice_exam: { kind: 'boolean', required: false, nullable: true },
  external_id: { kind: 'text', required: false, nullable: true, blank: true, maxLength: 255 },
  is_active: { kind: 'boolean', required: false, nullable: true },
  hide_after_due: { kind: 'boolean', required: false, nullable: true },
}

export const NewExamBody = schemaOfFields(CREATION, 'NewExam')
export const RegisteredExamBody = schemaOfFields(REGISTRATION, 'RegisteredExam')
export const ExamChangeBody = schemaOfFields({ exam_id: { kind: 'integer', required: true }, ...CHANGE }, 'ExamChange')

export function checkNewExam (body: unknown): { exam: NewExam | null, faults: FieldFaults } {
  if (!isRecord(body)) return { exam: null, faults: notAnObject(body) }
  const { values, faults } = checkFields(body, CREATION)
  if (Object.keys(faults).length > 0) return { exam: null, faults }
  return { exam: { ...requiredFields(values), externalId: text(values.external_id) }, faults }
}

export function checkRegistration (item: unknown): { exam: PublishedExam | null, faults: FieldFaults } {
  if (!isRecord(item)) return { exam: null, faults: notAnObject(item) }
  const { values, faults } = checkFields(item, REGISTRATION)
  if (Object.keys(faults).length > 0) return { exam: null, faults }
  const optional = { externalId: nullableText(values.external_id), backend: nullableText(values.backend), dueDate: values.due_date instanceof Date ? values.due_date : null }
  // what the item says of its course is checked and no more: the course is the one that is published
  const { courseId: _courseId, ...required } = requiredFields(values)
  const fields: PublishedExam = { ...required, dueDate: optional.dueDate }
  if (optional.externalId !== null) fields.externalId = optional.externalId
  if (optional.backend !== null) fields.backend = optional.backend
  return { exam: fields, faults }
}

/** Absent and null leave a field as it is. */
export function readExamChange (body: Readonly<Record<string, unknown>>): ExamChange {
  const { values, faults } = checkFields(body, CHANGE)
  const [fault] = Object.entries(faults)
  if (fault) throw new INV_BAD_REQUEST(`${fault[0]}: ${fault[1].join(' ')}`)
  const change: ExamChange = {}
  if (typeof values.exam_name === 'string') change.examName = values.exam_name
  if (typeof values.time_limit_mins === 'number') change.timeLimitMins = values.time_limit_mins
  if (typeof values.is_proctored === 'boolean') change.isProctored = values.is_proctored
  if (typeof values.is_practice_exam === 'boolean') change.isPracticeExam = values.is_practice_exam
  if (typeof values.external_id === 'string') change.externalId = values.external_id
  if (typeof values.is_active === 'boolean') change.isActive = values.is_active
  if (typeof values.hide_after_due === 'boolean') change.hideAfterDue = values.hide_after_due
  return change
}

type Values = Readonly<Record<string, FieldValue | undefined>>

function requiredFields (values: Values): NewExam {
  return {
    courseId: text(values.course_id),
    contentId: text(values.content_id),
    examName: text(values.exam_name),
    timeLimitMins: Number(values.time_limit_mins),
    isProctored: values.is_proctored === true,
    isPracticeExam: values.is_practice_exam === true,
    isActive: values.is_active === true,
    hideAfterDue: values.hide_after_due === true,
  }
}

const text = (value: FieldValue | undefined): string => String(value)
const nullableText = (value: FieldValue | undefined): string | null => typeof value === 'string' ? value : null
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const notAnObject = (value: unknown): FieldFaults => ({ non_field_errors: [`Expected an object, found ${Array.isArray(value) ? 'a list' : typeof value}.`] })
