import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { findPerson, PEOPLE } from '../people.ts'
import { PAGE, sendHtml, sendProblem, type Lms } from './lms.ts'

const Next = Type.Object({ next: Type.Optional(Type.String({ maxLength: 2000 })) })
const Choice = Type.Object({ person: Type.String(), next: Type.Optional(Type.String({ maxLength: 2000 })) })
const HOME = '/demo/'

export const signInRoutes = (lms: Lms): FastifyPluginAsyncTypebox => async app => {
  app.get('/demo/sign-in', { ...PAGE, schema: { hide: true, querystring: Next } }, async (request, reply) => {
    const person = await lms.sessions.whoIs(request)
    return sendHtml(reply, await lms.renderPage('sign-in', { title: 'Sign in', person, data: { people: PEOPLE, next: insideOnly(request.query.next) } }))
  })

  app.post('/demo/sign-in', { ...PAGE, schema: { hide: true, body: Choice } }, async (request, reply) => {
    const person = findPerson(request.body.person)
    if (!person) return sendProblem(lms, reply, null, 404, 'There is nobody of that name in this demo.')
    await lms.sessions.signIn(reply, person)
    return reply.redirect(insideOnly(request.body.next), 303)
  })

  app.post('/demo/sign-out', PAGE, async (_request, reply) => {
    lms.sessions.signOut(reply)
    return reply.redirect('/demo/sign-in', 303)
  })
}

/** Where to go after signing in: inside the demo, whatever a link says. */
function insideOnly (next: string | undefined): string {
  return next && /^\/demo\/(?!\/)[^\\]*$/.test(next) ? next : HOME
}
