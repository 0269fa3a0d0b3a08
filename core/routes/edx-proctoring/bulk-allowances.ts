import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { checkBulkValue, grantInBulk } from '../../domain/allowance/bulk.ts'
import { checkKey } from '../../domain/allowance/rules.ts'
import { findCourses } from '../../domain/exam/read.ts'
import { INV_ALLOWANCE_INVALID, INV_BAD_REQUEST, INV_NOTHING_GRANTED } from '../../errors.ts'
import { assertCourseStaff } from '../../http/access.ts'
import { answeredWith } from '../../http/wire-answer.ts'
import { CourseParam, EmptySchema } from '../../schemas/edx-proctoring.ts'
import { describe, readItems, readKey, readValue } from './allowance-fields.ts'
import { BulkAllowanceBody } from './documented-bodies.ts'
import { PROCTORED_EXAM } from './paths.ts'
import { actorOf, bodyObject } from './requests.ts'

const FaultSchema = Type.Object({ detail: Type.String(), field: Type.Optional(Type.String()) })
const PairsSchema = Type.Array(Type.Object({ exam_id: Type.String(), user_id: Type.String() }), { description: 'all pairs, those that were granted too' })
const schema = {
  tags: ['allowances'],
  summary: 'Grant several learners the same in several exams',
  body: Type.Unknown({ description: 'course_id, exam_ids and user_ids (text with commas, or lists), allowance_type, value' }),
  response: { 200: EmptySchema, 207: PairsSchema, 400: FaultSchema },
}

const config = { permission: 'course-staff', documentedBody: BulkAllowanceBody, refuses: ['INV_ALLOWANCE_INVALID', 'INV_NOTHING_GRANTED'] } as const

const MAX_PAIRS = 20_000

/** Contract 02 §6.4. */
const bulkAllowanceRoutes: FastifyPluginAsync = async app => {
  app.put(`${PROCTORED_EXAM}/bulk_allowance`, { config, schema }, (request, reply) => grant(request, reply, null))
  app.put<{ Params: { course_id: string } }>(`${PROCTORED_EXAM}/:course_id/bulk_allowance`, {
    config, schema: { ...schema, params: Type.Object({ course_id: CourseParam }) },
  }, (request, reply) => grant(request, reply, request.params.course_id))

  async function grant (request: FastifyRequest, reply: FastifyReply, courseId: string | null): Promise<FastifyReply> {
    const body = bodyObject(request)
    const exams = readItems(body, 'exam_ids')
    await assertMayGrant(request, exams.filter(isExamId).map(Number), courseId ?? (typeof body.course_id === 'string' ? body.course_id : null))
    const learners = readItems(body, 'user_ids')
    if (exams.length * learners.length > MAX_PAIRS) throw new INV_BAD_REQUEST(`Expected at most ${MAX_PAIRS} pairs of an exam and a learner, found ${exams.length * learners.length}.`)
    const type = readKey(body, 'allowance_type')
    const keyFault = checkKey(type)
    if (keyFault) throw new INV_ALLOWANCE_INVALID(keyFault)
    const value = readValue(type, body)
    const valueFault = value === null ? `Expected a value, found ${describe(body.value)}.` : checkBulkValue(type, value)
    if (value === null || valueFault) throw atField('allowance_value', new INV_ALLOWANCE_INVALID(`Please enter a valid positive value. ${valueFault}`))
    const reached = await grantInBulk(app.domain, { examIds: exams.map(readExamId), learners, type, value, actor: actorOf(request, 'staff') })
    if (reached === 'none') throw atField('user_info', new INV_NOTHING_GRANTED())
    if (reached === 'some') return reply.code(207).send(exams.flatMap(examId => learners.map(userId => ({ exam_id: examId, user_id: userId }))))
    return reply.code(200).send(undefined)
  }

  /** Staff of every course that an exam of the list belongs to (Q31). Where no exam is there, nothing is touched, and the course that is named will do. */
  async function assertMayGrant (request: FastifyRequest, examIds: readonly number[], named: string | null): Promise<void> {
    const courses = await findCourses(app.domain.db, examIds)
    if (courses.length === 0) await assertCourseStaff(request, named)
    for (const courseId of courses) await assertCourseStaff(request, courseId)
  }
}

export default bulkAllowanceRoutes

/** Pages use the word as the name of the form's field that is at fault. */
const atField = (field: string, error: Error) => answeredWith(error, { detail: error.message, field })

const isExamId = (text: string): boolean => /^[0-9]{1,15}$/.test(text)

function readExamId (text: string): number {
  if (!isExamId(text)) throw new INV_BAD_REQUEST(`Expected exam_ids to be whole numbers, found "${text.slice(0, 40)}".`)
  return Number(text)
}
