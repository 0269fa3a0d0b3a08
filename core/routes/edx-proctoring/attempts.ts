import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { acknowledgeStatus } from '../../domain/attempt/actions.ts'
import { enterExam } from '../../domain/attempt/create.ts'
import { getActive } from '../../domain/attempt/read.ts'
import { removeAttempt } from '../../domain/attempt/remove.ts'
import { INV_BAD_REQUEST, INV_NOT_FOUND } from '../../errors.ts'
import { assertCourseStaff, assertOwner, getUser } from '../../http/access.ts'
import { asUser } from '../../http/caller.ts'
import { PROVIDER_AWAY, PROVIDER_FAILS, PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { AttemptDataSchema, EmptySchema, ExamAttemptIdSchema, PolledAttemptSchema } from '../../schemas/edx-proctoring.ts'
import { ATTEMPT_PATH, attemptData } from './attempt-data.ts'
import { takeAction } from './attempt-actions.ts'
import { AttemptActionBody, EnterExamBody } from './documented-bodies.ts'
import { answerPoll } from './poll-attempt.ts'
import { readBoolean, readId } from './fields.ts'
import { actorOf, bodyObject, callOptions, ownedBy } from './requests.ts'

const AttemptParams = Type.Object({ attempt_id: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) })
const NoAttemptSchema = Type.Object({ in_timed_exam: Type.Literal(false), is_proctored: Type.Literal(false) })

const ENTER_REFUSALS = [
  'INV_EXAM_NOT_FOUND', 'INV_ATTEMPT_EXISTS', 'INV_EXAM_PAST_DUE', 'INV_ILLEGAL_TRANSITION', 'INV_PROVIDER_WITHDRAWN', 'INV_CONFLICT', ...PROVIDER_UNKNOWN, ...PROVIDER_FAILS, ...PROVIDER_AWAY,
] as const
const ACTION_REFUSALS = [
  'INV_ATTEMPT_NOT_FOUND', 'INV_ILLEGAL_TRANSITION', 'INV_ALREADY_STARTED', 'INV_ATTEMPT_REVIEWED', 'INV_NOT_RESUMABLE', 'INV_NOT_RESETTABLE', 'INV_EXAM_PAST_DUE', 'INV_PROVIDER_WITHDRAWN', 'INV_CONFLICT',
  ...PROVIDER_UNKNOWN, ...PROVIDER_FAILS, ...PROVIDER_AWAY,
] as const

/** Attempts of the person who asks (contract 02 §4). */
const attemptRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.get(ATTEMPT_PATH, {
    config: { permission: 'authenticated', refuses: PROVIDER_UNKNOWN },
    schema: { tags: ['attempts'], summary: 'The attempt I am working on', response: { 200: Type.Union([AttemptDataSchema, NoAttemptSchema]) } },
  }, async request => {
    const active = await getActive(domain, getUser(request).userId)
    return active ? attemptData(domain, active, { mfe: false, call: callOptions(request) }) : { in_timed_exam: false as const, is_proctored: false as const }
  })

  app.post(ATTEMPT_PATH, {
    config: { permission: 'authenticated', documentedBody: EnterExamBody, refuses: ENTER_REFUSALS },
    schema: { tags: ['attempts'], summary: 'Enter an exam', body: Type.Unknown({ description: 'exam_id; start_clock and attempt_proctored: true or false, also as text' }), response: { 200: ExamAttemptIdSchema } },
  }, async request => {
    const caller = getUser(request)
    const body = bodyObject(request)
    const { attempt } = await enterExam(domain, {
      examId: requireInteger(body, 'exam_id'),
      user: asUser(caller),
      proctored: optionalBoolean(body, 'attempt_proctored'),
      startClock: optionalBoolean(body, 'start_clock'),
      actor: actorOf(request, 'learner'),
    })
    return { exam_attempt_id: attempt.id }
  })

  app.get(`${ATTEMPT_PATH}/:attempt_id`, {
    config: { permission: 'owner', refuses: ['INV_ATTEMPT_NOT_FOUND'] },
    schema: { tags: ['attempts'], summary: 'Poll my attempt', params: AttemptParams, response: { 200: PolledAttemptSchema } },
  }, request => answerPoll(domain, request.params.attempt_id, ownerId => { assertOwner(request, ownerId) }))

  app.put(`${ATTEMPT_PATH}/:attempt_id`, {
    config: { permission: 'owner-or-course-staff', documentedBody: AttemptActionBody, refuses: ACTION_REFUSALS },
    schema: { tags: ['attempts'], summary: 'Change my attempt; staff may let a learner resume', params: AttemptParams, body: Type.Unknown({ description: 'action, detail, user_id' }), response: { 200: ExamAttemptIdSchema } },
  }, async request => ({ exam_attempt_id: await takeAction(domain, request, request.params.attempt_id) }))

  app.delete(`${ATTEMPT_PATH}/:attempt_id`, {
    config: { permission: 'course-staff', refuses: ['INV_ATTEMPT_NOT_FOUND', 'INV_CONFLICT', ...PROVIDER_UNKNOWN] },
    schema: { tags: ['attempts'], summary: 'Remove an attempt', params: AttemptParams, response: { 200: EmptySchema } },
  }, async (request, reply) => {
    await removeAttempt(domain, request.params.attempt_id, actorOf(request, 'staff'), async record => { await assertCourseStaff(request, record?.exam.courseId ?? null) })
    return reply.code(200).send(undefined)
  })

  app.put(`${ATTEMPT_PATH}/:attempt_id/review_status`, {
    config: { permission: 'owner', refuses: ['INV_ATTEMPT_NOT_FOUND', 'INV_CONFLICT'] },
    schema: { tags: ['attempts'], summary: 'I have seen the verdict', params: AttemptParams, response: { 200: EmptySchema } },
  }, async (request, reply) => {
    if (!domain.settings.viewable_past_due) throw new INV_NOT_FOUND('Exam content is not shown after the due date here (settings.viewable_past_due).')
    await acknowledgeStatus(domain, { attemptId: request.params.attempt_id, actor: actorOf(request, 'learner'), authorise: ownedBy(request) })
    return reply.code(200).send(undefined)
  })
}

export default attemptRoutes

function requireInteger (body: Readonly<Record<string, unknown>>, field: string): number {
  const value = readId(body[field])
  if (value === null) throw new INV_BAD_REQUEST(`Expected ${field} to be a whole number, found ${describe(body[field])}.`)
  return value
}

/** Absent is false; clients send the words true and false as text. */
function optionalBoolean (body: Readonly<Record<string, unknown>>, field: string): boolean {
  const value = body[field]
  if (value === undefined || value === null || value === '') return false
  const flag = readBoolean(value)
  if (flag === null) throw new INV_BAD_REQUEST(`Expected ${field} to be true or false, found ${describe(value)}.`)
  return flag
}

const describe = (value: unknown): string => value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 60)
