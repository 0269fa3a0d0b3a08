import { compareChannels, unasked } from '../channels/compare.ts'
import type { Recorded } from '../channels/ledger.ts'
import { compareStored, readStored, type StoredAnswers } from '../channels/stored.ts'
import { acceptableChannels } from '../deviation.ts'
import type { Channels, StepOf } from '../schema.ts'
import type { StepRunner } from '../world.ts'
import { firstHeld } from './first-held.ts'

/** One way in which the step may hold. */
interface Candidate { expected: Channels, recorded: Recorded, stored: StoredAnswers }

export const runExpect: StepRunner<StepOf<'expect'>> = async (step, world) => {
  const { do: _, deviation, ...channels } = step
  const [fault] = world.stubs.webhooks.takeFaults()
  if (fault !== undefined) return { difference: { path: 'webhooks', expected: 'signed CloudEvents', actual: fault } }
  if (Object.keys(channels).length === 0) {
    world.ledger.skip()
    return null
  }
  const taken = world.ledger.take()
  for (const name of unasked(channels, taken[0] ?? {})) world.unchecked.add(`look-up ${name}`)
  const candidates: Candidate[] = []
  for (const expected of acceptableChannels(channels, deviation)) {
    const stored = await readStored(expected, world)
    candidates.push(...taken.map(recorded => ({ expected, recorded, stored })))
  }
  const difference = firstHeld(candidates, world, ({ expected, recorded, stored }, captures) =>
    compareChannels(expected, recorded, captures) ?? compareStored(expected, stored, captures))
  return difference && { difference }
}
