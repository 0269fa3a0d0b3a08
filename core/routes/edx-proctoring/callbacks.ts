import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { AttemptRecord } from '../../domain/attempt/attempt.ts'
import { markReady } from '../../domain/attempt/actions.ts'
import { getByExternalId, getByExternalIdSoon } from '../../domain/attempt/read.ts'
import { receiveReview } from '../../domain/review/receive.ts'
import type { DomainContext } from '../../domain/context.ts'
import { INV_ATTEMPT_NOT_FOUND, INV_NO_LONGER_PROCTORED, INV_NOT_FOUND } from '../../errors.ts'
import { assertProviderAccess } from '../../http/access.ts'
import { PROVIDER_FAILS, PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { inBareText } from '../../http/wire-answer.ts'
import { BareText, sendBareText } from './answers.ts'
import { ATTEMPT_PATH } from './attempt-data.ts'
import { ReviewBody } from './documented-bodies.ts'
import { actorOf, bodyObject } from './requests.ts'

const ExternalIdParams = Type.Object({ external_id: Type.String({ pattern: '^[A-Za-z0-9_-]+$' }) })

const REVIEW_REFUSALS = [
  'INV_ATTEMPT_NOT_FOUND', 'INV_REVIEW_INVALID', 'INV_REVIEW_EXISTS', 'INV_NO_LONGER_PROCTORED', 'INV_CONFLICT', ...PROVIDER_UNKNOWN, ...PROVIDER_FAILS,
] as const

/** What vendors tell us (contract 02 §5.1, §5.2). */
const callbackRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.post(`${ATTEMPT_PATH}/:external_id/ready`, {
    config: { permission: 'vendor', documentedBody: null, refuses: ['INV_CONFLICT', ...PROVIDER_UNKNOWN] },
    schema: { tags: ['vendor callbacks'], summary: 'The vendor is ready for the learner', params: ExternalIdParams, body: Type.Unknown(), response: { 200: BareText, 404: BareText } },
  }, async (request, reply) => {
    const record = await findAttempt(domain, request, request.params.external_id)
    if (!record) throw inBareText(new INV_NOT_FOUND('There is no attempt with this id.'))
    assertProviderAccess(request, providerName(domain, record))
    await markReady(domain, record.attempt.id, actorOf(request, 'vendor'))
    return sendBareText(reply, 200, 'OK')
  })

  app.post(`${ATTEMPT_PATH}/:external_id/reviewed`, {
    config: { permission: 'vendor', emptyRefusal: true, documentedBody: ReviewBody, refuses: REVIEW_REFUSALS },
    schema: { tags: ['vendor callbacks'], summary: 'The vendor\'s verdict', params: ExternalIdParams, body: Type.Unknown({ description: 'status, comments, reviewed_by' }), response: { 200: BareText, 412: BareText } },
  }, async (request, reply) => {
    const record = await findAttempt(domain, request, request.params.external_id)
    if (!record) throw new INV_ATTEMPT_NOT_FOUND(request.params.external_id)
    assertProviderAccess(request, providerName(domain, record))
    if (!record.exam.isProctored) throw inBareText(new INV_NO_LONGER_PROCTORED(record.exam.id))
    await receiveReview(domain, { record, body: { ...bodyObject(request) }, actor: actorOf(request, 'vendor') })
    return sendBareText(reply, 200, 'OK')
  })
}

export default callbackRoutes

/** A vendor looks among its own attempts only; two vendors may use the same id. */
function findAttempt (ctx: DomainContext, request: FastifyRequest, externalId: string): Promise<AttemptRecord | null> {
  return request.caller?.kind === 'vendor' ? getByExternalIdSoon(ctx, externalId, request.caller.provider) : getByExternalId(ctx, externalId, null)
}

const providerName = ({ providers }: DomainContext, { attempt, exam }: AttemptRecord): string => attempt.provider ?? exam.backend ?? providers.defaultName ?? ''
