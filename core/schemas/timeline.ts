import { Type, type Static } from 'typebox'
import { wireTime } from '../db/timestamps.ts'
import type { TimelineEntry } from '../domain/attempt/timeline.ts'
import { toSnakeCase } from '../snake-case.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])

const EffectOfTimelineSchema = Type.Object({
  id: Type.Integer(),
  kind: Type.String(),
  what: Type.String(),
  state: Type.String(),
  tries: Type.Integer(),
  due_at: Type.String(),
  delivered_at: NullableText,
  last_error: NullableText,
})

export const TimelineEntrySchema = Type.Object({
  at: Type.String(),
  about: Type.Enum(['attempt', 'review', 'effect']),
  what: Type.Enum(['created', 'changed', 'removed', 'queued']),
  who: Type.Union([Type.Object({ kind: Type.String(), name: Type.String() }), Type.Null()]),
  changes: Type.Record(Type.String(), Type.Object({ before: Type.Unknown(), after: Type.Unknown() })),
  reason: NullableText,
  request_id: NullableText,
  effect: Type.Union([EffectOfTimelineSchema, Type.Null()]),
}, { title: 'TimelineEntry' })
export type WireTimelineEntry = Static<typeof TimelineEntrySchema>

export function wireTimelineEntry ({ at, changes, requestId, effect, ...same }: TimelineEntry): WireTimelineEntry {
  return {
    ...same,
    at: wireTime(at),
    changes: Object.fromEntries(Object.entries(changes).map(([field, change]) => [toSnakeCase(field), change])),
    request_id: requestId,
    effect: effect && { id: effect.id, kind: effect.kind, what: effect.what, state: effect.state, tries: effect.tries, due_at: effect.dueAt, delivered_at: effect.deliveredAt, last_error: effect.lastError },
  }
}
