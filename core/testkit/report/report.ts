import type { CheckResult, CheckState } from '../check.ts'

/** What a run came to. */
export interface ConformanceReport {
  readonly package: { readonly name: string | null, readonly version: string | null }
  /** Entry points that were looked at. */
  readonly entries: readonly string[]
  readonly invigil: string
  /** Version of the provider contract. */
  readonly contract: string
  /** ISO 8601. */
  readonly startedAt: string
  /** Milliseconds. */
  readonly durationMs: number
  /** Nothing failed, and nothing that should have been checked was not. */
  readonly conformant: boolean
  readonly counts: Readonly<Record<CheckState, number>>
  readonly results: readonly CheckResult[]
}

const STATES: readonly CheckState[] = ['passed', 'failed', 'not_applicable', 'not_checked', 'skipped']

export function countStates (results: readonly CheckResult[]): Record<CheckState, number> {
  const counts: Record<CheckState, number> = { passed: 0, failed: 0, not_applicable: 0, not_checked: 0, skipped: 0 }
  for (const state of STATES) counts[state] = results.filter(result => result.state === state).length
  return counts
}

export const isConformant = ({ failed, not_checked: notChecked, passed }: ConformanceReport['counts']): boolean => failed === 0 && notChecked === 0 && passed > 0
