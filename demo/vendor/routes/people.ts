import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Session, State } from '../state.ts'
import type { Vendor } from '../vendor.ts'

const User = Type.Object({ user: Type.String() })
const Course = Type.Object({ course: Type.String() })
const Query = Type.Object({
  user_id: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  page: Type.Integer({ minimum: 1, default: 1 }),
  page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
})

interface Profile { user_id: string, status: string, expiration_date: string | null }
const APPROVAL_DAYS = 365
const DAY_MS = 86_400_000

export function peopleRoutes ({ state }: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.delete('/user/:user/', { schema: { params: User } }, async ({ params }, reply) => {
      forget(state, params.user)
      return reply.type('application/json').send('true')
    })

    app.get('/courses/:course/onboarding_statuses', { schema: { params: Course, querystring: Query } }, async ({ params, query }, reply) => {
      const profiles = listProfiles(state, params.course)
      if (query.user_id) return profiles.find(({ user_id: id }) => id === query.user_id) ?? reply.code(404).send({ error: 'There is no such learner.' })
      const wanted = query.status ? query.status.split(',') : null
      return paginate(profiles.filter(({ status }) => wanted?.includes(status) ?? true), query.page, query.page_size)
    })
  }
}

function forget ({ sessions }: State, userId: string): void {
  for (const session of sessions.values()) {
    if (session.userId === userId) Object.assign(session, { userId: '', fullName: '(retired learner)' })
  }
}

/** A learner's standing follows from the practice exams: the last one counts. */
function listProfiles ({ exams, sessions }: State, course: string): Profile[] {
  const profiles = new Map<string, Profile>()
  for (const session of sessions.values()) {
    if (session.userId === '' || exams.get(session.examId)?.courseId !== course) continue
    const profile = session.practice ? readProfile(session) : profiles.get(session.userId)
    profiles.set(session.userId, profile ?? { user_id: session.userId, status: 'no-profile', expiration_date: null })
  }
  return [...profiles.values()]
}

function readProfile ({ userId, outcome, outcomeAt }: Session): Profile {
  if (outcome === 'passed' && outcomeAt) {
    return { user_id: userId, status: 'approved-in-course', expiration_date: new Date(outcomeAt.getTime() + APPROVAL_DAYS * DAY_MS).toISOString() }
  }
  return { user_id: userId, status: outcome === 'violation' || outcome === 'suspicious' ? 'rejected' : 'pending', expiration_date: null }
}

function paginate (profiles: Profile[], page: number, pageSize: number) {
  const pages = Math.max(1, Math.ceil(profiles.length / pageSize))
  return {
    results: profiles.slice((page - 1) * pageSize, page * pageSize),
    count: profiles.length,
    num_pages: pages,
    next: page < pages ? page + 1 : null,
    previous: page > 1 ? page - 1 : null,
  }
}
