import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { retireAtVendors } from '../../domain/retirement/retire-at-vendors.ts'
import { retireUser } from '../../domain/retirement/retire-user.ts'
import { INV_NOT_RETIRED } from '../../errors.ts'
import { answeredWith } from '../../http/wire-answer.ts'
import { AnyIdParam, EmptySchema } from '../../schemas/edx-proctoring.ts'
import { readId } from './fields.ts'
import { USER_ID } from './paths.ts'
import { actorOf, callOptions } from './requests.ts'

const UserParams = Type.Object({ user_id: AnyIdParam })
const OutcomeSchema = Type.Record(Type.String(), Type.Boolean(), { description: 'provider -> whether it retired the learner' })
const config = { permission: 'retire', emptyRefusal: true } as const

/** What the platform calls when a learner leaves it for good (contract 02 §9). The final slash is part of the addresses. */
const retirementRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.post(`/api/edx_proctoring/v1/retire_backend_user/${USER_ID}/`, {
    config: { ...config, refuses: ['INV_NOT_RETIRED'] },
    schema: { tags: ['retirement'], summary: 'Retire a learner at the vendors', params: UserParams, response: { 200: OutcomeSchema, 500: OutcomeSchema } },
  }, async request => {
    const userId = readId(request.params.user_id)
    if (userId === null) return {}
    const outcome = await retireAtVendors(domain, userId, callOptions(request))
    if (Object.values(outcome).includes(false)) throw answeredWith(new INV_NOT_RETIRED(userId), outcome)
    return outcome
  })

  app.post(`/api/edx_proctoring/v1/retire_user/${USER_ID}/`, {
    config,
    schema: { tags: ['retirement'], summary: 'Blank what was written about a learner', params: UserParams, response: { 204: EmptySchema } },
  }, async (request, reply) => {
    const userId = readId(request.params.user_id)
    if (userId !== null) await retireUser(domain, userId, actorOf(request, 'staff'))
    return reply.code(204).send()
  })
}

export default retirementRoutes
