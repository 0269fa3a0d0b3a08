import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { aboutPage, appPage, lostPage } from '../pages/app-page.ts'
import type { Session, State } from '../state.ts'
import type { Vendor } from '../vendor.ts'

const Params = Type.Object({ attempt: Type.String() })
const Query = Type.Object({ attempt: Type.Optional(Type.String()) })

/** The vendor's desktop application, simulated: a page for the learner, and two addresses for the worker. */
export function appRoutes ({ state, invigil }: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.get('/app', async (_request, reply) => send(reply, aboutPage()))

    app.get('/app/status', { schema: { querystring: Query } }, async ({ query }) => ({ proctoring: named(state, query.attempt).some(({ appRunning }) => appRunning) }))

    app.post('/app/close', { schema: { querystring: Query } }, async ({ query }) => {
      for (const session of named(state, query.attempt)) session.appRunning = false
      return { closed: true }
    })

    app.get('/app/:attempt', { schema: { params: Params } }, async ({ params }, reply) => {
      const session = state.sessions.get(params.attempt)
      return session ? send(reply, appPage(session)) : send(reply.code(404), lostPage())
    })

    app.post('/app/:attempt/ready', { schema: { params: Params } }, async ({ params }, reply) => {
      const session = state.sessions.get(params.attempt)
      if (!session) return send(reply.code(404), lostPage())
      const { ok, sentence } = await invigil.ready(session.id)
      session.ready ||= ok
      session.appRunning = ok
      return ok ? reply.redirect(`/app/${session.id}`, 303) : send(reply.code(502), appPage(session, sentence))
    })

    app.post('/app/:attempt/quit', { schema: { params: Params } }, async ({ params }, reply) => {
      const session = state.sessions.get(params.attempt)
      if (!session) return send(reply.code(404), lostPage())
      session.appRunning = false
      return reply.redirect(`/app/${session.id}`, 303)
    })
  }
}

const send = (reply: FastifyReply, page: string) => reply.type('text/html; charset=utf-8').send(page)

/** Without a name all that run on this machine are meant: exam pages of the older kind do not say which attempt they show. */
function named ({ sessions }: State, attempt: string | undefined): Session[] {
  return [...sessions.values()].filter(({ id }) => attempt === undefined || id === attempt)
}
