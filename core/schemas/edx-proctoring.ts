import { Type, type Static, type TSchema } from 'typebox'
import { ATTEMPT_STATUSES } from '../domain/attempt/status.ts'

/** Shapes of contract 02 §2; field order is the order on the wire. */
/** A list of types, since the serialiser has to try the branches of a union one by one. */
const Nullable = <T extends TSchema & { type: string }>(schema: T) => Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] })
const Time = Type.String({ description: 'ISO 8601, UTC, microseconds when there are any' })

/** A schema with a title is a component of the OpenAPI document under that name. */
export const DetailSchema = Type.Object({
  detail: Type.String({ description: 'why not, for people' }),
  code: Type.Optional(Type.String({ description: 'paths under /api/invigil only; elsewhere it is in the header Invigil-Error alone' })),
}, { title: 'Refusal' })

/** Any text at run time: old rows are shown as they are. */
const Status = Type.Unsafe<string>({ type: 'string', title: 'AttemptStatus', enum: [...ATTEMPT_STATUSES] })

export const ExamSchema = Type.Object({
  id: Type.Integer(),
  course_id: Type.String(),
  content_id: Type.String(),
  external_id: Nullable(Type.String()),
  exam_name: Type.String(),
  time_limit_mins: Type.Integer(),
  is_proctored: Type.Boolean(),
  is_practice_exam: Type.Boolean(),
  is_active: Type.Boolean(),
  due_date: Nullable(Time),
  hide_after_due: Type.Boolean(),
  backend: Nullable(Type.String()),
}, { title: 'Exam' })
export type WireExam = Static<typeof ExamSchema>

export const UserSchema = Type.Object({ id: Type.Integer(), username: Type.String(), email: Type.String() }, { title: 'User' })

export const StoredAttemptSchema = Type.Object({
  id: Type.Integer(),
  created: Time,
  modified: Time,
  user: UserSchema,
  started_at: Nullable(Time),
  completed_at: Nullable(Time),
  external_id: Nullable(Type.String()),
  status: Status,
  proctored_exam: ExamSchema,
  allowed_time_limit_mins: Nullable(Type.Integer()),
  attempt_code: Nullable(Type.String()),
  is_sample_attempt: Type.Boolean(),
  taking_as_proctored: Type.Boolean(),
  review_policy_id: Nullable(Type.Integer()),
  is_status_acknowledged: Type.Boolean(),
  time_remaining_seconds: Nullable(Type.Number()),
  is_resumable: Type.Boolean(),
  ready_to_resume: Type.Boolean(),
  resumed: Type.Boolean(),
}, { title: 'Attempt' })
export type WireStoredAttempt = Static<typeof StoredAttemptSchema>

export const PolledAttemptSchema = Type.Object({ ...StoredAttemptSchema.properties, time_remaining_seconds: Type.Number(), accessibility_time_string: Type.String() }, { title: 'PolledAttempt' })
export type WirePolledAttempt = Static<typeof PolledAttemptSchema>

export const AttemptDataSchema = Type.Object({
  in_timed_exam: Type.Boolean(),
  taking_as_proctored: Type.Boolean(),
  exam_type: Type.String(),
  exam_display_name: Type.String(),
  exam_url_path: Type.String(),
  time_remaining_seconds: Type.Number(),
  total_time: Type.String(),
  low_threshold_sec: Type.Integer(),
  critically_low_threshold_sec: Type.Integer(),
  course_id: Type.String(),
  attempt_id: Type.Integer(),
  external_id: Nullable(Type.String()),
  accessibility_time_string: Type.String(),
  attempt_status: Status,
  exam_started_poll_url: Type.String(),
  attempt_ready_to_resume: Type.Boolean(),
  use_legacy_attempt_api: Type.Boolean(),
  desktop_application_js_url: Type.String(),
  ping_interval: Type.Optional(Type.Integer()),
  attempt_code: Type.Optional(Nullable(Type.String())),
  software_download_url: Type.Optional(Nullable(Type.String())),
}, { title: 'AttemptTimer' })
export type WireAttemptData = Static<typeof AttemptDataSchema>

export const AllowanceSchema = Type.Object({
  id: Type.Integer(),
  created: Time,
  modified: Time,
  user: UserSchema,
  key: Type.String(),
  value: Type.String(),
  proctored_exam: ExamSchema,
}, { title: 'Allowance' })
export type WireAllowance = Static<typeof AllowanceSchema>

/** One page of a course's attempts: per learner and exam the present one, with all there are. */
export const GroupedAttemptsSchema = Type.Object({
  proctored_exam_attempts: Type.Array(Type.Object({ ...StoredAttemptSchema.properties, all_attempts: Type.Array(StoredAttemptSchema) })),
  pagination_info: Type.Object({ has_previous: Type.Boolean(), has_next: Type.Boolean(), current_page: Type.Integer(), total_pages: Type.Integer() }),
  attempt_url: Type.String(),
}, { title: 'GroupedAttempts' })

export const ActiveExamsSchema = Type.Array(Type.Object({ exam: ExamSchema, attempt: StoredAttemptSchema, allowances: Type.Array(AllowanceSchema) }))

const PlatformSettings = {
  platform_name: Type.String(),
  contact_us: Type.String(),
  link_urls: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()]),
  exam_proctoring_backend: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], { description: 'whatever the vendor says of itself' }),
}
/** The fields about the provider are there for proctored exams only. */
export const ExamSettingsSchema = Type.Object({
  ...PlatformSettings,
  provider_tech_support_email: Type.Optional(Type.String()),
  provider_tech_support_phone: Type.Optional(Type.String()),
  provider_name: Type.Optional(Type.String()),
  learner_notification_from_email: Type.Optional(Type.String()),
  integration_specific_email: Type.Optional(Type.String()),
  proctoring_escalation_email: Type.Optional(Nullable(Type.String())),
}, { title: 'ExamSettings' })
export type WireExamSettings = Static<typeof ExamSettingsSchema>

export const OnboardingStatusSchema = Type.Object({
  onboarding_status: Nullable(Type.String()),
  onboarding_link: Nullable(Type.String()),
  expiration_date: Nullable(Type.String({ description: 'ours, or the vendor\'s own text' })),
  onboarding_past_due: Type.Boolean(),
  onboarding_release_date: Nullable(Type.String({ description: 'ISO 8601 with +00:00' })),
  review_requirements_url: Type.String(),
})
export const OnboardingListSchema = Type.Object({
  count: Type.Integer(),
  previous: Nullable(Type.String()),
  next: Nullable(Type.String()),
  num_pages: Type.Integer(),
  results: Type.Array(Type.Object({ username: Type.String(), enrollment_mode: Type.String(), status: Nullable(Type.String()), modified: Nullable(Time) })),
  use_onboarding_profile_api: Type.Boolean(),
})

/** Any whole number that the database can hold. */
export const StoredInteger = Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 })
/** Ids in paths. */
export const IdParam = Type.Integer({ minimum: 0, maximum: 2_147_483_647 })
/** Where an id that nobody can have is answered as one that nobody has. */
export const AnyIdParam = Type.Integer({ minimum: 0 })
/** Three parts, today's way or the old one. */
export const CourseParam = Type.String({ pattern: '^[^/+]+[/+][^/+]+[/+][^/?]+$', maxLength: 255 })

/** 200 without a body: clients must not parse it. */
export const EmptySchema = Type.Unsafe<undefined>({ type: 'null', description: 'no body' })

export const ExamIdSchema = Type.Object({ exam_id: Type.Integer() })
export const ExamAttemptIdSchema = Type.Object({ exam_attempt_id: Type.Union([Type.Integer(), Type.Literal(false)]) })
