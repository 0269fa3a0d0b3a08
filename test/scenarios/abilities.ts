import { commandsAreThere } from './invigil/command.ts'
import type { Scenario } from './schema.ts'

/** Abilities of recorded/FORMAT.md §8 that this replayer has. */
const ABILITIES: ReadonlySet<string> = new Set<string>()

/** Why a scenario cannot be played here; null = it can. */
export function lackedAbility (scenario: Scenario): string | null {
  const lacked = scenario.requires?.find(ability => !ABILITIES.has(ability))
  if (lacked !== undefined) return `lacks ${lacked}`
  if (scenario.steps.some(step => step.do === 'command') && !commandsAreThere()) return 'no CLI yet'
  return null
}
