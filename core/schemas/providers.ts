import { Type } from 'typebox'
import { SEVERITIES } from '../operate/troubles.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])
const Count = Type.Integer()
const NullableList = (description: string) => Type.Union([Type.Array(Type.String()), Type.Null()], { description })

const QueueSchema = Type.Object({
  pending: Count,
  dead: Count,
  oldest_pending_seconds: Type.Number(),
}, { description: 'effects that wait for this vendor, of all processes' })

const HealthSchema = Type.Object({
  circuit: Type.Enum(['closed', 'open', 'half-open'], { description: 'open = the vendor failed too often and is left alone for a while' }),
  retry_at: NullableText,
  pending: Count,
  counts: Type.Record(Type.String(), Count),
  p50_ms: Type.Union([Type.Number(), Type.Null()]),
  last_errors: Type.Array(Type.Object({ at: Type.String(), method: Type.String(), code: Type.String(), message: Type.String() }), { description: 'newest first' }),
})

const dependants = {
  exams: Type.Integer({ description: 'active proctored exams that name it' }),
  live_attempts: Type.Integer({ description: 'learners whose exam is running under it' }),
}

export const ProviderSchema = Type.Object({
  name: Type.String(),
  is_default: Type.Boolean(),
  state: Type.Enum(['ready', 'disabled', 'retired']),
  package: NullableText,
  version: NullableText,
  entry_point: NullableText,
  contract: NullableText,
  attributes: Type.Record(Type.String(), Type.Unknown(), { description: 'secrets only as "set"' }),
  capabilities: Type.Array(Type.String()),
  serves: Type.Object({ courses: NullableList('course keys, or how some begin and a *'), organizations: NullableList('first parts of course keys') }, { description: 'both null = every course' }),
  health: HealthSchema,
  faults: Type.Array(Type.String()),
  queue: QueueSchema,
  ...dependants,
  troubles: Type.Array(Type.Object({ code: Type.String(), severity: Type.Enum([...SEVERITIES]), what: Type.String(), todo: Type.String() }), { description: 'what an operator should look at, the worst first' }),
}, { title: 'Provider' })

export const MissingProviderSchema = Type.Object({ name: Type.String(), ...dependants, queue: QueueSchema }, { title: 'MissingProvider' })
