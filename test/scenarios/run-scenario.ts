import { lackedAbility } from './abilities.ts'
import type { Difference } from './comparison.ts'
import { drain, moveClock } from './invigil/control.ts'
import type { ScenarioDatabase } from './invigil/database.ts'
import { introduce } from './invigil/introduce.ts'
import { flattenSettings } from './invigil/settings-map.ts'
import { startInvigil } from './invigil/start.ts'
import { layOver, type JsonObject } from './json.ts'
import type { Scenario } from './schema.ts'
import { runStep } from './steps/index.ts'
import type { Stubs } from './stubs/index.ts'
import type { Problem, World } from './world.ts'

export interface Failure {
  /** Counted from 1; 0 = before the first step. */
  step: number
  did: string
  difference?: Difference
  came?: string
  error?: string
}

export interface Outcome {
  id: string
  area: string
  verdict: 'passed' | 'failed' | 'skipped'
  ms: number
  /** Why it was skipped. */
  reason?: string
  failure?: Failure
  /** Channels that were named and not looked at. */
  unchecked: string[]
}

export interface Ground { stubs: Stubs, database: ScenarioDatabase, dataDir: string, baseline: { clock: string, settings: JsonObject } }

/** Plays one scenario from an empty database; stops at the first step that does not hold. */
export async function runScenario (scenario: Scenario, ground: Ground): Promise<Outcome> {
  const started = performance.now()
  const about = { id: scenario.id, area: scenario.area }
  const reason = lackedAbility(scenario)
  if (reason !== null) return { ...about, verdict: 'skipped', reason, ms: 0, unchecked: [] }
  const unchecked = new Set<string>()
  const failure = await play(scenario, ground, unchecked)
  return { ...about, verdict: failure ? 'failed' : 'passed', ms: Math.round(performance.now() - started), unchecked: [...unchecked], ...(failure && { failure }) }
}

async function play (scenario: Scenario, ground: Ground, unchecked: Set<string>): Promise<Failure | null> {
  const cleanUps: Array<() => Promise<void>> = []
  try {
    const world = await openWorld(scenario, ground, unchecked, cleanUps)
    return await playSteps(scenario, world)
  } catch (error) {
    return { step: 0, did: 'setting up', error: describe(error) }
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  }
}

async function openWorld (scenario: Scenario, { stubs, database, dataDir, baseline }: Ground, unchecked: Set<string>, cleanUps: Array<() => Promise<void>>): Promise<World> {
  const actors = new Map(Object.entries(scenario.actors))
  const settings = layOver(flattenSettings(baseline.settings), flattenSettings(scenario.settings))
  await database.empty()
  stubs.reset(actors.values())
  const invigil = await startInvigil(settings, { stubs, databaseUrl: database.url, dataDir })
  cleanUps.push(invigil.stop)
  const now = await moveClock(invigil.port, { freeze: baseline.clock })
  const world: World = { stubs, captures: new Map(), actors, jars: new Map(), unchecked, settings, now, invigil }
  await introduce(world, actors.keys())
  stubs.reset(actors.values())
  return world
}

/** Before each step Invigil finishes what it owes to the steps before, so that every effect meets the world it was meant for. */
async function playSteps ({ steps }: Scenario, world: World): Promise<Failure | null> {
  for (const [index, step] of steps.entries()) {
    const problem = await drain(world.invigil.port).then(() => runStep(step, world)).catch(asError)
    if (problem) return { step: index + 1, did: step.do, ...problem }
  }
  const [fault] = world.stubs.webhooks.takeFaults()
  return fault === undefined ? null : { step: steps.length, did: 'end', error: fault }
}

const asError = (error: unknown): Partial<Problem> & { error: string } => ({ error: describe(error) })

/** The message and the nearest frames: the rest is Node. */
const describe = (error: unknown) => error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n') : String(error)
