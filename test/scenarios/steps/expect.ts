import { compareChannels, takeRecorded, UNCHECKED_CHANNELS } from '../channels/compare.ts'
import { acceptableChannels } from '../deviation.ts'
import type { StepOf } from '../schema.ts'
import type { StepRunner } from '../world.ts'
import { firstHeld } from './first-held.ts'

export const runExpect: StepRunner<StepOf<'expect'>> = async (step, world) => {
  const { do: _, deviation, ...channels } = step
  const recorded = takeRecorded(world.stubs)
  const [fault] = world.stubs.webhooks.takeFaults()
  if (fault !== undefined) return { difference: { path: 'webhooks', expected: 'signed CloudEvents', actual: fault } }
  for (const name of UNCHECKED_CHANNELS) if (name in channels) world.unchecked.add(name)
  const difference = firstHeld(acceptableChannels(channels, deviation), world, (expected, captures) => compareChannels(expected, recorded, captures))
  return difference && { difference }
}
