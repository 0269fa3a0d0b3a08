import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isRecord } from '../invigil.ts'
import { PAGE, sendHtml, signedIn, type Lms } from './lms.ts'

export const mailRoutes = (lms: Lms): FastifyPluginAsyncTypebox => async app => {
  app.get('/demo/mail', PAGE, signedIn(lms, async (person, _request, reply) => {
    const mails = readMailbox(app)
    return sendHtml(reply, await lms.renderPage('mail', { title: 'E-mails', person, data: { mails } }))
  }))
}

/** Mails kept instead of sent, newest first; none where mails really leave the house. Shown as text: their HTML is not ours to trust. */
function readMailbox (app: FastifyInstance) {
  const mailbox: unknown = 'mailbox' in app ? app.mailbox : []
  const mails = Array.isArray(mailbox) ? mailbox.filter(isRecord) : []
  return mails.map(({ to, from, subject, text, at }) => ({ to, from, subject, text, at })).toReversed()
}
