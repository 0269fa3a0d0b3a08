import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { wireTime } from '../../db/timestamps.ts'
import { lastCompletion } from '../../domain/attempt/last-completion.ts'
import { assertSelfOrCourseStaff } from '../../http/access.ts'

const AnswerSchema = Type.Object({
  username: Type.String(),
  last_completed_at: Type.Union([Type.String(), Type.Null()], { description: 'null until the learner has completed every proctored exam of the course' }),
})

/** When a learner was through with all proctored exams of a course (contract 01 §10). */
const lastCompletionRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/courses/:course_id/last_completion', {
    config: { permission: 'self-or-course-staff' },
    schema: {
      tags: ['native'],
      summary: 'When were all proctored exams completed?',
      params: Type.Object({ course_id: Type.String() }),
      querystring: Type.Object({ username: Type.Optional(Type.String({ maxLength: 255, description: 'another learner: course staff only' })) }),
      response: { 200: AnswerSchema },
    },
  }, async request => {
    const { course_id: courseId } = request.params
    const username = await assertSelfOrCourseStaff(request, request.query.username, courseId)
    return { username, last_completed_at: wireTime(await lastCompletion(app.db, courseId, username)) }
  })
}

export default lastCompletionRoutes
