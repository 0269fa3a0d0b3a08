import { Type } from 'typebox'
import { VENDOR_REVIEW_STATUSES } from '../../provider/answers.ts'
import { ACTION_NAMES } from './attempt-actions.ts'

/**
 * Bodies of the old wire as the documentation and the typed client show them. The routes take more than this: the same fields as text, in
 * forms, with others beside them. What they check is in the routes.
 */
export const EnterExamBody = Type.Object({
  exam_id: Type.Integer(),
  attempt_proctored: Type.Optional(Type.Boolean({ description: 'false: without proctoring' })),
  start_clock: Type.Optional(Type.Boolean({ description: 'true: the time runs from now' })),
}, { title: 'EnterExam' })

export const AttemptActionBody = Type.Union([
  Type.Object({
    action: Type.Enum(ACTION_NAMES, { description: 'stop: leave the questions, still to be handed in; submit: hand in' }),
    detail: Type.Optional(Type.String({ description: 'with error: what went wrong' })),
  }),
  Type.Object({ action: Type.Literal('mark_ready_to_resume'), user_id: Type.Integer({ description: 'the learner whose attempt it is' }) }, { description: 'staff of the course' }),
], { title: 'AttemptAction' })

const key = Type.String({ description: 'additional_time_granted (value: minutes), time_multiplier, review_policy_exception, or any other' })
const value = Type.Union([Type.String(), Type.Number()])

export const AllowanceGrantBody = Type.Object({
  exam_id: Type.Integer(),
  user_info: Type.Union([Type.String({ description: 'user name or e-mail address' }), Type.Integer({ description: 'id' })]),
  key,
  value: Type.String({ description: 'minutes as text, a factor, or any text' }),
}, { title: 'AllowanceGrant' })

export const AllowanceRemovalBody = Type.Object({ exam_id: Type.Integer(), user_id: Type.Integer(), key }, { title: 'AllowanceRemoval' })

const Items = { description: 'a list, or text with commas' }
const List = Type.Union([Type.Array(Type.Union([Type.String(), Type.Integer()])), Type.String()], Items)

export const BulkAllowanceBody = Type.Object({
  course_id: Type.Optional(Type.String()),
  exam_ids: List,
  user_ids: List,
  allowance_type: key,
  value,
}, { title: 'BulkAllowance' })

const Seconds = Type.Optional(Type.Number({ description: 'seconds into the recording' }))

export const ReviewBody = Type.Object({
  status: Type.Enum([...VENDOR_REVIEW_STATUSES]),
  comments: Type.Optional(Type.Array(Type.Object({
    comment: Type.String(), status: Type.String({ maxLength: 255, description: 'the vendor\'s word for this remark' }), start: Seconds, stop: Seconds, duration: Seconds,
  }))),
  reviewed_by: Type.Optional(Type.String({ description: 'e-mail address of the user who decided' })),
}, { title: 'Review', description: 'The standard body; a provider may read one of its vendor\'s own.' })

const RpnowComments = Type.Optional(Type.Array(Type.Object({ comments: Type.String(), eventStatus: Type.String({ maxLength: 255 }), eventStart: Seconds, eventFinish: Seconds, duration: Seconds })))

export const RpnowReviewBody = Type.Object({
  examMetaData: Type.Object({ examCode: Type.String({ description: 'the attempt code' }), ssiRecordLocator: Type.String() }, { additionalProperties: true }),
  reviewStatus: Type.String({ description: 'Clean, Rules Violation, Suspicious or Not Reviewed' }),
  webCamComments: RpnowComments,
  desktopComments: RpnowComments,
  videoReviewLink: Type.Optional(Type.String()),
}, { title: 'RpnowReview' })
