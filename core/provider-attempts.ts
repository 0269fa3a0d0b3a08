import { markReady } from './domain/attempt/actions.ts'
import { getByExternalIdSoon } from './domain/attempt/read.ts'
import type { DomainContext } from './domain/context.ts'
import type { ProviderAttempts } from './provider/contract.ts'

/** The few things one provider may do to attempts, its own only. The context is asked for late: providers are loaded before it. */
export function createProviderAttempts (domain: () => DomainContext, provider: string): ProviderAttempts {
  return {
    async markReady (attemptExternalId) {
      const ctx = domain()
      const record = await getByExternalIdSoon(ctx, attemptExternalId, provider)
      if (record) await markReady(ctx, record.attempt.id, { kind: 'vendor', userId: null, name: provider })
    },
  }
}
