import type { DomainContext } from '../context.ts'
import { obscureUserId } from '../obscure-user-id.ts'
import type { CallOptions } from '../../provider/registry.ts'

/** Where a learner was proctored, and the name that salted the pseudonym he has there. */
const WHERE_PROCTORED = {
  name: 'retirement-providers',
  text: `select distinct coalesce(a.provider, e.backend, $2) as provider, e.backend as salt from attempt a join exam e on e.id = a.exam_id
    where a.user_id = $1 and a.taking_as_proctored and a.archived_at is null order by 1, 2`,
}

interface Place { provider: string, salt: string | null }

/** Whether each vendor retired the learner; vendors that keep nothing of learners are left out (contract 02 §9.1). */
export async function retireAtVendors (ctx: DomainContext, userId: number, call: CallOptions): Promise<Record<string, boolean>> {
  const places = await ctx.db.query<Place>(WHERE_PROCTORED, [userId, ctx.providers.defaultName])
  const answers = await Promise.all(places.map(async place => ({ name: place.provider, done: await retireAt(ctx, userId, place, call) })))
  const result: Record<string, boolean> = {}
  for (const { name, done } of answers) if (done !== null) result[name] = (result[name] ?? true) && done
  return result
}

/** A vendor that cannot be asked has not retired anybody (Q78). */
async function retireAt ({ providers, settings, log }: DomainContext, userId: number, { provider: name, salt }: Place, call: CallOptions): Promise<boolean | null> {
  const provider = providers.find(name)
  try {
    if (!provider) return false
    return await provider.call('retireUser', [obscureUserId(settings.user_obfuscation_key, userId, salt)], call) ?? null
  } catch (err) {
    log.error({ err, provider: name }, 'The vendor did not retire a learner; ask again.')
    return false
  }
}
