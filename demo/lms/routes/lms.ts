import type { FastifyReply, FastifyRequest } from 'fastify'
import { InvigilError } from 'invigil/client'
import type { Config } from '../../../core/config/schema.ts'
import type { Invigil } from '../invigil.ts'
import type { RenderPage } from '../pages.ts'
import type { Person } from '../people.ts'
import type { Sessions } from '../session.ts'

/** The LMS as its routes see it. */
export interface Lms {
  config: Config
  sessions: Sessions
  invigil: Invigil
  renderPage: RenderPage
}

export type PersonHandler<Request extends FastifyRequest = FastifyRequest> = (person: Person, request: Request, reply: FastifyReply) => Promise<FastifyReply>

/** What the service refused, for people. Any other error goes its way. */
export function refusalOf (error: unknown): string {
  if (error instanceof InvigilError) return `Invigil answered ${error.status}: ${error.detail}`
  throw error
}

/** For pages that need somebody: everybody else is sent to the sign-in page and comes back. */
export function signedIn<Request extends FastifyRequest> (lms: Lms, handler: PersonHandler<Request>) {
  return async (request: Request, reply: FastifyReply): Promise<FastifyReply> => {
    const person = await lms.sessions.whoIs(request)
    if (!person) return reply.redirect(`/demo/sign-in?next=${encodeURIComponent(request.url)}`, 303)
    return handler(person, request, reply).catch(error => sendProblem(lms, reply, person, 502, refusalOf(error)))
  }
}

export const sendHtml = (reply: FastifyReply, html: string): FastifyReply => reply.type('text/html; charset=utf-8').send(html)

/** Something the person should know, with the right HTTP status. */
export async function sendProblem (lms: Lms, reply: FastifyReply, person: Person | null, status: number, text: string): Promise<FastifyReply> {
  const titles: Record<number, string> = { 404: 'Not found', 403: 'Not for you', 502: 'The exam service did not help' }
  const html = await lms.renderPage('problem', { title: titles[status] ?? 'Something went wrong', person, data: { text } })
  return sendHtml(reply.code(status), html)
}

/** Pages for people: readable by anybody, the LMS itself asks who it is. */
export const PAGE = { config: { permission: 'public', page: true }, schema: { hide: true } } as const
