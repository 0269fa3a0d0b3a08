import { introduce } from '../invigil/introduce.ts'
import { moveClock } from '../invigil/control.ts'
import { changeSettings } from '../invigil/settings-map.ts'
import { isObject } from '../json.ts'
import { fill } from '../placeholders.ts'
import type { StepOf } from '../schema.ts'
import { actorOf, type StepRunner } from '../world.ts'

/** The steps that change what surrounds Invigil. None of them expects anything. */

export const runClock: StepRunner<StepOf<'clock'>> = async (step, world) => {
  world.ledger.collect()
  const to = step.set === undefined ? { advance_seconds: step.advance_seconds ?? 0 } : { freeze: step.set }
  world.now = await moveClock(world.invigil.port, to)
  world.ledger.collect(true)
  return null
}

const isBroken = (answer: unknown) => isObject(answer) && '$raise' in answer

export const runService: StepRunner<StepOf<'service'>> = async (step, { stubs, captures }) => {
  const filled = { ...step, ...('answer' in step && { answer: fill(step.answer, captures) }) }
  if (step.service === 'mail') stubs.mail.setBroken(isBroken(filled.answer))
  else if (step.service === 'tracker') stubs.webhooks.setBroken(isBroken(filled.answer))
  else stubs.lms.set(filled)
  return null
}

export const runVendor: StepRunner<StepOf<'vendor'>> = async (step, { stubs, captures }) => {
  const { answer } = step
  stubs.vendors.addRule('json' in answer ? { ...step, answer: { ...answer, json: fill(answer.json, captures) } } : step)
  return null
}

export const runSettings: StepRunner<StepOf<'settings'>> = async (step, world) => {
  world.settings = changeSettings(world.settings, step.set)
  await world.invigil.restart(world.settings)
  await moveClock(world.invigil.port, { freeze: world.now })
  return null
}

export const runActor: StepRunner<StepOf<'actor'>> = async (step, world) => {
  world.actors.set(step.as, { ...actorOf(world, step.as), ...step.set })
  await introduce(world, [step.as])
  return null
}
