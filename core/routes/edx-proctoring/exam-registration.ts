import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ProvidersRefused, registerExams, type PublishedExam } from '../../domain/exam/register-exams.ts'
import { INV_REGISTRATION_INVALID } from '../../errors.ts'
import { PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { answeredWith } from '../../http/wire-answer.ts'
import { CourseParam, ExamIdSchema } from '../../schemas/edx-proctoring.ts'
import { checkRegistration, RegisteredExamBody } from './exam-fields.ts'
import type { FieldFaults } from './fields.ts'
import { actorOf } from './requests.ts'

const FaultsSchema = Type.Record(Type.String(), Type.Array(Type.String()))
const ListFaultsSchema = Type.Union([Type.Array(FaultsSchema), FaultsSchema], { description: 'for each item of the list what is wrong with it, {} when nothing is' })

/** Far more than any course has, and few enough that what is wrong with each can be told. */
const MAX_EXAMS = 2_000

/** What a publisher says the exams of a course are (contract 02 §3.7). */
const examRegistrationRoutes: FastifyPluginAsyncTypebox = async app => {
  app.patch('/api/edx_proctoring/v1/proctored_exam/exam_registration/course_id/:course_id', {
    config: { permission: 'staff', documentedBody: Type.Array(RegisteredExamBody), refuses: ['INV_REGISTRATION_INVALID', 'INV_EXAM_EXISTS', ...PROVIDER_UNKNOWN] },
    schema: {
      tags: ['exams'], summary: 'Replace the exams of a course', params: Type.Object({ course_id: CourseParam }),
      body: Type.Unknown({ description: 'a list of exams' }), response: { 200: Type.Array(ExamIdSchema), 422: ListFaultsSchema },
    },
  }, async request => {
    const { body } = request
    if (!Array.isArray(body)) throw refused({ non_field_errors: [`Expected a list of exams, found ${body === null ? 'null' : typeof body}.`] })
    if (body.length > MAX_EXAMS) throw refused({ non_field_errors: [`Expected at most ${MAX_EXAMS} exams, found ${body.length}.`] })
    const { exams, faults } = checkList(body)
    if (faults.some(fault => Object.keys(fault).length > 0)) throw refused(faults)
    try {
      const saved = await registerExams(app.domain, request.params.course_id, exams, actorOf(request, 'staff'))
      return saved.map(({ id }) => ({ exam_id: id }))
    } catch (error) {
      if (!(error instanceof ProvidersRefused)) throw error
      throw refused(error.reasons.map((reason): FieldFaults => reason === null ? {} : { backend: [reason] }))
    }
  })
}

export default examRegistrationRoutes

/** Told as a list beside the one that was sent, or as one fault of the whole. */
const refused = (faults: FieldFaults | FieldFaults[]) => answeredWith(new INV_REGISTRATION_INVALID(), faults)

/** Faults stand where their items stand. */
function checkList (items: readonly unknown[]): { exams: PublishedExam[], faults: FieldFaults[] } {
  const checked = items.map(checkRegistration)
  return { exams: checked.flatMap(({ exam }) => exam ? [exam] : []), faults: checked.map(({ faults }) => faults) }
}
