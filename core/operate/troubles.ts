import type { Backlog } from '../effects/backlog.ts'
import type { ProviderView } from '../provider/view.ts'
import type { Dependants } from './dependants.ts'

/** wrong: somebody has to act. watch: it may mend itself. know: as it was told to be, with consequences. */
export type Severity = 'wrong' | 'watch' | 'know'

export const SEVERITIES: readonly Severity[] = ['wrong', 'watch', 'know']

/** Its texts are `operate.trouble.<code>.what` and `.todo`. */
export interface Trouble { code: TroubleCode, severity: Severity, values: Readonly<Record<string, string | number>> }

export type ProviderFacts = Pick<ProviderView, 'name' | 'state' | 'faults' | 'health'> & Dependants & { queue: Backlog }

/** Longer than a vendor's restart takes. */
const LONG_WAIT_SECONDS = 600
/** How long a failure is news. */
const FRESH_MS = 600_000

type TroubleCode = keyof typeof RULES

interface Rule { severity: Severity, find (facts: ProviderFacts, now: Date): Trouble['values'] | null }

/** One row per trouble, the worst first. */
const RULES = {
  disabled: { severity: 'wrong', find: ({ state, faults, exams }) => state === 'disabled' ? { reason: faults.join(' '), exams } : null },
  circuit_open: {
    severity: 'wrong',
    find: ({ health }, now) => health.circuit === 'open' ? { seconds: secondsUntil(health.retryAt, now), reason: health.lastErrors[0]?.message ?? '' } : null,
  },
  dead: { severity: 'wrong', find: ({ queue }) => queue.dead > 0 ? { count: queue.dead } : null },
  circuit_trying: { severity: 'watch', find: ({ health }) => health.circuit === 'half-open' ? { reason: health.lastErrors[0]?.message ?? '' } : null },
  failing: {
    severity: 'watch',
    find: ({ health }, now) => {
      const [latest] = health.lastErrors.filter(({ code }) => code !== 'INV_PROVIDER_REFUSED')
      return health.circuit === 'closed' && latest && now.getTime() - Date.parse(latest.at) < FRESH_MS ? { reason: latest.message } : null
    },
  },
  waiting: {
    severity: 'watch',
    find: ({ queue }) => queue.oldestPendingSeconds > LONG_WAIT_SECONDS ? { count: queue.pending, minutes: Math.round(queue.oldestPendingSeconds / 60) } : null,
  },
  retired_live: { severity: 'know', find: ({ state, liveAttempts }) => state === 'retired' && liveAttempts > 0 ? { count: liveAttempts } : null },
  retired_exams: { severity: 'know', find: ({ state, exams }) => state === 'retired' && exams > 0 ? { count: exams } : null },
} as const satisfies Record<string, Rule>

/** What an operator should look at, the worst first. */
export function findTroubles (facts: ProviderFacts, now: Date): Trouble[] {
  const codes = Object.keys(RULES) as TroubleCode[] // the keys of a table literal
  return codes.flatMap(code => {
    const { severity, find }: Rule = RULES[code]
    const values = find(facts, now)
    return values ? [{ code, severity, values }] : []
  })
}

/** For sorting: the worse, the smaller. */
export const worstOf = (troubles: readonly Pick<Trouble, 'severity'>[]): number =>
  Math.min(SEVERITIES.length, ...troubles.map(({ severity }) => SEVERITIES.indexOf(severity)))

function secondsUntil (time: string | null, now: Date): number {
  return time === null ? 0 : Math.max(0, Math.ceil((Date.parse(time) - now.getTime()) / 1000))
}
