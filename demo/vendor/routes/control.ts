import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ACTIONS, press } from '../press.ts'
import { listProfiles, PROFILE_WORDS, setProfile } from '../profiles.ts'
import type { State } from '../state.ts'
import { NORMAL, SwitchChanges } from '../switches.ts'
import type { Vendor } from '../vendor.ts'

const SessionAction = Type.Object({ session: Type.String(), action: Type.Enum([...ACTIONS]) })
const Learner = Type.Object({ course: Type.String(), user: Type.String() })
const Standing = Type.Object({
  status: Type.Enum([...PROFILE_WORDS]),
  expiration_date: Type.Union([Type.String(), Type.Null()], { default: null }),
})

/** What the console does, for tests and scripts. */
export function controlRoutes (vendor: Vendor): FastifyPluginAsyncTypebox {
  const { state, tokens } = vendor
  return async app => {
    app.get('/', async () => view(state))

    app.patch('/switches', { schema: { body: SwitchChanges } }, async ({ body }) => Object.assign(state.switches, body))

    app.post('/normal', async () => {
      state.switches = { ...NORMAL }
      return state.switches
    })

    app.post('/expire', async () => ({ expired: tokens.expireAll() }))

    app.post('/sessions/:session/:action', { schema: { params: SessionAction } }, async ({ params }, reply) => {
      const session = state.sessions.get(params.session)
      if (!session) return reply.code(404).send({ error: `There is no session ${params.session}.` })
      return press(vendor, session, params.action)
    })

    app.put('/courses/:course/profiles/:user', { schema: { params: Learner, body: Standing } }, async ({ params, body }) => {
      const profile = { user_id: params.user, ...body }
      setProfile(state, params.course, profile)
      return profile
    })
  }
}

function view (state: State) {
  const courses = new Set([...state.profiles.keys(), ...[...state.exams.values()].map(({ courseId }) => courseId)])
  return {
    switches: state.switches,
    exams: [...state.exams.values()],
    sessions: [...state.sessions.values()],
    profiles: [...courses].flatMap(course => listProfiles(state, course).map(profile => ({ course, ...profile }))),
    calls: state.calls,
  }
}
