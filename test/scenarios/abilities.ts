import { commandIsThere } from './invigil/command.ts'
import { ALGORITHMS } from './invigil/vectors.ts'
import type { Scenario, Step } from './schema.ts'

/** Abilities of recorded/FORMAT.md §8 that this replayer has. */
const ABILITIES: ReadonlySet<string> = new Set(['vector', 'fixed_attempt_codes'])

/** Why a scenario cannot be played here; null = it can. */
export function lackedAbility ({ requires = [], steps }: Scenario): string | null {
  const lacked = requires.find(ability => !ABILITIES.has(ability))
  if (lacked !== undefined) return `lacks ${lacked}`
  return steps.map(lackedByStep).find(reason => reason !== null) ?? null
}

function lackedByStep (step: Step): string | null {
  if (step.do === 'command' && !commandIsThere(step.name)) return `no command ${step.name} yet`
  if (step.do === 'vector' && !Object.hasOwn(ALGORITHMS, step.algorithm)) return `lacks vector ${step.algorithm}`
  return null
}
