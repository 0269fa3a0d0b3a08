import { compareChannels, UNCHECKED_CHANNELS } from '../channels/compare.ts'
import { acceptableChannels } from '../deviation.ts'
import type { StepOf } from '../schema.ts'
import type { StepRunner } from '../world.ts'
import { firstHeld } from './first-held.ts'

export const runExpect: StepRunner<StepOf<'expect'>> = async (step, world) => {
  const { do: _, deviation, ...channels } = step
  const [fault] = world.stubs.webhooks.takeFaults()
  if (fault !== undefined) return { difference: { path: 'webhooks', expected: 'signed CloudEvents', actual: fault } }
  if (Object.keys(channels).length === 0) {
    world.ledger.skip()
    return null
  }
  for (const name of UNCHECKED_CHANNELS) if (name in channels) world.unchecked.add(name)
  const taken = world.ledger.take()
  const pairs = acceptableChannels(channels, deviation).flatMap(expected => taken.map(recorded => ({ expected, recorded })))
  const difference = firstHeld(pairs, world, ({ expected, recorded }, captures) => compareChannels(expected, recorded, captures))
  return difference && { difference }
}
