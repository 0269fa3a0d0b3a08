import type { Translate } from '../interstitials/texts.ts'
import type { Trouble } from './troubles.ts'

export interface ToldTrouble extends Pick<Trouble, 'code' | 'severity'> {
  what: string
  /** What to do, as a sentence. */
  todo: string
}

/** Troubles in words. */
export function toldTroubles (troubles: readonly Trouble[], translate: Translate): ToldTrouble[] {
  return troubles.map(({ code, severity, values }) => ({
    code,
    severity,
    what: translate(`operate.trouble.${code}.what`, values).trim(),
    todo: translate(`operate.trouble.${code}.todo`, values).trim(),
  }))
}
