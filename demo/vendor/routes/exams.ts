import { Type, type FastifyPluginAsyncTypebox, type Static } from '@fastify/type-provider-typebox'
import { EXAM_PREFIX } from '../memory.ts'
import { answerOnce, type State } from '../state.ts'
import { createId, type Vendor } from '../vendor.ts'

const ExamBody = Type.Object({
  course_id: Type.String(),
  exam_name: Type.String(),
  time_limit_mins: Type.Integer(),
  is_practice_exam: Type.Boolean(),
  rules: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
const ExamParams = Type.Object({ exam: Type.String() })

const RULES = { allow_notes: 'Notes on paper are allowed', allow_calculator: 'A calculator is allowed', allow_breaks: 'Short breaks are allowed' }
const INSTRUCTIONS = [
  'Open the demo proctoring application with the button below.',
  'Let it check your camera, your microphone and your room.',
  'Choose "I am ready" and come back to this page.',
]

export function examRoutes ({ state }: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.get('/config/', async ({ protocol, host }) => (
      { name: 'Demo Proctoring', download_url: `${protocol}://${host}/app`, rules: RULES, instructions: INSTRUCTIONS }
    ))
    app.post('/exam/', { schema: { body: ExamBody } }, async ({ body, headers }) =>
      answerOnce(state, headers['idempotency-key'], () => keepExam(state, createId(EXAM_PREFIX), body)))
    app.post('/exam/:exam/', { schema: { body: ExamBody, params: ExamParams } }, async ({ body, params }) => keepExam(state, params.exam, body))
    app.get('/exam/:exam/', { schema: { params: ExamParams } }, async ({ params }, reply) =>
      state.exams.get(params.exam) ?? reply.code(404).send({ error: 'There is no such exam.' }))
  }
}

function keepExam ({ exams }: State, id: string, body: Static<typeof ExamBody>): { id: string } {
  exams.set(id, {
    id, courseId: body.course_id, name: body.exam_name, practice: body.is_practice_exam, timeLimitMins: body.time_limit_mins, rules: body.rules ?? {},
  })
  return { id }
}
