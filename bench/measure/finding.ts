import type { Spread } from './statistics.ts'

/** One line of the result. */
export interface Finding {
  what: string
  unit: string
  ours: Spread
  /** What it is held against; null where the figure stands alone. */
  beside: Spread | null
  /** Ours against the other, of rounds that stood next to each other; greater is better, but with the aim `within` it is a growth, and less is better. */
  ratio: Spread | null
  aim: Aim | null
}

export type Aim = { ratio: number } | { within: number } | { atMost: number }

/** Null where nothing is aimed at. */
export function isMet ({ ours, ratio, aim }: Finding): boolean | null {
  if (aim === null) return null
  if ('atMost' in aim) return ours.median <= aim.atMost
  if (ratio === null) return false
  return 'within' in aim ? ratio.median <= aim.within : ratio.median >= aim.ratio
}
