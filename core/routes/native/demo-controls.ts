import { Type, type FastifyPluginAsyncTypebox, type Static } from '@fastify/type-provider-typebox'
import type { DemoClock } from '../../clock.ts'
import { INV_BAD_REQUEST } from '../../errors.ts'

export interface DemoControlsOptions { clock: DemoClock }

/** Exactly one of the three, e.g. `{"advance_seconds": 60}`. */
const MoveSchema = Type.Object({
  freeze: Type.Optional(Type.String({ format: 'date-time' })),
  advance_seconds: Type.Optional(Type.Number({ minimum: 0, maximum: 3_155_760_000 })),
  release: Type.Optional(Type.Literal(true)),
}, { minProperties: 1, maxProperties: 1 })
const FIRST = Date.parse('1970-01-01T00:00:00Z')
const LAST = Date.parse('2999-12-31T23:59:59Z')
const NowSchema = Type.Object({ now: Type.String({ format: 'date-time' }) })
const DrainedSchema = Type.Object({ delivered: Type.Integer(), failed: Type.Integer() })

/** Moves the clock and empties the outbox: for demonstrations and tests. Register it only where `demo.clock` is on. */
const demoControls: FastifyPluginAsyncTypebox<DemoControlsOptions> = async (app, { clock }) => {
  app.post('/demo/clock', {
    config: { permission: 'public' },
    schema: { summary: 'Freeze, advance or release the demo clock; answers when what became due is done', tags: ['demo'], body: MoveSchema, response: { 200: NowSchema } },
  }, async ({ body }) => {
    const before = clock.now()
    moveClock(clock, body)
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

function moveClock (clock: DemoClock, { freeze, advance_seconds: seconds, release }: Static<typeof MoveSchema>): void {
  if (freeze !== undefined) clock.freeze(withinReason(new Date(freeze)))
  else if (seconds !== undefined) {
    withinReason(new Date(clock.now().getTime() + seconds * 1000))
    clock.advance(seconds)
  } else if (release) clock.release()
  else throw new INV_BAD_REQUEST('Expected "freeze", "advance_seconds" or "release".')
}

/** Leaves room on both sides for deadlines and due dates. */
function withinReason (time: Date): Date {
  if (time.getTime() >= FIRST && time.getTime() <= LAST) return time
  throw new INV_BAD_REQUEST('The demo clock shows times of the years 1970 to 2999.')
}
