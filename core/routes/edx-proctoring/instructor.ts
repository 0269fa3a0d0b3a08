import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { findDashboard, NO_DASHBOARD, type Dashboard, type DashboardRequest } from '../../domain/instructor/dashboard.ts'
import { INV_NO_DASHBOARD, INV_SEVERAL_DASHBOARDS } from '../../errors.ts'
import { assertCourseStaff } from '../../http/access.ts'
import { asUser } from '../../http/caller.ts'
import { PROVIDER_AWAY, PROVIDER_FAILS, PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { inBareText } from '../../http/wire-answer.ts'
import { AnyIdParam, CourseParam } from '../../schemas/edx-proctoring.ts'
import { BareText } from './answers.ts'
import { EXAM_ID, headerUrl } from './paths.ts'
import { callOptions } from './requests.ts'

const INSTRUCTOR_PATH = '/api/edx_proctoring/v1/instructor'
const Query = Type.Object({
  attempt: Type.Optional(Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$', description: 'the vendor\'s id of an attempt' })),
  config: Type.Optional(Type.String({ description: 'true = the vendor\'s settings of the exam' })),
})
const answers = { 302: Type.Null(), 400: BareText, 404: BareText }
/** Links and iframes open it, so the browser sends no header that asks for the platform's cookies. */
const config = { permission: 'course-staff', browserNavigation: true, page: true, refuses: ['INV_NO_DASHBOARD', ...PROVIDER_UNKNOWN, ...PROVIDER_FAILS, ...PROVIDER_AWAY] } as const

/** Leads instructors to the vendor's dashboard (contract 02 §8). */
const instructorRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(`${INSTRUCTOR_PATH}/:course_id`, {
    config: { ...config, refuses: ['INV_SEVERAL_DASHBOARDS', ...config.refuses] },
    schema: { tags: ['instructors'], summary: 'The vendor\'s dashboard of a course', params: Type.Object({ course_id: CourseParam }), querystring: Query, response: answers },
  }, async (request, reply) => answer(reply, await ask(request, {
    courseId: request.params.course_id,
    examId: null,
    attemptExternalId: request.query.attempt || null,
    configuration: false,
  })))

  app.get(`${INSTRUCTOR_PATH}/:course_id/${EXAM_ID}`, {
    config,
    schema: { tags: ['instructors'], summary: 'The vendor\'s dashboard of an exam', params: Type.Object({ course_id: CourseParam, exam_id: AnyIdParam }), querystring: Query, response: answers },
  }, async (request, reply) => answer(reply, await ask(request, {
    courseId: request.params.course_id,
    examId: request.params.exam_id,
    attemptExternalId: request.query.attempt || null,
    configuration: request.query.config?.toLowerCase() === 'true',
  })))
}

export default instructorRoutes

async function ask (request: FastifyRequest, asked: Omit<DashboardRequest, 'instructor' | 'call'>): Promise<Dashboard> {
  const instructor = asUser(await assertCourseStaff(request, asked.courseId))
  return findDashboard(request.server.domain, { ...asked, instructor, call: callOptions(request) })
}

function answer (reply: FastifyReply, dashboard: Dashboard): FastifyReply {
  if ('url' in dashboard) return reply.redirect(headerUrl(dashboard.url), 302)
  // the reason is read in the frame that the dashboard would have filled
  reply.header('x-frame-options', 'sameorigin')
  throw inBareText(dashboard.none === 'several-providers' ? new INV_SEVERAL_DASHBOARDS() : new INV_NO_DASHBOARD(NO_DASHBOARD[dashboard.none]))
}
