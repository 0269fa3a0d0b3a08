import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { removeAllAttempts } from '../../domain/attempt/remove.ts'
import { findExam } from '../../domain/exam/read.ts'
import { INV_NOT_FOUND } from '../../errors.ts'
import { assertCourseStaff } from '../../http/access.ts'
import { PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { inBareText } from '../../http/wire-answer.ts'
import { AnyIdParam, EmptySchema } from '../../schemas/edx-proctoring.ts'
import { BareText } from './answers.ts'
import { readId } from './fields.ts'
import { EXAM_ID, PROCTORED_EXAM, USER_ID } from './paths.ts'
import { actorOf } from './requests.ts'

/** Takes all of a learner's attempts at an exam out of use, so that he may begin anew (contract 02 §4.10). */
const resetAttemptsRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app
  app.delete(`${PROCTORED_EXAM}/exam_id/${EXAM_ID}/user_id/${USER_ID}/reset_attempts`, {
    config: { permission: 'course-staff', refuses: ['INV_CONFLICT', ...PROVIDER_UNKNOWN] },
    schema: {
      tags: ['instructors'], summary: 'Remove a learner\'s attempts at an exam', params: Type.Object({ exam_id: AnyIdParam, user_id: AnyIdParam }),
      response: { 200: EmptySchema, 404: BareText },
    },
  }, async (request, reply) => {
    const { exam_id: examId, user_id: userId } = request.params
    const exam = await findExam(domain.db, examId)
    await assertCourseStaff(request, exam?.courseId ?? null)
    const removed = exam && readId(userId) !== null ? await removeAllAttempts(domain, userId, examId, actorOf(request, 'staff')) : 0
    if (removed === 0) throw inBareText(new INV_NOT_FOUND(`User ${userId} has no attempt at exam ${examId}.`))
    return reply.code(200).send(undefined)
  })
}

export default resetAttemptsRoutes
