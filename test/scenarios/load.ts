import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Check, Errors } from 'typebox/value'
import { checkStep } from './check-step.ts'
import { unknownSettings } from './invigil/settings-map.ts'
import { isObject, parseJson, type JsonObject } from './json.ts'
import { ScenarioSchema, type Scenario } from './schema.ts'

export interface Choice { area?: string, only?: string }
export interface Loaded { scenarios: Scenario[], faults: string[] }

/** All scenario files of a folder (`<area>/<id>.json`), in order of their names. What cannot be understood is a fault. */
export function loadScenarios (folder: string, choice: Choice = {}): Loaded {
  const files = globSync('*/*.json', { cwd: folder }).sort().filter(file => isChosen(file, choice))
  const read = files.map(file => readScenario(folder, file))
  return {
    scenarios: read.flatMap(entry => 'scenario' in entry ? [entry.scenario] : []),
    faults: read.flatMap(entry => 'faults' in entry ? entry.faults : []),
  }
}

/** The settings in force unless a scenario changes them, and where its clock starts. */
export function loadBaseline (folder: string): { clock: string, settings: JsonObject } {
  const file = join(folder, 'baseline.json')
  const read = parseJson(readFileSync(file, 'utf8'))?.value
  if (!isObject(read) || typeof read.clock !== 'string' || !isObject(read.settings)) {
    throw new Error(`${file} must be an object with "clock" and "settings"`)
  }
  return { clock: read.clock, settings: read.settings }
}

function isChosen (file: string, { area, only }: Choice): boolean {
  if (area !== undefined && dirname(file) !== area) return false
  return only === undefined || wildcard(only).test(basename(file, '.json'))
}

/** `*` stands for any text; without one the pattern is an id. */
const wildcard = (pattern: string) => new RegExp(`^${pattern.split('*').map(part => part.replace(/[^\w-]/g, '\\$&')).join('.*')}$`)

function readScenario (folder: string, file: string): { scenario: Scenario } | { faults: string[] } {
  const parsed = parseJson(readFileSync(join(folder, file), 'utf8'))
  if (!parsed) return { faults: [`${file}: this is no JSON`] }
  const faults = checkScenario(parsed.value, file)
  if (faults.length > 0 || !isScenario(parsed.value)) return { faults }
  return { scenario: parsed.value }
}

/** Called after `checkScenario` found no fault: that check covers the steps one by one. */
const isScenario = (value: unknown): value is Scenario => Check(ScenarioSchema, value)

function checkScenario (value: unknown, file: string): string[] {
  if (!Check(ScenarioSchema, value)) return Errors(ScenarioSchema, value).map(fault => `${file}${fault.instancePath}: ${fault.message}`)
  return [
    ...(value.id === basename(file, '.json') && value.area === dirname(file) ? [] : [`${file}: id or area does not fit the name of the file`]),
    ...unknownSettings(value.settings).map(name => `${file}: setting "${name}" is not known`),
    ...value.steps.flatMap((step, index) => checkStep(step, `${file} step ${index + 1}`)),
  ]
}
