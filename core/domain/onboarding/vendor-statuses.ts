import { INV_NO_ONBOARDING_PROFILES, INV_ONBOARDING_UNAVAILABLE } from '../../errors.ts'
import type { ProctoredEnrollment } from '../../lms/services.ts'
import type { OnboardingProfile } from '../../provider/contract.ts'
import type { DomainContext } from '../context.ts'
import { obscureUserId } from '../obscure-user-id.ts'
import type { ListInput } from './list-request.ts'
import { NOT_STARTED, profileWords, wordOfProfile } from './words.ts'

export type VendorStatuses = Map<ProctoredEnrollment, string | null>

/** First whom the vendor names, in its order, then, where they are wanted, all others: they have not started. */
export async function askVendor (ctx: DomainContext, input: ListInput, enrolled: readonly ProctoredEnrollment[]): Promise<VendorStatuses> {
  const { onboarding, courseId, statuses: wanted } = input
  const byPseudonym = new Map(enrolled.map(each => [obscureUserId(ctx.settings.user_obfuscation_key, each.user.id, onboarding.newest.backend), each]))
  const statuses: VendorStatuses = new Map()
  for (const { userId, status } of await askProfiles(input)) {
    const enrollment = byPseudonym.get(userId)
    if (enrollment) statuses.set(enrollment, wordOfProfile(status))
    else ctx.log.info({ courseId, userId }, 'The vendor names a learner who is not enrolled, or was not searched for.')
  }
  if (wanted !== null && !wanted.includes(NOT_STARTED)) return statuses
  for (const each of enrolled) if (!statuses.has(each)) statuses.set(each, NOT_STARTED)
  return statuses
}

async function askProfiles ({ onboarding: { provider }, courseId, statuses: wanted, call }: ListInput): Promise<readonly OnboardingProfile[]> {
  if (provider.state === 'ready' && !provider.has('getOnboardingProfiles')) throw new INV_NO_ONBOARDING_PROFILES(provider.name)
  const statuses = wanted && profileWords(wanted)
  // a filter the vendor has no word for must not be sent as no filter at all
  if (statuses?.length === 0) return []
  try {
    return (await provider.call('getOnboardingProfiles', [{ courseId, ...(statuses && { statuses }) }], call))?.profiles ?? []
  } catch (cause) {
    throw new INV_ONBOARDING_UNAVAILABLE(provider.name, { cause })
  }
}
