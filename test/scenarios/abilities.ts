import { adminActionIsThere } from './invigil/administration.ts'
import { commandIsThere } from './invigil/command.ts'
import { hostFunctionIsThere } from './invigil/host-api.ts'
import { ALGORITHMS } from './invigil/vectors.ts'
import type { Scenario, Step } from './schema.ts'

/** Abilities of recorded/FORMAT.md §8 that this replayer has. */
const ABILITIES: ReadonlySet<string> = new Set(['host_api', 'admin', 'vector', 'fixed_attempt_codes', 'worker_bundles'])

/** Why a scenario cannot be played here; null = it can. */
export function lackedAbility ({ requires = [], steps }: Scenario): string | null {
  const lacked = requires.find(ability => !ABILITIES.has(ability))
  if (lacked !== undefined) return `lacks ${lacked}`
  return steps.map(lackedByStep).find(reason => reason !== null) ?? null
}

/** An ability is had name by name: what Invigil has no function for is said, not skipped over. */
function lackedByStep (step: Step): string | null {
  if (step.do === 'command' && !commandIsThere(step.name)) return `lacks command ${step.name}`
  if (step.do === 'vector' && !Object.hasOwn(ALGORITHMS, step.algorithm)) return `lacks vector ${step.algorithm}`
  if (step.do === 'host_api' && !hostFunctionIsThere(step.name)) return `lacks host_api ${step.name}`
  if (step.do === 'admin' && !adminActionIsThere(step.action)) return `lacks admin ${step.action}`
  return null
}
