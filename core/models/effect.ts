import { defineEntity, p } from '@mikro-orm/core'

const index = (name: string, on: string, where: string) =>
  ({ name, expression: `create index "${name}" on "effect" ${on} where ${where}` })

/**
 * What has to leave the house: the outbox. A stream is delivered strictly by id; only its oldest pending row may be leased.
 * Times are the application's clock, except `leasedUntil`: a lease is about a living process, so it is the database's own time.
 */
export const EffectEntity = defineEntity({
  name: 'Effect',
  tableName: 'effect',
  properties: {
    id: p.bigint('number').primary(),
    subject: p.string().length(255),
    stream: p.string().length(255),
    kind: p.string().length(16),
    payload: p.json(),
    idempotencyKey: p.string().length(64),
    createdAt: p.datetime(3),
    dueAt: p.datetime(3),
    tries: p.integer().default(0),
    lastError: p.text().nullable(),
    /** pending, delivered or dead */
    state: p.string().length(16).default('pending'),
    leasedUntil: p.datetime(3).nullable(),
    deliveredAt: p.datetime(3).nullable(),
    requestId: p.string().length(255).nullable(),
  },
  uniques: [{ properties: ['idempotencyKey'] }],
  indexes: [
    { properties: ['subject', 'id'] },
    { properties: ['kind', 'id'] },
    index('effect_stream_head_index', '("stream", "id")', "state = 'pending'"),
    index('effect_due_index', '("due_at")', "state = 'pending'"),
    index('effect_dead_index', '("id")', "state = 'dead'"),
    index('effect_delivered_index', '("delivered_at")', "state = 'delivered'"),
  ],
})
