import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { findExamByContent, getExam, listActiveExams } from '../../domain/exam/read.ts'
import { createExam, updateExam } from '../../domain/exam/save.ts'
import { INV_BAD_REQUEST, INV_EXAM_EXISTS, INV_EXAM_INVALID, INV_EXAM_NOT_FOUND } from '../../errors.ts'
import { PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { answeredWith } from '../../http/wire-answer.ts'
import { CourseParam, ExamIdSchema, ExamSchema } from '../../schemas/edx-proctoring.ts'
import { checkNewExam, ExamChangeBody, NewExamBody, readExamChange } from './exam-fields.ts'
import { readId } from './fields.ts'
import { EXAM_ID } from './paths.ts'
import { actorOf, bodyObject } from './requests.ts'
import { wireExam } from './wire.ts'

export const EXAM_PATH = '/api/edx_proctoring/v1/proctored_exam/exam'

const FieldFaultsSchema = Type.Record(Type.String(), Type.Array(Type.String()), { description: 'field -> what is wrong with it' })
const Query = Type.Object({ exam_id: Type.Optional(Type.String()), course_id: Type.Optional(Type.String()), content_id: Type.Optional(Type.String()) })

/** Exams of courses (contract 02 §3.1 to §3.6). */
const examRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.post(EXAM_PATH, {
    config: { permission: 'staff', documentedBody: NewExamBody, refuses: ['INV_EXAM_INVALID', 'INV_EXAM_EXISTS', 'INV_PROVIDER_NOT_CONFIGURED', 'INV_PROVIDER_NOT_FOR_COURSE'] },
    schema: { tags: ['exams'], summary: 'Create an exam', body: Type.Unknown(), response: { 200: ExamIdSchema, 400: FieldFaultsSchema } },
  }, async request => {
    const { exam, faults } = checkNewExam(request.body)
    if (!exam) throw answeredWith(new INV_EXAM_INVALID(Object.keys(faults).join(', ')), faults)
    try {
      const { id } = await createExam(domain, exam, actorOf(request, 'staff'))
      return { exam_id: id }
    } catch (error) {
      if (!(error instanceof INV_EXAM_EXISTS)) throw error
      throw answeredWith(error, { non_field_errors: ['The fields course_id, content_id must make a unique set.'] })
    }
  })

  app.put(EXAM_PATH, {
    config: { permission: 'staff', documentedBody: ExamChangeBody, refuses: ['INV_EXAM_NOT_FOUND', 'INV_PROVIDER_NOT_FOR_COURSE', ...PROVIDER_UNKNOWN] },
    schema: { tags: ['exams'], summary: 'Change an exam', body: Type.Unknown(), response: { 200: ExamIdSchema } },
  }, async request => {
    const body = bodyObject(request)
    const examId = readId(body.exam_id)
    if (examId === null) throw new INV_BAD_REQUEST('Expected exam_id to be a whole number.')
    await getExam(domain.db, examId)
    const { id } = await updateExam(domain, examId, readExamChange(body), actorOf(request, 'staff'))
    return { exam_id: id }
  })

  app.get(`${EXAM_PATH}/exam_id/${EXAM_ID}`, {
    config: { permission: 'authenticated', refuses: ['INV_EXAM_NOT_FOUND'] },
    schema: { tags: ['exams'], summary: 'One exam', params: Type.Object({ exam_id: Type.Integer({ minimum: 0 }) }), response: { 200: ExamSchema } },
  }, async request => wireExam(await getExam(domain.db, request.params.exam_id)))

  app.get(`${EXAM_PATH}/course_id/:course_id/content_id/:content_id`, {
    config: { permission: 'authenticated', refuses: ['INV_EXAM_NOT_FOUND'] },
    schema: { tags: ['exams'], summary: 'The exam of a section', params: Type.Object({ course_id: CourseParam, content_id: Type.String() }), response: { 200: ExamSchema } },
  }, request => examByContent(request.params.course_id, request.params.content_id))

  app.get(`${EXAM_PATH}/course_id/:course_id`, {
    config: { permission: 'authenticated' },
    schema: { tags: ['exams'], summary: 'Active exams of a course', params: Type.Object({ course_id: CourseParam }), response: { 200: Type.Array(ExamSchema) } },
  }, async request => (await listActiveExams(domain.db, request.params.course_id)).map(wireExam))

  app.get(EXAM_PATH, {
    config: { permission: 'authenticated', refuses: ['INV_EXAM_NOT_FOUND'] },
    schema: { tags: ['exams'], summary: 'One exam, by exam_id or by course_id and content_id', querystring: Query, response: { 200: ExamSchema } },
  }, async request => {
    const { exam_id: examId, course_id: courseId, content_id: contentId } = request.query
    if (courseId !== undefined && contentId !== undefined) return examByContent(courseId, contentId)
    const id = readId(examId)
    if (id === null) throw new INV_BAD_REQUEST('Expected exam_id, or course_id and content_id, in the query.')
    return wireExam(await getExam(domain.db, id))
  })

  async function examByContent (courseId: string, contentId: string) {
    const exam = await findExamByContent(domain.db, courseId, contentId)
    if (!exam) throw new INV_EXAM_NOT_FOUND(`${courseId} ${contentId}`)
    return wireExam(exam)
  }
}

export default examRoutes
