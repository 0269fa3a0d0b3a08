import { isObject, type JsonObject } from '../json.ts'
import type { Actor } from '../schema.ts'
import type { Reply } from './server.ts'

/** `set` is what the scenario wants to be answered; undefined = the default. */
interface Question { name: string, args: JsonObject, actors: Actor[], set: unknown }
type Answerer = (question: Question) => unknown

const list = (value: unknown): unknown[] => Array.isArray(value) ? value : []

/** Callers name a user by user name, by id, or by an object that holds either. */
export function findUser (named: unknown, actors: Actor[]): Actor | undefined {
  if (isObject(named)) return findUser(named.username ?? named.id ?? named.user_id, actors)
  return actors.find(actor => actor.username === named || actor.id === named || String(actor.id) === named)
}

const creditState: Answerer = ({ args, actors, set }) => {
  if (set === null) return null
  const actor = findUser(args.user_id, actors)
  const usual = {
    enrollment_mode: 'verified',
    profile_fullname: actor?.name ?? '',
    student_email: actor?.email ?? '',
    course_name: 'Demo Course',
    credit_requirement_status: [],
  }
  return { ...usual, ...(isObject(set) && set) }
}

const isCourseStaff: Answerer = ({ args, actors }) =>
  findUser(args.user ?? args.user_id ?? args.username, actors)?.course_staff_of?.includes(String(args.course_id)) ?? false

const enrollments: Answerer = ({ actors, set }) => list(set).map(row => {
  const { username, mode } = isObject(row) ? row : {}
  const actor = findUser(username, actors)
  return { user: { id: actor?.id, username, email: actor?.email, full_name: actor?.name ?? '' }, mode }
})

const outline: Answerer = ({ set }) => {
  const { accessible, schedule, course_end: end } = isObject(set) ? set : {}
  return {
    outline: { accessible_sequences: list(accessible) },
    schedule: { sequences: isObject(schedule) ? schedule : {}, course_end: end ?? null },
  }
}

const dateForBlock: Answerer = ({ args, actors, set }) => {
  const user = findUser(args.user ?? args.user_id, actors)
  const row = list(set).find(each => isObject(each) &&
    (each.user_id === undefined || each.user_id === user?.id) &&
    (each.content_id === undefined || each.content_id === args.content_id))
  return isObject(row) ? row.due ?? null : null
}

/** The platform's look-ups, as a platform without anything special answers them. */
const ANSWERERS: Readonly<Record<string, Answerer>> = {
  'credit.get_credit_state': creditState,
  'grades.should_override_grade_on_rejected_exam': ({ set }) => set ?? true,
  'instructor.is_course_staff': isCourseStaff,
  'instructor.get_proctoring_escalation_email': ({ set }) => set ?? null,
  'enrollments.get_enrollments_can_take_proctored_exams': enrollments,
  'learning_sequences.get_user_course_outline_details': outline,
  'name_affirmation.get_verified_name': ({ set }) => set ?? null,
  'dates.get_date_for_block': dateForBlock,
  'dates.get_dates_for_course': ({ set }) => list(set),
}

export function answerQuery (question: Question): Reply {
  const answerer = ANSWERERS[question.name]
  if (!answerer) return { status: 404, json: { error: `the platform knows nothing of ${question.name}` } }
  return { status: 200, json: { result: answerer(question) } }
}
