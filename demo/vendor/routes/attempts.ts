import { Type, type FastifyPluginAsyncTypebox, type Static } from '@fastify/type-provider-typebox'
import { createSession, recallExam, recallSession, SESSION_PREFIX } from '../memory.ts'
import { decideRegistration } from '../profiles.ts'
import { answerOnce, type Session, type State } from '../state.ts'
import { chooseLanguage, instructionsIn } from '../texts.ts'
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

export function attemptRoutes (vendor: Vendor): FastifyPluginAsyncTypebox {
  const { state } = vendor
  return async app => {
    app.post('/exam/:exam/attempt/', { config: { operation: 'register' }, schema: { params: Exam, body: Registration } }, async ({ params, body, headers }, reply) => {
      if (!recallExam(state, params.exam)) return reply.code(404).send(NO_EXAM)
      const decision = decideRegistration(state, params.exam, body.user_id)
      if (decision === 'refuse') return reply.code(403).send({ error: 'The demo vendor refuses registrations at present.' })
      if (decision !== 'accept' && !body.is_sample_attempt) return { status: decision }
      return answerOnce(state, headers['idempotency-key'], () => register(state, params.exam, body))
    })

    app.get(ATTEMPT_URL, { config: { operation: 'read' }, schema: { params: Attempt } }, async ({ params, protocol, host, headers }, reply) => {
      const session = recallSession(state, params.exam, params.attempt)
      if (!session) return reply.code(404).send(NO_ATTEMPT)
      const instructions = instructionsIn(chooseLanguage(headers['accept-language']), session.fullName)
      return { id: session.id, status: session.status, download_url: `${protocol}://${host}/app/${session.id}`, instructions }
    })

    app.patch(ATTEMPT_URL, { config: { operation: 'report' }, schema: { params: Attempt, body: Change } }, async ({ params, body }, reply) => {
      const session = recallSession(state, params.exam, params.attempt)
      if (!session) return reply.code(404).send(NO_ATTEMPT)
      session.status = body.status
      reply.raw.once('close', () => callOutOfOrder(vendor, session))
      return { status: session.status }
    })

    app.delete(ATTEMPT_URL, { config: { operation: 'remove' }, schema: { params: Attempt } }, async ({ params }, reply) => {
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

/** Vendors have been seen to review before the end, and to get ready after it. */
function callOutOfOrder ({ invigil, state }: Vendor, { id, status }: Session): void {
  const { callbacks } = state.switches
  if (callbacks === 'early_review' && status === 'started') invigil.review(id, 'passed')
  if (callbacks === 'late_ready' && status === 'submitted') invigil.ready(id)
}
