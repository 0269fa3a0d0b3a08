import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { aboutPage, appPage, lostPage } from '../pages/app-page.ts'
import type { Session, State } from '../state.ts'
import type { Vendor } from '../vendor.ts'

const Params = Type.Object({ attempt: Type.String() })
const Query = Type.Object({ attempt: Type.Optional(Type.String()) })

/** The vendor's desktop application, simulated: a page for the learner, and two addresses for the worker. */
export function appRoutes ({ state, invigil }: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.get('/app/status', { schema: { querystring: Query } }, async ({ query }) => ({ proctoring: named(state, query.attempt).some(({ appRunning }) => appRunning) }))
    app.post('/app/close', { schema: { querystring: Query } }, async ({ query }) => {
      for (const session of named(state, query.attempt)) session.appRunning = false
      return { closed: true }
    })

    app.addHook('preHandler', async (request, reply) => {
      if (!request.routeOptions.url?.startsWith('/app/:attempt')) return
      reply.type('text/html; charset=utf-8')
      if (!find(state, request.params)) return reply.code(404).send(lostPage())
    })
    app.get('/app', async (_request, reply) => reply.type('text/html; charset=utf-8').send(aboutPage()))
    app.get('/app/:attempt', { schema: { params: Params } }, async ({ params }) => appPage(session(state, params.attempt)))
    app.post('/app/:attempt/ready', { schema: { params: Params } }, async ({ params }, reply) => {
      const learner = session(state, params.attempt)
      learner.appRunning = true
      const told = await invigil.ready(learner.id)
      learner.ready ||= told.ok
      return told.ok ? reply.redirect(`/app/${learner.id}`, 303) : reply.code(502).send(appPage(learner, told.sentence))
    })
    app.post('/app/:attempt/quit', { schema: { params: Params } }, async ({ params }, reply) => {
      session(state, params.attempt).appRunning = false
      return reply.redirect(`/app/${params.attempt}`, 303)
    })
  }
}

/** Without a name all that run on this machine are meant: exam pages of the older kind do not say which attempt they show. */
function named ({ sessions }: State, attempt: string | undefined): Session[] {
  return [...sessions.values()].filter(({ id }) => attempt === undefined || id === attempt)
}

function find ({ sessions }: State, params: unknown): Session | undefined {
  const id: unknown = typeof params === 'object' && params !== null && 'attempt' in params ? params.attempt : undefined
  return typeof id === 'string' ? sessions.get(id) : undefined
}

function session ({ sessions }: State, id: string): Session {
  const found = sessions.get(id)
  if (!found) throw new Error(`the hook above lets only known attempts pass, ${id} is none`)
  return found
}
