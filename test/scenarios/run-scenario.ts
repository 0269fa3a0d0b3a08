import { lackedAbility } from './abilities.ts'
import { createLedger } from './channels/ledger.ts'
import type { Difference } from './comparison.ts'
import { drain, moveClock } from './invigil/control.ts'
import type { ScenarioDatabase } from './invigil/database.ts'
import { introduce } from './invigil/introduce.ts'
import { changeSettings, flattenSettings } from './invigil/settings-map.ts'
import { startInvigil } from './invigil/start.ts'
import type { JsonObject } from './json.ts'
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
  /** What was named and not looked at. */
  unchecked: string[]
}

/** What a process keeps from one scenario to the next. */
export interface Ground {
  stubs: Stubs
  database: ScenarioDatabase
  dataDir: string
  hostRoot: string
  baseline: { clock: string, settings: JsonObject }
}

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
  const { stubs, database, baseline } = ground
  const settings = changeSettings(flattenSettings(baseline.settings), scenario.settings)
  await database.empty()
  stubs.reset(Object.values(scenario.actors))
  const invigil = await startInvigil(settings, { ...ground, databaseUrl: database.url }).catch(asError)
  if ('error' in invigil) return { step: 0, did: 'starting', ...invigil }
  try {
    const now = await moveClock(invigil.port, { freeze: baseline.clock })
    const actors = new Map(Object.entries(scenario.actors))
    return await playSteps(scenario, { stubs, ledger: createLedger(stubs), captures: new Map(), actors, jars: new Map(), unchecked, settings, now, invigil })
  } catch (error) {
    return { step: 0, did: 'setting up', ...asError(error) }
  } finally {
    await invigil.stop()
  }
}

/** Before each step Invigil finishes what it owes to the steps before, so that every effect meets the world it was meant for. */
async function playSteps ({ steps }: Scenario, world: World): Promise<Failure | null> {
  await introduce(world, world.actors.keys())
  world.ledger.take()
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
