import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { DELIVERY_KINDS, EFFECT_STATES } from '../../effects/kinds.ts'
import type { EffectView } from '../../effects/ledger.ts'
import { INV_EFFECT_NOT_FOUND } from '../../errors.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])
const StateSchema = Type.Enum([...EFFECT_STATES])
const KindSchema = Type.Enum([...DELIVERY_KINDS])

const EffectSchema = Type.Object({
  id: Type.Integer(),
  subject: Type.String({ description: 'what it is about, e.g. attempt:41' }),
  stream: Type.String({ description: 'effects of one stream are delivered in order' }),
  kind: KindSchema,
  what: Type.String(),
  state: StateSchema,
  tries: Type.Integer(),
  created_at: Type.String(),
  due_at: Type.String(),
  delivered_at: NullableText,
  last_error: NullableText,
  request_id: NullableText,
}, { title: 'Effect' })
const ListQuerySchema = Type.Object({
  state: Type.Optional(StateSchema),
  kind: Type.Optional(KindSchema),
  subject: Type.Optional(Type.String({ maxLength: 255 })),
  provider: Type.Optional(Type.String({ maxLength: 255, description: 'only what is for this vendor' })),
  before: Type.Optional(Type.Integer({ minimum: 1, description: 'only effects with a smaller id: the `next` of the page before' })),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
})
const ListSchema = Type.Object({
  effects: Type.Array(EffectSchema),
  next: Type.Union([Type.Integer(), Type.Null()]),
  counts: Type.Object({ pending: Type.Integer(), dead: Type.Integer(), oldest_pending_seconds: Type.Number() }),
})

/** What waits to leave the house, what was given up, and "retry now". Relative to `/api/invigil/v1`. */
const effectRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/effects', {
    config: { permission: 'staff' },
    schema: { summary: 'Effects, newest first', tags: ['effects'], querystring: ListQuerySchema, response: { 200: ListSchema } },
  }, async ({ query }) => {
    const [found, counts] = await Promise.all([app.effects.list(query), app.effects.counts()])
    return {
      effects: found.map(toWire),
      next: found.length === query.limit ? found.at(-1)?.id ?? null : null,
      counts: { pending: counts.pending, dead: counts.dead, oldest_pending_seconds: counts.oldestPendingSeconds },
    }
  })

  app.post('/effects/:id/retry', {
    config: { permission: 'staff', refuses: ['INV_EFFECT_NOT_FOUND'] },
    schema: { summary: 'Send a dead or waiting effect again now', tags: ['effects'], params: Type.Object({ id: Type.Integer({ minimum: 1 }) }), response: { 200: EffectSchema } },
  }, async ({ params }) => {
    const effect = await app.effects.retry(params.id)
    if (!effect) throw new INV_EFFECT_NOT_FOUND(params.id)
    return toWire(effect)
  })
}

export default effectRoutes

function toWire ({ createdAt, dueAt, deliveredAt, lastError, requestId, ...same }: EffectView) {
  return { ...same, created_at: createdAt, due_at: dueAt, delivered_at: deliveredAt, last_error: lastError, request_id: requestId }
}
