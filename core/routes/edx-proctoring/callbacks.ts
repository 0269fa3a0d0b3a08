import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { AttemptRecord } from '../../domain/attempt/attempt.ts'
import { markReady } from '../../domain/attempt/actions.ts'
import { getByExternalId, getByExternalIdSoon } from '../../domain/attempt/read.ts'
import { receiveReview } from '../../domain/review/receive.ts'
import type { DomainContext } from '../../domain/context.ts'
import { INV_ATTEMPT_NOT_FOUND } from '../../errors.ts'
import { assertProviderAccess } from '../../http/access.ts'
import { refusals } from '../../schemas/edx-proctoring.ts'
import { ATTEMPT_PATH } from './attempt-data.ts'
import { ReviewBody } from './documented-bodies.ts'
import { actorOf, bodyObject } from './requests.ts'

const ExternalIdParams = Type.Object({ external_id: Type.String({ pattern: '^[A-Za-z0-9_-]+$' }) })
const Text = Type.String({ description: 'a bare JSON string' })
/** A text is sent as it stands, so it is quoted by hand: old clients expect a bare JSON string. */
const JSON_TYPE = 'application/json; charset=utf-8'

/** What vendors tell us (contract 02 §5.1, §5.2). */
const callbackRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.post(`${ATTEMPT_PATH}/:external_id/ready`, {
    config: { permission: 'vendor', documentedBody: null },
    schema: { tags: ['vendor callbacks'], summary: 'The vendor is ready for the learner', params: ExternalIdParams, body: Type.Unknown(), response: { 200: Text, ...refusals, 404: Text } },
  }, async (request, reply) => {
    const record = await findAttempt(domain, request, request.params.external_id)
    if (!record) return reply.code(404).type(JSON_TYPE).send(JSON.stringify('There is no attempt with this id.'))
    assertProviderAccess(request, providerName(domain, record))
    await markReady(domain, record.attempt.id, actorOf(request, 'vendor'))
    return reply.type(JSON_TYPE).send(JSON.stringify('OK'))
  })

  app.post(`${ATTEMPT_PATH}/:external_id/reviewed`, {
    config: { permission: 'vendor', emptyRefusal: true, documentedBody: ReviewBody },
    schema: { tags: ['vendor callbacks'], summary: 'The vendor\'s verdict', params: ExternalIdParams, body: Type.Unknown({ description: 'status, comments, reviewed_by' }), response: { 200: Text, ...refusals, 412: Text } },
  }, async (request, reply) => {
    const record = await findAttempt(domain, request, request.params.external_id)
    if (!record) throw new INV_ATTEMPT_NOT_FOUND(request.params.external_id)
    assertProviderAccess(request, providerName(domain, record))
    if (!record.exam.isProctored) return reply.code(412).type(JSON_TYPE).send(JSON.stringify('The exam is no longer proctored.'))
    await receiveReview(domain, { record, body: { ...bodyObject(request) }, actor: actorOf(request, 'vendor') })
    return reply.type(JSON_TYPE).send(JSON.stringify('OK'))
  })
}

export default callbackRoutes

/** A vendor looks among its own attempts only; two vendors may use the same id. */
function findAttempt (ctx: DomainContext, request: FastifyRequest, externalId: string): Promise<AttemptRecord | null> {
  return request.caller?.kind === 'vendor' ? getByExternalIdSoon(ctx, externalId, request.caller.provider) : getByExternalId(ctx, externalId, null)
}

const providerName = ({ providers }: DomainContext, { attempt, exam }: AttemptRecord): string => attempt.provider ?? exam.backend ?? providers.defaultName ?? ''
