import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { listAllowances } from '../../domain/allowance/list.ts'
import { removeAllowance } from '../../domain/allowance/remove.ts'
import { saveAllowance } from '../../domain/allowance/save.ts'
import { findExam } from '../../domain/exam/read.ts'
import { INV_ALLOWANCE_INVALID, INV_EXAM_NOT_FOUND } from '../../errors.ts'
import { assertCourseStaff } from '../../http/access.ts'
import { AllowanceSchema, CourseParam, EmptySchema } from '../../schemas/edx-proctoring.ts'
import { describe, optionalId, readKey, readLearner, readValue } from './allowance-fields.ts'
import { AllowanceGrantBody, AllowanceRemovalBody } from './documented-bodies.ts'
import { PROCTORED_EXAM } from './paths.ts'
import { actorOf, bodyObject } from './requests.ts'
import { wireAllowance } from './wire.ts'

export const ALLOWANCE_PATH = `${PROCTORED_EXAM}/allowance`
const CourseParams = Type.Object({ course_id: CourseParam })

/** What single learners are granted (contract 02 §6.1 to §6.3, §6.5). Who may is decided by the exam's own course, whatever course the body names (Q31). */
const allowanceRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.put(ALLOWANCE_PATH, {
    config: { permission: 'course-staff', documentedBody: AllowanceGrantBody, refuses: ['INV_EXAM_NOT_FOUND', 'INV_EXAM_INACTIVE', 'INV_USER_NOT_FOUND', 'INV_ALLOWANCE_INVALID'] },
    schema: { tags: ['allowances'], summary: 'Grant a learner something', body: Type.Unknown({ description: 'exam_id, user_info, key, value' }), response: { 200: EmptySchema } },
  }, async (request, reply) => {
    const body = bodyObject(request)
    const examId = optionalId(body, 'exam_id')
    const exam = examId === null ? null : await findExam(domain.db, examId)
    await assertCourseStaff(request, exam?.courseId ?? null)
    if (!exam) throw new INV_EXAM_NOT_FOUND(examId ?? 'without an id: exam_id is missing')
    const key = readKey(body, 'key')
    const value = readValue(key, body)
    if (value === null) throw new INV_ALLOWANCE_INVALID(`Expected value to be text, found ${describe(body.value)}.`)
    await saveAllowance(domain, { examId: exam.id, learner: readLearner(body), key, value, actor: actorOf(request, 'staff') })
    return reply.code(200).send(undefined)
  })

  app.delete(ALLOWANCE_PATH, {
    config: { permission: 'course-staff', documentedBody: AllowanceRemovalBody },
    schema: { tags: ['allowances'], summary: 'Take back what a learner was granted', body: Type.Unknown({ description: 'exam_id, user_id, key' }), response: { 200: EmptySchema } },
  }, async (request, reply) => {
    const body = bodyObject(request)
    const examId = optionalId(body, 'exam_id')
    const exam = examId === null ? null : await findExam(domain.db, examId)
    await assertCourseStaff(request, exam?.courseId ?? null)
    const userId = optionalId(body, 'user_id')
    // what is not there needs no taking back
    if (exam && userId !== null && typeof body.key === 'string') await removeAllowance(domain, { examId: exam.id, userId, key: body.key, actor: actorOf(request, 'staff') })
    return reply.code(200).send(undefined)
  })

  app.get(`${PROCTORED_EXAM}/:course_id/allowance`, {
    config: { permission: 'course-staff' },
    schema: { tags: ['allowances'], summary: 'What learners are granted in a course', params: CourseParams, response: { 200: Type.Array(AllowanceSchema) } },
  }, async request => {
    await assertCourseStaff(request, request.params.course_id)
    return (await listAllowances(domain.db, request.params.course_id)).map(wireAllowance)
  })

  app.get(`${PROCTORED_EXAM}/:course_id/grouped/allowance`, {
    config: { permission: 'course-staff' },
    schema: { tags: ['allowances'], summary: 'The same by user name', params: CourseParams, response: { 200: Type.Record(Type.String(), Type.Array(AllowanceSchema)) } },
  }, async request => {
    await assertCourseStaff(request, request.params.course_id)
    const allowances = await listAllowances(domain.db, request.params.course_id)
    return Object.fromEntries(Map.groupBy(allowances.map(wireAllowance), ({ user }) => user.username))
  })
}

export default allowanceRoutes
