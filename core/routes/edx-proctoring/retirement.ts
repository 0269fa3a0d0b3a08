import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { retireAtVendors } from '../../domain/retirement/retire-at-vendors.ts'
import { retireUser } from '../../domain/retirement/retire-user.ts'
import { EmptySchema, IdParam, refusals } from '../../schemas/edx-proctoring.ts'
import { USER_ID } from './paths.ts'
import { actorOf, callOptions } from './requests.ts'

const UserParams = Type.Object({ user_id: IdParam })
const OutcomeSchema = Type.Record(Type.String(), Type.Boolean(), { description: 'provider -> whether it retired the learner' })
const config = { permission: 'retire', emptyRefusal: true } as const

/** What the platform calls when a learner leaves it for good (contract 02 §9). The final slash is part of the addresses. */
const retirementRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.post(`/api/edx_proctoring/v1/retire_backend_user/${USER_ID}/`, {
    config,
    schema: { tags: ['retirement'], summary: 'Retire a learner at the vendors', params: UserParams, response: { 200: OutcomeSchema, ...refusals, 500: OutcomeSchema } },
  }, async (request, reply) => {
    const outcome = await retireAtVendors(domain, request.params.user_id, callOptions(request))
    return reply.code(Object.values(outcome).includes(false) ? 500 : 200).send(outcome)
  })

  app.post(`/api/edx_proctoring/v1/retire_user/${USER_ID}/`, {
    config,
    schema: { tags: ['retirement'], summary: 'Blank what was written about a learner', params: UserParams, response: { 204: EmptySchema, ...refusals } },
  }, async (request, reply) => {
    await retireUser(domain, request.params.user_id, actorOf(request, 'staff'))
    return reply.code(204).send()
  })
}

export default retirementRoutes
