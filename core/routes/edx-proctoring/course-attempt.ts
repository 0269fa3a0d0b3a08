import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { allowedMinutesFor, isPastDueFor } from '../../domain/attempt/allowed-time.ts'
import type { AttemptRecord, Exam } from '../../domain/attempt/attempt.ts'
import { getActive, getCurrent } from '../../domain/attempt/read.ts'
import { isOnboardingRefusal } from '../../domain/attempt/status.ts'
import { examType, providerOf } from '../../domain/exam/exam-provider.ts'
import { prerequisitesFor } from '../../domain/exam/prerequisites-for.ts'
import { findExamByContent } from '../../domain/exam/read.ts'
import { onboardingLink } from '../../domain/onboarding/link.ts'
import { findUser } from '../../domain/remember-user.ts'
import type { DomainContext } from '../../domain/context.ts'
import { INV_BAD_REQUEST, INV_USER_NOT_FOUND } from '../../errors.ts'
import { assertSelfOrStaff, getUser } from '../../http/access.ts'
import { PROVIDER_AWAY, PROVIDER_FAILS, PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { humanTime } from '../../interstitials/human-time.ts'
import { AttemptDataSchema, CourseParam, ExamSchema, type WireAttemptData } from '../../schemas/edx-proctoring.ts'
import { ATTEMPT_PATH, attemptData } from './attempt-data.ts'
import { readId } from './fields.ts'
import { actorOf, callOptions } from './requests.ts'
import { wireExam } from './wire.ts'

const MaybeAttempt = Type.Partial(AttemptDataSchema)
const CourseExamSchema = Type.Partial(Type.Object({
  ...ExamSchema.properties,
  total_time: Type.String(),
  prerequisite_status: Type.Object({}, { additionalProperties: true }),
  onboarding_link: Type.String(),
  attempt: MaybeAttempt,
  type: Type.String(),
  passed_due_date: Type.Boolean(),
  use_legacy_attempt_api: Type.Boolean(),
}))
const Query = Type.Object({ content_id: Type.Optional(Type.String()), is_learning_mfe: Type.Optional(Type.String()), user_id: Type.Optional(Type.String()) })

/** The learner's exam in a section and the attempt he is working on, anywhere (contract 02 §4.3, §4.4). */
const courseAttemptRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.get(`${ATTEMPT_PATH}/course_id/:course_id`, {
    config: { permission: 'self-or-staff', refuses: ['INV_USER_NOT_FOUND', ...PROVIDER_UNKNOWN, ...PROVIDER_FAILS, ...PROVIDER_AWAY] },
    schema: {
      tags: ['attempts'], summary: 'The exam of a section and my attempt', params: Type.Object({ course_id: CourseParam }), querystring: Query,
      response: { 200: Type.Object({ exam: CourseExamSchema, active_attempt: MaybeAttempt }) },
    },
  }, async request => {
    const { content_id: contentId, is_learning_mfe: mfe = '' } = request.query
    const view = { mfe: ['1', 'true', 'True'].includes(mfe), call: callOptions(request) }
    const userId = learnerOf(request, request.query.user_id)
    const active = await getActive(domain, userId)
    const activeData = active ? await attemptData(domain, active, view) : {}
    const exam = contentId ? await findExamByContent(domain.db, request.params.course_id, contentId) : null
    if (!exam) return { exam: {}, active_attempt: activeData }
    const current = await getCurrent(domain, userId, exam.id)
    const data = current === null ? {} : current.attempt.id === active?.attempt.id ? activeData : await attemptData(domain, current, view)
    const hints = current ? await onboardingHint(domain, request, current, view.mfe) : await beforeEntering(domain, request, exam, userId)
    return { exam: { ...wireExam(exam), ...hints, ...await typeAndDue(domain, exam, userId, data) }, active_attempt: activeData }
  })

  app.get('/api/edx_proctoring/v1/proctored_exam/active_attempt', {
    config: { permission: 'self-or-staff', refuses: PROVIDER_UNKNOWN },
    schema: { tags: ['attempts'], summary: 'The attempt I am working on, with links for the learning front end', querystring: Type.Pick(Query, ['user_id']), response: { 200: MaybeAttempt } },
  }, async request => {
    const active = await getActive(domain, learnerOf(request, request.query.user_id))
    return active ? attemptData(domain, active, { mfe: true, call: callOptions(request) }) : {}
  })
}

export default courseAttemptRoutes

/** Naming a learner is for staff, even when it is oneself. */
export function learnerOf (request: FastifyRequest, userId: string | undefined): number {
  if (userId === undefined || userId === '') return assertSelfOrStaff(request, null)
  const id = readId(userId)
  assertSelfOrStaff(request, id ?? 0)
  if (id === null) throw new INV_BAD_REQUEST(`Expected user_id to be a whole number, found "${userId.slice(0, 40)}".`)
  return id
}

/** Who was refused for onboarding is led to it; the link is the caller's own, also when staff looks at a learner. */
async function onboardingHint (ctx: DomainContext, request: FastifyRequest, { attempt, exam }: AttemptRecord, mfe: boolean) {
  if (!exam.isProctored || !isOnboardingRefusal(attempt.status)) return {}
  return { onboarding_link: await onboardingLink(ctx, { courseId: exam.courseId, userId: getUser(request).userId, mfe }) }
}

async function beforeEntering (ctx: DomainContext, request: FastifyRequest, exam: Exam, userId: number) {
  const total = { total_time: humanTime(await allowedMinutesFor(ctx, exam, userId, null)) }
  if (!exam.isProctored || exam.isPracticeExam) return total
  const user = await findUser(ctx.db, userId)
  if (!user) throw new INV_USER_NOT_FOUND(userId)
  const prerequisites = await prerequisitesFor(ctx, exam, user, actorOf(request, 'learner'))
  return prerequisites ? { ...total, prerequisite_status: prerequisites } : total
}

async function typeAndDue (ctx: DomainContext, exam: Exam, userId: number, attempt: Partial<WireAttemptData>) {
  const provider = providerOf(ctx.providers, exam)
  return {
    attempt,
    type: examType(exam, provider?.attributes.supportsOnboarding ?? false),
    passed_due_date: await isPastDueFor(ctx, exam, userId),
    use_legacy_attempt_api: true,
  }
}
