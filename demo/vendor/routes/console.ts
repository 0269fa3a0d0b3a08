import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { consolePage } from '../pages/console-page.ts'
import { OUTAGES, REGISTRATIONS, REVIEW_WORDS, type ReviewWord, type Session } from '../state.ts'
import type { Vendor } from '../vendor.ts'

const Press = Type.Object({ session: Type.String(), action: Type.Enum(['ready', 'quit', ...REVIEW_WORDS]) })
const Switch = Type.Object({
  delay_ms: Type.Integer({ minimum: 0, maximum: 60_000 }),
  outage: Type.Enum([...OUTAGES]),
  registration: Type.Enum([...REGISTRATIONS]),
})

/** Where whoever shows the demo plays the vendor's people. */
export function consoleRoutes (vendor: Vendor): FastifyPluginAsyncTypebox {
  const { state } = vendor
  return async app => {
    app.get('/console', async (_request, reply) => {
      const page = consolePage(state)
      state.notice = null
      return reply.type('text/html; charset=utf-8').send(page)
    })

    app.post('/console/press', { schema: { body: Press } }, async ({ body }, reply) => {
      const session = state.sessions.get(body.session)
      state.notice = session ? await press(vendor, session, body.action) : `There is no session ${body.session}.`
      return reply.redirect('/console', 303)
    })

    app.post('/console/switches', { schema: { body: Switch } }, async ({ body }, reply) => {
      state.switches = { delayMs: body.delay_ms, outage: body.outage, registration: body.registration }
      state.notice = 'The switches are set.'
      return reply.redirect('/console', 303)
    })
  }
}

async function press (vendor: Vendor, session: Session, action: 'ready' | 'quit' | ReviewWord): Promise<string> {
  if (action === 'quit') {
    session.appRunning = false
    return `The application of ${session.id} is closed.`
  }
  const { ok, sentence } = action === 'ready' ? await vendor.invigil.ready(session.id) : await vendor.invigil.review(session.id, action)
  if (ok) Object.assign(session, action === 'ready' ? { ready: true, appRunning: true } : { outcome: action, outcomeAt: vendor.clock.now() })
  return sentence
}
