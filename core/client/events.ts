import type { LifecycleVerb } from '../domain/attempt/lifecycle-event.ts'
import type { AttemptStatus } from './schema.ts'

/** CloudEvents 1.0, as every webhook carries one. */
export interface CloudEvent<Type extends string, Data> {
  specversion: '1.0'
  /** The same for every delivery of one event: remember it, and a repeated delivery is known. */
  id: string
  /** `server.public_url` of the service. */
  source: string
  type: Type
  time: string
  /** E.g. `attempt:41`: events of one subject arrive in order. */
  subject: string
  datacontenttype: 'application/json'
  data: Data
}

export interface EventUser { id: number, is_active: boolean, pii: { username: string, email: string, name: string } }

/** What happened to an attempt, in the words of the Open edX event bus. */
export type LifecycleEvent = CloudEvent<`org.openedx.learning.exam.attempt.${LifecycleVerb}.v1`, {
  exam_attempt: {
    student_user: EventUser
    course_key: string
    usage_key: string
    /** timed, proctored, practice or onboarding */
    exam_type: string
    /** Who asked for it: the learner for `submitted`, staff for `reset`, else null. */
    requesting_user: EventUser | null
  }
}>

/** Any change of an attempt's status. */
export type StatusEvent = CloudEvent<'invigil.attempt.status', {
  attempt_id: number
  user_id: number
  status: AttemptStatus
  /** Known at creation only. */
  full_name: string | null
  profile_name: string | null
  is_practice_exam: boolean
  is_proctored: boolean
  backend_supports_onboarding: boolean | null
}>

/** For analytics: `edx.special_exam.{timed|practice|proctored}[.attempt|.allowance].{verb}`. */
export type AnalyticsEvent = CloudEvent<`edx.special_exam.${string}`, {
  context: { course_id: string, org_id?: string }
  payload: Record<string, unknown> & { exam_id: number, exam_content_id: string, exam_name: string }
}>

export type InvigilEvent = LifecycleEvent | StatusEvent | AnalyticsEvent
