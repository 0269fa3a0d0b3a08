import { acceptable } from '../deviation.ts'
import { administrate } from '../invigil/administration.ts'
import { callHostFunction } from '../invigil/host-api.ts'
import { isObject, type JsonObject } from '../json.ts'
import { match } from '../matcher.ts'
import { fill } from '../placeholders.ts'
import type { StepOf } from '../schema.ts'
import { actorOf, type StepRunner, type World } from '../world.ts'
import { firstHeld } from './first-held.ts'

/** The steps that have no HTTP in the original: functions of the host and savings in the administration. */

const REFUSED = Symbol('refused')

/** What Invigil refuses is an answer; what it does not foresee is an error of the replay. */
async function attemptTo<T> (work: Promise<T>): Promise<T | typeof REFUSED> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) return REFUSED
    throw error
  }
}

function fillValues (values: unknown, { captures }: World): JsonObject {
  const filled = fill(values, captures)
  return isObject(filled) ? filled : {}
}

export const runHostApi: StepRunner<StepOf<'host_api'>> = async (step, world) => {
  const args = fillValues(step.args, world)
  const value = await attemptTo(callHostFunction(step.name, args, world))
  const difference = firstHeld(acceptable(step), world, (expected, captures) =>
    match(expected.raises ?? false, value === REFUSED, { captures }, 'raises') ??
    ('value' in expected ? match(expected.value, value, { captures }, 'value') : null))
  return difference && { difference, came: `${step.name} ${JSON.stringify(args)}` }
}

export const runAdmin: StepRunner<StepOf<'admin'>> = async (step, world) => {
  const { attempt, attempt_code: attemptCode, exam, values = {} } = step
  const filled = fillValues({ attempt, attemptCode, exam }, world)
  const saving = { attempt: filled.attempt, attemptCode: filled.attemptCode, exam: filled.exam, values: fillValues(values, world) }
  const saved = await attemptTo(administrate(step.action, saving, actorOf(world, step.as), world))
  const difference = firstHeld(acceptable(step), world, (expected, captures) => match(expected.ok, saved !== REFUSED, { captures }, 'ok'))
  return difference && { difference, came: `${step.action} ${JSON.stringify(saving)}` }
}
