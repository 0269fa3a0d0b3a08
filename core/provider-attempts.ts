import { markReady, reportVendorError } from './domain/attempt/actions.ts'
import { attemptFacts } from './domain/attempt/attempt-facts.ts'
import type { Actor, AttemptRecord } from './domain/attempt/attempt.ts'
import { getByExternalId, getByExternalIdSoon } from './domain/attempt/read.ts'
import type { DomainContext } from './domain/context.ts'
import { receiveReview } from './domain/review/receive.ts'
import { INV_ATTEMPT_NOT_FOUND, INV_BAD_REQUEST, INV_NO_LONGER_PROCTORED } from './errors.ts'
import type { ProviderAttempts } from './provider/contract.ts'

/** The few things one provider may do to attempts, its own only. The context is asked for late: providers are loaded before it. */
export function createProviderAttempts (domain: () => DomainContext | undefined, provider: string): ProviderAttempts {
  const actor: Actor = { kind: 'vendor', userId: null, name: provider }
  const open = () => domain() ?? refuseEarly()

  /** A removed attempt and one of another provider are none. */
  async function get (ctx: DomainContext, externalId: string): Promise<AttemptRecord> {
    const record = await getByExternalIdSoon(ctx, externalId, provider)
    if (!record) throw new INV_ATTEMPT_NOT_FOUND(externalId)
    return record
  }

  return {
    async find (externalId) {
      const record = await getByExternalId(open(), externalId, provider)
      return record && attemptFacts(record.attempt, record.exam)
    },
    async markReady (externalId) {
      const ctx = open()
      const record = await getByExternalIdSoon(ctx, externalId, provider)
      if (record) await markReady(ctx, record.attempt.id, actor)
    },
    async receiveReview (externalId, body) {
      const ctx = open()
      const record = await get(ctx, externalId)
      if (!record.exam.isProctored) throw new INV_NO_LONGER_PROCTORED(record.exam.id)
      await receiveReview(ctx, { record, body, actor, provider: ctx.providers.require(provider) })
    },
    async reportError (externalId, detail) {
      const ctx = open()
      const { attempt } = await get(ctx, externalId)
      await reportVendorError(ctx, { attemptId: attempt.id, actor, detail })
    },
  }
}

function refuseEarly (): never {
  throw new INV_BAD_REQUEST('The host has not started yet: ask for attempts in methods and routes, not while create() or routes() runs.')
}
