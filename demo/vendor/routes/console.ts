import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { consolePage } from '../pages/console/console-page.ts'
import { ACTIONS, press } from '../press.ts'
import { PROFILE_WORDS, setProfile } from '../profiles.ts'
import { NORMAL, SwitchChanges } from '../switches.ts'
import type { Vendor } from '../vendor.ts'

const Press = Type.Object({ session: Type.String(), action: Type.Enum([...ACTIONS]) })
const ProfileForm = Type.Object({
  course: Type.String(),
  user: Type.String(),
  status: Type.Enum([...PROFILE_WORDS]),
  expires: Type.String({ pattern: '^(?:\\d{4}-\\d{2}-\\d{2})?$' }),
})

/** Where whoever shows the demo plays the vendor's people. */
export function consoleRoutes (vendor: Vendor): FastifyPluginAsyncTypebox {
  const { state, tokens } = vendor
  const say = (reply: FastifyReply, notice: string) => {
    state.notice = notice
    return reply.redirect('/console', 303)
  }

  return async app => {
    app.get('/console', async (_request, reply) => {
      const page = consolePage(state)
      state.notice = null
      return reply.type('text/html; charset=utf-8').send(page)
    })

    app.post('/console/press', { schema: { body: Press } }, async ({ body }, reply) => {
      const session = state.sessions.get(body.session)
      return say(reply, session ? (await press(vendor, session, body.action)).sentence : `There is no session ${body.session}.`)
    })

    app.post('/console/switches', { schema: { body: SwitchChanges } }, async ({ body }, reply) => {
      Object.assign(state.switches, body)
      return say(reply, 'The switches are set.')
    })

    app.post('/console/normal', async (_request, reply) => {
      state.switches = { ...NORMAL }
      return say(reply, 'Everything works again.')
    })

    app.post('/console/expire', async (_request, reply) => say(reply, `Tokens that have ended: ${tokens.expireAll()}.`))

    app.post('/console/profile', { schema: { body: ProfileForm } }, async ({ body }, reply) => {
      setProfile(state, body.course, { user_id: body.user, status: body.status, expiration_date: body.expires ? `${body.expires}T00:00:00.000Z` : null })
      return say(reply, `The profile is set to ${body.status}.`)
    })
  }
}
