import type { TObject } from 'typebox'
import { CONTRACT_VERSION, PROVIDER_BRAND, REFUSAL_BRAND, type BrandedDefinition, type ProviderDefinition, type ProviderRefusal } from './contract.ts'

/**
 * Makes the one shape the host accepts as the default export of an entry point.
 * @example export default defineProvider({ options: Type.Object({}), create: () => ({ registerAttempt: async () => ({ externalId: null }) }) })
 */
export function defineProvider<Options extends TObject> (definition: ProviderDefinition<Options>): BrandedDefinition<Options> {
  return Object.freeze({ ...definition, [PROVIDER_BRAND]: true as const, contract: CONTRACT_VERSION })
}

/**
 * Makes the error a provider throws to refuse: `throw refuse(503, 'the vendor is full')`.
 * @param status HTTP status for the caller, 400 to 599; anything else is answered as 502.
 */
export function refuse (status: number, detail: string, cause?: unknown): ProviderRefusal {
  return Object.assign(new Error(detail, { cause }), { [REFUSAL_BRAND]: true as const, status, name: 'ProviderRefusal' })
}

export function isRefusal (value: unknown): value is ProviderRefusal {
  return value instanceof Error && REFUSAL_BRAND in value
}
