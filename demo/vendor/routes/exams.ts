import { Type, type FastifyPluginAsyncTypebox, type Static } from '@fastify/type-provider-typebox'
import { EXAM_PREFIX } from '../memory.ts'
import { answerOnce, type State } from '../state.ts'
import { chooseLanguage, instructionsIn, rulesIn } from '../texts.ts'
import { createId, type Vendor } from '../vendor.ts'

const ExamBody = Type.Object({
  course_id: Type.String(),
  exam_name: Type.String(),
  time_limit_mins: Type.Integer(),
  is_practice_exam: Type.Boolean(),
  rules: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
const ExamParams = Type.Object({ exam: Type.String() })

const EXAM = { operation: 'exam' } as const

export function examRoutes ({ state }: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.get('/config/', { config: { operation: 'configuration' } }, async ({ protocol, host, headers }) => {
      const language = chooseLanguage(headers['accept-language'])
      return { name: 'Demo Proctoring', download_url: `${protocol}://${host}/app`, rules: rulesIn(language), instructions: instructionsIn(language) }
    })
    app.post('/exam/', { config: EXAM, schema: { body: ExamBody } }, async ({ body, headers }) =>
      answerOnce(state, headers['idempotency-key'], () => keepExam(state, createId(EXAM_PREFIX), body)))
    app.post('/exam/:exam/', { config: EXAM, schema: { body: ExamBody, params: ExamParams } }, async ({ body, params }) => keepExam(state, params.exam, body))
    app.get('/exam/:exam/', { config: EXAM, schema: { params: ExamParams } }, async ({ params }, reply) =>
      state.exams.get(params.exam) ?? reply.code(404).send({ error: 'There is no such exam.' }))
  }
}

function keepExam ({ exams }: State, id: string, body: Static<typeof ExamBody>): { id: string } {
  exams.set(id, {
    id, courseId: body.course_id, name: body.exam_name, practice: body.is_practice_exam, timeLimitMins: body.time_limit_mins, rules: body.rules ?? {},
  })
  return { id }
}
