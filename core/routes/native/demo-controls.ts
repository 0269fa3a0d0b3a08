import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { DemoClock } from '../../clock.ts'

export interface DemoControlsOptions { clock: DemoClock }

/** One of the three, e.g. `{"advance_seconds": 60}`. */
const MoveSchema = Type.Union([
  Type.Object({ freeze: Type.String({ format: 'date-time' }) }, { additionalProperties: false }),
  Type.Object({ advance_seconds: Type.Number({ minimum: 0, maximum: 3_155_760_000 }) }, { additionalProperties: false }),
  Type.Object({ release: Type.Literal(true) }, { additionalProperties: false }),
])
const NowSchema = Type.Object({ now: Type.String({ format: 'date-time' }) })
const DrainedSchema = Type.Object({ delivered: Type.Integer(), failed: Type.Integer() })

/** Moves the clock and empties the outbox: for demonstrations and tests. Register it only where `demo.clock` is on. */
const demoControls: FastifyPluginAsyncTypebox<DemoControlsOptions> = async (app, { clock }) => {
  app.post('/demo/clock', {
    config: { permission: 'public' },
    schema: { summary: 'Freeze, advance or release the demo clock; answers when what became due is done', tags: ['demo'], body: MoveSchema, response: { 200: NowSchema } },
  }, async ({ body }) => {
    const before = clock.now()
    if ('freeze' in body) clock.freeze(new Date(body.freeze))
    else if ('advance_seconds' in body) clock.advance(body.advance_seconds)
    else clock.release()
    const now = clock.now().toISOString()
    await app.effects.catchUp(before)
    return { now }
  })

  app.post('/demo/drain', {
    config: { permission: 'public' },
    schema: { summary: 'Deliver every due effect; answers when none is left', tags: ['demo'], response: { 200: DrainedSchema } },
  }, () => app.effects.drain())
}

export default demoControls
