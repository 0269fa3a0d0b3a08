import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { forgetUser, listProfiles } from '../profiles.ts'
import type { Profile } from '../state.ts'
import type { Vendor } from '../vendor.ts'

const User = Type.Object({ user: Type.String() })
const Course = Type.Object({ course: Type.String() })
const Query = Type.Object({
  user_id: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  page: Type.Integer({ minimum: 1, default: 1 }),
  page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
})

export function peopleRoutes ({ state }: Vendor): FastifyPluginAsyncTypebox {
  return async app => {
    app.delete('/user/:user/', { config: { operation: 'user' }, schema: { params: User } }, async ({ params }, reply) => {
      forgetUser(state, params.user)
      return reply.type('application/json').send('true')
    })

    app.get('/courses/:course/onboarding_statuses', { config: { operation: 'onboarding' }, schema: { params: Course, querystring: Query } }, async ({ params, query }, reply) => {
      const profiles = listProfiles(state, params.course)
      if (query.user_id) return profiles.find(({ user_id: id }) => id === query.user_id) ?? reply.code(404).send({ error: 'There is no such learner.' })
      const wanted = query.status ? query.status.split(',') : null
      return paginate(profiles.filter(({ status }) => wanted?.includes(status) ?? true), query.page, query.page_size)
    })
  }
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
