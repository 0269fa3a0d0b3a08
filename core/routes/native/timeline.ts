import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { AttemptRecord } from '../../domain/attempt/attempt.ts'
import { findAnyById } from '../../domain/attempt/store.ts'
import { attemptTimeline, forLearner } from '../../domain/attempt/timeline.ts'
import { INV_NOT_FOUND } from '../../errors.ts'
import { assertCourseStaff, assertOwner, getUser } from '../../http/access.ts'
import { TimelineEntrySchema, wireTimelineEntry } from '../../schemas/timeline.ts'

const AnswerSchema = Type.Object({ attempt_id: Type.Integer(), timeline: Type.Array(TimelineEntrySchema, { description: 'oldest first' }) })

/** An attempt's whole story: who did what when, and what came of it outside. */
const timelineRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/attempts/:attempt_id/timeline', {
    config: { permission: 'owner-or-course-staff' },
    schema: {
      tags: ['native'],
      summary: 'The story of an attempt, removed ones too; learners see their own without the staff\'s part',
      params: Type.Object({ attempt_id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
      response: { 200: AnswerSchema },
    },
  }, async request => {
    const record = await findAnyById(app.db, request.params.attempt_id)
    if (!record) throw new INV_NOT_FOUND(`There is no attempt ${request.params.attempt_id}.`)
    const isLearner = await assertViewer(request, record)
    const entries = await attemptTimeline(app.db, record.attempt, (subject, limit) => app.effects.list({ subject, limit }))
    const shown = isLearner ? forLearner(entries, record.user.username) : entries
    return { attempt_id: record.attempt.id, timeline: shown.map(wireTimelineEntry) }
  })
}

export default timelineRoutes

/** True for the learner himself; staff of the course see all. */
async function assertViewer (request: FastifyRequest, { attempt, exam }: AttemptRecord): Promise<boolean> {
  const caller = getUser(request)
  if (caller.userId === attempt.userId && !caller.isStaff) {
    assertOwner(request, attempt.userId)
    return true
  }
  await assertCourseStaff(request, exam.courseId)
  return false
}
