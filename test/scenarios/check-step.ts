import { Errors } from 'typebox/value'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { channelRowFaults } from './channels/shapes.ts'
import { checkExpectation } from './check-expectation.ts'
import { unknownSettings } from './invigil/settings-map.ts'
import { isObject, type JsonObject } from './json.ts'
import { CHANNEL_NAMES, STEP_SCHEMAS, type StepKind } from './schema.ts'

const COMPILED = new Map(Object.entries(STEP_SCHEMAS).map(([kind, schema]) => [kind, Compile<TSchema>(schema)]))

export function isStepKind (word: string): word is StepKind {
  return Object.hasOwn(STEP_SCHEMAS, word)
}

/** Says everything in a step that the replayer would not understand. */
export function checkStep (step: JsonObject, path: string): string[] {
  const kind = String(step.do)
  const schema = COMPILED.get(kind)
  if (!schema || !isStepKind(kind)) return [`${path}: "${kind}" is no step`]
  if (!schema.Check(step)) return Errors(STEP_SCHEMAS[kind], step).map(fault => `${path}${fault.instancePath}: ${fault.message}`)
  return [
    ...expectationsIn(step).flatMap(expectation => checkExpectation(expectation, path)),
    ...channelSetsIn(step).flatMap(set => channelRowFaults(set, path)),
    ...(kind === 'settings' && isObject(step.set) ? unknownSettings(step.set).map(name => `${path}: setting "${name}" is not known`) : []),
  ]
}

function expectationsIn (step: JsonObject): unknown[] {
  const { deviation } = step
  return [step.expect, isObject(deviation) ? deviation.new : undefined, ...CHANNEL_NAMES.map(name => step[name])]
}

function channelSetsIn (step: JsonObject): JsonObject[] {
  if (step.do !== 'expect') return []
  const { deviation } = step
  return isObject(deviation) && isObject(deviation.new) ? [step, deviation.new] : [step]
}
