import type { EffectView } from '../../effects/ledger.ts'
import type { Translate } from '../../interstitials/texts.ts'
import { byUrgency, type ProviderReport, type Report } from '../../operate/report.ts'
import { toldTroubles } from '../../operate/told.ts'
import { snakeKeys } from '../../snake-case.ts'

/** Dead effects by what they were for: a provider's name, or '' for all that is no vendor's. */
export type DeadEffects = ReadonlyMap<string, readonly EffectView[]>

/** What providers are called that have no name for people. */
const NAMELESS = 'Unknown'

export interface PageParts { report: Report, dead: DeadEffects, translate: Translate, now: Date }

/** What the page of the providers shows, in the order it is shown. */
export function operateVariables ({ report, dead, translate, now }: PageParts) {
  const providers = byUrgency(report.providers).map(provider => viewOf(provider, dead, translate))
  const missing = report.missing.map(({ name, exams, liveAttempts, queue }) => ({ name, exams, live_attempts: liveAttempts, waiting: queue.pending + queue.dead }))
  const wrong = missing.length + providers.flatMap(({ troubles }) => troubles).filter(({ severity }) => severity === 'wrong').length
  return {
    providers,
    missing,
    wrong,
    troubled: missing.length > 0 || providers.some(({ troubles }) => troubles.length > 0),
    other_dead: (dead.get('') ?? []).map(effectOf),
    now: now.toISOString(),
    process_id: process.pid,
  }
}

function viewOf (provider: ProviderReport, dead: DeadEffects, translate: Translate) {
  const { name, health, queue, allowList } = provider
  const { ok, refused, ...rest } = health.counts
  return {
    name,
    title: provider.attributes.verboseName === NAMELESS ? '' : provider.attributes.verboseName,
    is_default: provider.isDefault,
    state: provider.state,
    package: provider.package,
    version: provider.version,
    contract: provider.contract,
    circuit: health.circuit,
    retry_at: health.retryAt,
    calls: { ok, refused, failed: rest.failed + rest.timeout + rest.bad_answer, kept_back: rest.unavailable },
    p50_ms: health.p50Ms === null ? null : Math.round(health.p50Ms),
    last_errors: groupErrors(health.lastErrors),
    waiting: queue.pending,
    dead: queue.dead,
    oldest_minutes: Math.round(queue.oldestPendingSeconds / 60),
    exams: provider.exams,
    live_attempts: provider.liveAttempts,
    serves: [...allowList.organizations ?? [], ...allowList.courses ?? []],
    capabilities: provider.capabilities,
    attributes: Object.entries(snakeKeys(provider.attributes)).map(([key, value]) => ({ key, value: typeof value === 'string' ? value : JSON.stringify(value) })).filter(({ value }) => value !== ''),
    troubles: toldTroubles(provider.troubles, translate),
    dead_effects: (dead.get(name) ?? []).map(effectOf),
    more_dead: Math.max(0, queue.dead - (dead.get(name)?.length ?? 0)),
  }
}

/** The same failure ten times over is one line. */
function groupErrors (errors: ProviderReport['health']['lastErrors']) {
  const groups = new Map<string, { at: string, method: string, message: string, count: number }>()
  for (const { at, method, message } of errors) {
    const key = `${method} ${message}`
    const known = groups.get(key)
    groups.set(key, { at: known?.at ?? at, method, message, count: (known?.count ?? 0) + 1 })
  }
  return [...groups.values()]
}

const effectOf = ({ id, what, subject, tries, createdAt, lastError }: EffectView) => ({ id, what, subject, tries, created_at: createdAt, error: lastError })
