import type { Sql, Statement } from '../../db/sql.ts'
import { dateFromText } from '../../db/timestamps.ts'
import type { Attempt } from './attempt.ts'

/** Something that happened to an attempt. */
export interface TimelineEntry {
  at: Date
  about: 'attempt' | 'review' | 'effect'
  what: 'created' | 'changed' | 'removed' | 'queued'
  who: { kind: string, name: string } | null
  /** Field -> before and after. */
  changes: Readonly<Record<string, { before: unknown, after: unknown }>>
  reason: string | null
  requestId: string | null
  effect: TimelineEffect | null
}

/** An effect as the timeline tells of it. */
export interface TimelineEffect {
  id: number
  kind: string
  what: string
  state: string
  tries: number
  dueAt: string
  deliveredAt: string | null
  lastError: string | null
}
export type StoredEffect = TimelineEffect & { createdAt: string, requestId: string | null }

/** Looks up the effects of a subject; they are kept by another part of the house. */
export type FindEffects = (subject: string, limit: number) => Promise<readonly StoredEffect[]>

/** More than any honest attempt has. */
const LIMIT = 500

interface HistoryRow {
  entity: 'attempt' | 'review'
  change: '+' | '~' | '-'
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  actorKind: string
  actorName: string
  reason: string | null
  requestId: string | null
  at: string
}

const HISTORY: Statement = {
  name: 'timeline-history',
  text: `select h.entity, h.change, h.before, h.after, h.actor_kind as "actorKind", h.actor_name as "actorName", h.reason, h.request_id as "requestId", h.at
    from history h where (h.entity = 'attempt' and h.entity_id = $1)
      or (h.entity = 'review' and h.entity_id = (select id from review where attempt_code = $2))
    order by h.id limit ${LIMIT}`,
}

/** The whole story of an attempt, oldest first: its own history, that of its review, and what it caused outside. */
export async function attemptTimeline (sql: Sql, { id, attemptCode }: Pick<Attempt, 'id' | 'attemptCode'>, findEffects: FindEffects): Promise<TimelineEntry[]> {
  const [rows, effects] = await Promise.all([sql.query<HistoryRow>(HISTORY, [id, attemptCode]), findEffects(`attempt:${id}`, LIMIT)])
  // effects come newest first; the sort is stable, so what came first of one instant stays first
  return [...rows.map(fromHistory), ...effects.toReversed().map(fromEffect)].sort((a, b) => a.at.getTime() - b.at.getTime())
}

const WHAT = { '+': 'created', '~': 'changed', '-': 'removed' } as const

function fromHistory (row: HistoryRow): TimelineEntry {
  return {
    at: dateFromText(row.at),
    about: row.entity,
    what: WHAT[row.change],
    who: { kind: row.actorKind, name: row.actorName },
    changes: differences(row.before ?? {}, row.after ?? {}),
    reason: row.reason,
    requestId: row.requestId,
    effect: null,
  }
}

function fromEffect ({ createdAt, requestId, ...effect }: StoredEffect): TimelineEntry {
  return { at: new Date(createdAt), about: 'effect', what: 'queued', who: null, changes: {}, reason: null, requestId, effect }
}

/** What vendors send is no matter for a timeline. */
const UNTOLD: readonly string[] = ['rawData', 'encryptedVideoUrl']

function differences (before: Record<string, unknown>, after: Record<string, unknown>): TimelineEntry['changes'] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(field => !UNTOLD.includes(field))
  return Object.fromEntries(fields.map(field => [field, { before: before[field] ?? null, after: after[field] ?? null }]))
}

/** Fields of the learner's own that he may see change. */
const FOR_LEARNERS: readonly string[] = ['status', 'startedAt', 'completedAt', 'allowedTimeLimitMins', 'timeRemainingSeconds', 'takingAsProctored', 'readyToResume', 'resumed', 'isStatusAcknowledged']

/** What the learner himself is shown: what became of the attempt and when; not who decided, nor reviews, nor what was sent to whom. */
export function forLearner (entries: readonly TimelineEntry[], learner: string): TimelineEntry[] {
  return entries.filter(({ about }) => about === 'attempt').map(entry => ({
    ...entry,
    who: entry.who && { kind: entry.who.kind, name: entry.who.name === learner ? learner : '' },
    changes: Object.fromEntries(Object.entries(entry.changes).filter(([field]) => FOR_LEARNERS.includes(field))),
    reason: null,
    requestId: null,
  }))
}
