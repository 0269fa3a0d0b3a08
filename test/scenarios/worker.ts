import { loadBaseline } from './load.ts'
import { runScenario } from './run-scenario.ts'
import type { Scenario } from './schema.ts'
import { startStubs } from './stubs/index.ts'

/** A process of its own that plays the scenarios it is sent, one after the other: `fork('worker.ts', [folder])`. */
const stubs = await startStubs()
const ground = { stubs, baseline: loadBaseline(process.argv[2] ?? '.') }

process.on('message', (scenario: Scenario) => {
  runScenario(scenario, ground).then(outcome => process.send?.(outcome), error => {
    console.error(error)
    process.exit(1)
  })
})
process.on('disconnect', () => process.exit(0))
