import { defineEntity, p } from '@mikro-orm/core'

/** What happened to any record: append-only, the source of every timeline. */
export const HistoryEntity = defineEntity({
  name: 'History',
  tableName: 'history',
  properties: {
    id: p.bigint('number').primary(),
    entity: p.string().length(32),
    entityId: p.integer(),
    /** `+` created, `~` changed, `-` removed. */
    change: p.character().length(1),
    before: p.json().nullable(),
    after: p.json().nullable(),
    actorKind: p.string().length(16),
    actorUserId: p.integer().nullable(),
    actorName: p.string().length(255),
    reason: p.string().length(255).nullable(),
    requestId: p.string().length(255).nullable(),
    at: p.datetime(3),
  },
  indexes: [{ properties: ['entity', 'entityId', 'id'] }],
})
