import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { PAGE, sendHtml, type Lms } from './lms.ts'

/** The pages that the configuration's `link_urls` point to, so that no link of the demo leads nowhere. */
const INFO = [
  { path: 'faq', title: 'About proctored exams', paragraphs: ['A proctored exam is watched: a provider checks who you are and looks on while you work.', 'In this demo nobody is watched. The provider is a small program on this machine that plays the part.'] },
  { path: 'rules', title: 'Rules for proctored exams', paragraphs: ['Work alone and in a quiet room.', 'Keep the proctoring application open until you have handed in.', 'Use only what the exam allows; the start page of each exam names it.'] },
  { path: 'contact', title: 'Contact', paragraphs: ['There is nobody to write to in a demo. On a real platform the support desk would answer here.'] },
  { path: 'requirements', title: 'Technical requirements', paragraphs: ['A current browser with JavaScript switched on.', 'For the simulated application: nothing at all.'] },
  { path: 'password_assistance', title: 'Reset your password', paragraphs: ['People of this demo have no passwords. Choose somebody on the sign-in page.'] },
]

export const infoRoutes = (lms: Lms): FastifyPluginAsyncTypebox => async app => {
  for (const { path, title, paragraphs } of INFO) {
    app.get(`/demo/${path}`, PAGE, async (request, reply) =>
      sendHtml(reply, await lms.renderPage('info', { title, person: await lms.sessions.whoIs(request), data: { paragraphs } })))
  }
}
