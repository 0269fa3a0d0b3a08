import { Type, type FastifyPluginAsyncTypebox, type Static } from '@fastify/type-provider-typebox'
import { createSession, recallExam, recallSession, SESSION_PREFIX } from '../memory.ts'
import { answerOnce, type State } from '../state.ts'
import { createId, type Vendor } from '../vendor.ts'

const Registration = Type.Object({
  user_id: Type.String(),
  full_name: Type.String(),
  time_limit_mins: Type.Integer(),
  is_sample_attempt: Type.Boolean(),
})
const Change = Type.Object({ status: Type.Enum(['started', 'submitted', 'error']) })
const Exam = Type.Object({ exam: Type.String() })
const Attempt = Type.Object({ exam: Type.String(), attempt: Type.String() })

const ATTEMPT_URL = '/exam/:exam/attempt/:attempt/'
const NO_EXAM = { error: 'There is no such exam.' }
const NO_ATTEMPT = { error: 'There is no such attempt.' }

export function attemptRoutes ({ state }: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.post('/exam/:exam/attempt/', { schema: { params: Exam, body: Registration } }, async ({ params, body, headers }, reply) => {
      if (!recallExam(state, params.exam)) return reply.code(404).send(NO_EXAM)
      const { registration } = state.switches
      if (registration === 'refuse') return reply.code(403).send({ error: 'The demo vendor refuses registrations at present.' })
      // a learner who has passed the practice exam is let in whatever the switch says, or the demo would never go on
      if (registration !== 'accept' && !body.is_sample_attempt && !hasPassedPractice(state, body.user_id)) return { status: registration }
      return answerOnce(state, headers['idempotency-key'], () => register(state, params.exam, body))
    })

    app.get(ATTEMPT_URL, { schema: { params: Attempt } }, async ({ params, protocol, host }, reply) => {
      const session = recallSession(state, params.exam, params.attempt)
      if (!session) return reply.code(404).send(NO_ATTEMPT)
      return { id: session.id, status: session.status, download_url: `${protocol}://${host}/app/${session.id}`, instructions: instructionsFor(session.fullName) }
    })

    app.patch(ATTEMPT_URL, { schema: { params: Attempt, body: Change } }, async ({ params, body }, reply) => {
      const session = recallSession(state, params.exam, params.attempt)
      if (!session) return reply.code(404).send(NO_ATTEMPT)
      session.status = body.status
      return { status: session.status }
    })

    app.delete(ATTEMPT_URL, { schema: { params: Attempt } }, async ({ params }, reply) => {
      const session = recallSession(state, params.exam, params.attempt)
      if (!session) return reply.code(404).send(NO_ATTEMPT)
      state.sessions.delete(session.id)
      state.removed.add(session.id)
      return { status: 'deleted' }
    })
  }
}

function register ({ sessions }: State, examId: string, body: Static<typeof Registration>): { id: string } {
  const id = createId(SESSION_PREFIX)
  sessions.set(id, createSession({
    id, examId, userId: body.user_id, fullName: body.full_name, practice: body.is_sample_attempt, timeLimitMins: body.time_limit_mins,
  }))
  return { id }
}

function hasPassedPractice ({ sessions }: State, userId: string): boolean {
  return [...sessions.values()].some(session => session.userId === userId && session.practice && session.outcome === 'passed')
}

function instructionsFor (fullName: string): string[] {
  return [
    'Open the demo proctoring application: it starts in a new tab.',
    `Check that it greets you by your name${fullName ? ` (${fullName})` : ''}.`,
    'Let it check your camera, your microphone and your room.',
    'Choose "I am ready" there, then come back to this page.',
  ]
}
