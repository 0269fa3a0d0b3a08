import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { attemptSummaries } from '../../domain/attempt/summaries.ts'
import { summaryOnWire } from '../../domain/attempt/summary.ts'
import { assertSelfOrStaff, getUser } from '../../http/access.ts'
import { mayTakeProctored } from '../../http/caller.ts'
import { negotiateLanguage } from '../../interstitials/texts.ts'
import { StoredInteger } from '../../schemas/edx-proctoring.ts'

const MAX_SECTIONS = 500
const Key = Type.String({ minLength: 1, maxLength: 255 })
const SummarySchema = Type.Object({
  status: Type.Optional(Type.String({ description: 'absent for exams without proctoring' })),
  short_description: Type.String(),
  suggested_icon: Type.String(),
  in_completed_state: Type.Boolean(),
}, { title: 'AttemptSummary' })
const BodySchema = Type.Object({
  course_id: Key,
  content_ids: Type.Array(Key, { minItems: 1, maxItems: MAX_SECTIONS }),
  user_id: Type.Optional(Type.Union([StoredInteger, Type.Null()], { description: 'another learner: staff only' })),
})
const AnswerSchema = Type.Object({
  summaries: Type.Record(Type.String(), Type.Union([SummarySchema, Type.Null()]), { description: 'by content id; null = no exam there, or none this learner may take' }),
})

/** How a learner stands in the exams of a course outline, all at once (contract 01 §10). */
const attemptSummaryRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain, renderer } = app

  app.post('/attempt_summaries', {
    config: { permission: 'self-or-staff' },
    schema: { tags: ['native'], summary: 'Icons and words for the exams of an outline', body: BodySchema, response: { 200: AnswerSchema } },
  }, async request => {
    const { course_id: courseId, content_ids: contentIds, user_id: named } = request.body
    const userId = assertSelfOrStaff(request, named)
    const caller = getUser(request)
    const mayTake = userId === caller.userId ? mayTakeProctored(caller) : true
    const summaries = await attemptSummaries(domain, { userId, courseId, contentIds, mayTakeProctored: mayTake })
    const translate = renderer.translator(null, negotiateLanguage(request.headers['accept-language'], renderer.languages))
    return { summaries: Object.fromEntries([...summaries].map(([contentId, summary]) => [contentId, summary && summaryOnWire(summary, translate)])) }
  })
}

export default attemptSummaryRoutes
