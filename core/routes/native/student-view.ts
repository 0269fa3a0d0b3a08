import type {} from '@fastify/cookie'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { dateFromWire } from '../../db/timestamps.ts'
import { findUser } from '../../domain/remember-user.ts'
import { INV_BAD_REQUEST, INV_USER_NOT_FOUND } from '../../errors.ts'
import { assertSelfOrStaff, getUser } from '../../http/access.ts'
import { asUser, mayTakeProctored } from '../../http/caller.ts'
import { PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { LAUNCH_COOKIE, type LaunchCookie } from '../../http/launch-cookie.ts'
import { pageVariables } from '../../interstitials/page.ts'
import { negotiateLanguage } from '../../interstitials/texts.ts'
import { chooseView, type ViewContext } from '../../interstitials/student-view.ts'
import { actorOf, callOptions } from '../edx-proctoring/requests.ts'
import { StoredInteger } from '../../schemas/edx-proctoring.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))
const Flag = Nullable(Type.Boolean())
const Time = Nullable(Type.String({ format: 'date-time' }))

const ContextSchema = Type.Object({
  display_name: Nullable(Type.String()),
  default_time_limit_mins: Nullable(StoredInteger),
  is_proctored: Flag,
  is_practice_exam: Flag,
  due_date: Time,
  hide_after_due: Flag,
  allow_proctoring_opt_out: Flag,
  grace_period_seconds: Nullable(Type.Number({ minimum: 0 })),
  credit_state: Nullable(Type.Object({
    credit_requirement_status: Nullable(Type.Array(Type.Object({
      namespace: Type.String(), name: Nullable(Type.String()), display_name: Nullable(Type.String()), status: Nullable(Type.String()), order: Type.Number(),
    }, { additionalProperties: true }))),
    course_end_date: Time,
  }, { additionalProperties: true })),
}, { additionalProperties: true })

const BodySchema = Type.Object({
  course_id: Type.String({ minLength: 1, maxLength: 255 }),
  content_id: Type.String({ minLength: 1, maxLength: 255 }),
  role: Type.Optional(Type.String()),
  user_id: Type.Optional(Type.Union([StoredInteger, Type.Null()], { description: 'another learner: staff only' })),
  context: Type.Optional(ContextSchema),
}, { title: 'Viewer' })

const ViewSchema = Type.Object({ view: Type.String(), html: Type.String(), facts: Type.Object({}, { additionalProperties: true }) }, { title: 'View' })
const DOCUMENTED_PAGE = {
  description: 'The page, as HTML or with `Accept: application/json` as an object; its name is in the header Invigil-View too.',
  content: { 'application/json': { schema: ViewSchema }, 'text/html': { schema: Type.String() } },
}

export interface StudentViewOptions { launchCookie: LaunchCookie }

/** The page a learner sees instead of exam content (contract 03). */
const studentViewRoutes: FastifyPluginAsyncTypebox<StudentViewOptions> = async (app, { launchCookie }) => {
  const { domain, renderer } = app

  app.post('/api/invigil/v1/student_view', {
    config: { permission: 'self-or-staff', page: true, refuses: ['INV_USER_NOT_FOUND', ...PROVIDER_UNKNOWN], documentedResponse: { 200: DOCUMENTED_PAGE } },
    schema: {
      tags: ['native'],
      summary: 'The page instead of the exam content; 204 = show the content',
      body: BodySchema,
      querystring: Type.Object({ document: Type.Optional(Type.String({ description: 'present: a whole HTML document' })) }),
      response: { 200: Type.Union([Type.String(), ViewSchema]), 204: Type.Null() },
    },
  }, async (request, reply) => {
    const { body } = request
    const learner = await viewer(request)
    const context = readContext(body.context ?? {})
    const chosen = await chooseView(domain, {
      user: learner.user,
      mayTakeProctored: learner.mayTakeProctored,
      courseId: body.course_id,
      contentId: body.content_id,
      role: body.role ?? 'student',
      context,
      actor: actorOf(request, 'learner'),
      call: callOptions(request),
      launchedAttemptCode: launchCookie.read(request.cookies[LAUNCH_COOKIE]),
    })
    if (!chosen) return reply.code(204).send(null)
    const language = negotiateLanguage(request.headers['accept-language'], renderer.languages)
    const variables = await pageVariables(domain, renderer, { chosen, user: learner.user, context, language, call: callOptions(request) })
    const document = request.query.document !== undefined
    const html = await renderer.renderPage({ provider: chosen.provider?.name ?? null, view: chosen.view, variables, language, document, ...(document && { assets: documentAssets() }) })
    reply.header('invigil-view', chosen.view)
    if (request.headers.accept?.includes('application/json')) return reply.send({ view: chosen.view, html, facts: variables })
    return reply.type('text/html; charset=utf-8').send(html)
  })

  async function viewer (request: FastifyRequest<{ Body: Static<typeof BodySchema> }>) {
    const caller = getUser(request)
    const userId = assertSelfOrStaff(request, request.body.user_id ?? null)
    if (userId === caller.userId) return { user: asUser(caller), mayTakeProctored: mayTakeProctored(caller) }
    const user = await findUser(domain.db, userId)
    if (!user) throw new INV_USER_NOT_FOUND(userId)
    return { user, mayTakeProctored: true }
  }

  const documentAssets = () => {
    const { path: stylesheet, integrity } = app.browserAssets.style('invigil')
    const script = app.browserAssets.script('interstitials')
    return { stylesheets: [{ url: stylesheet, integrity }], scripts: [{ url: script.path, integrity: script.integrity }] }
  }
}

export default studentViewRoutes

function readContext (context: Static<typeof ContextSchema>): ViewContext {
  const credit = context.credit_state
  return {
    displayName: context.display_name ?? null,
    defaultTimeLimitMins: context.default_time_limit_mins ?? null,
    isProctored: context.is_proctored ?? false,
    isPracticeExam: context.is_practice_exam ?? false,
    dueDate: readDate('context.due_date', context.due_date),
    hideAfterDue: context.hide_after_due ?? false,
    allowProctoringOptOut: context.allow_proctoring_opt_out ?? false,
    gracePeriodSeconds: context.grace_period_seconds ?? 0,
    creditRequirements: credit?.credit_requirement_status ?? null,
    courseEnd: readDate('context.credit_state.course_end_date', credit?.course_end_date),
  }
}

function readDate (field: string, text: string | null | undefined): Date | null {
  if (!text) return null
  const date = dateFromWire(text)
  if (!date) throw new INV_BAD_REQUEST(`Expected ${field} to be a date like 2030-01-01T00:00:00Z, found "${text.slice(0, 40)}".`)
  return date
}
