import { acceptable } from '../deviation.ts'
import { ADMINISTRATION } from '../invigil/administration.ts'
import { HOST_API } from '../invigil/host-api.ts'
import { isObject } from '../json.ts'
import { match } from '../matcher.ts'
import { fill } from '../placeholders.ts'
import type { StepOf } from '../schema.ts'
import { actorOf, type StepRunner } from '../world.ts'
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

export const runHostApi: StepRunner<StepOf<'host_api'>> = async (step, world) => {
  const args = fill(step.args, world.captures)
  const called = HOST_API[step.name]?.(world.invigil.app.domain, isObject(args) ? args : {}, world)
  const value = await attemptTo(called ?? Promise.resolve(undefined))
  const difference = firstHeld(acceptable(step), world, (expected, captures) =>
    match(expected.raises ?? false, value === REFUSED, { captures }, 'raises') ??
    ('value' in expected ? match(expected.value, value, { captures }, 'value') : null))
  return difference && { difference, came: `${step.name} ${JSON.stringify(args)}` }
}

export const runAdmin: StepRunner<StepOf<'admin'>> = async (step, world) => {
  const values = fill(step.values ?? {}, world.captures)
  const attempt = fill(step.attempt, world.captures)
  const attemptCode = fill(step.attempt_code, world.captures)
  const saving = { attempt, attemptCode, values: isObject(values) ? values : {}, by: actorOf(world, step.as) }
  const saved = await attemptTo(ADMINISTRATION[step.action]?.(world.invigil.app.domain, saving) ?? Promise.resolve(undefined))
  const difference = firstHeld(acceptable(step), world, (expected, captures) => match(expected.ok, saved !== REFUSED, { captures }, 'ok'))
  return difference && { difference, came: `${step.action} ${JSON.stringify(saving.values)}` }
}
