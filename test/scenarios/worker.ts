import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from './invigil/database.ts'
import { makeHostRoot } from './invigil/host-root.ts'
import { loadBaseline } from './load.ts'
import { runScenario } from './run-scenario.ts'
import type { Scenario } from './schema.ts'
import { startStubs } from './stubs/index.ts'

/** A process of its own that plays the scenarios it is sent, one after the other: `fork('worker.ts', [folder])`. */
const stubs = await startStubs()
/** Shared by all scenarios of this process: what Invigil bundles once it need not bundle again. */
const dataDir = mkdtempSync(join(tmpdir(), 'invigil-scenarios-'))
const database = await openDatabase()
const ground = { stubs, database, dataDir, hostRoot: makeHostRoot(dataDir), baseline: loadBaseline(process.argv[2] ?? '.') }

process.on('message', (scenario: Scenario) => {
  runScenario(scenario, ground).then(outcome => process.send?.(outcome), error => {
    console.error(error)
    process.exit(1)
  })
})
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))
const leave = () => database.close().then(() => process.exit(0), () => process.exit(1))
process.on('disconnect', leave)
// nobody waited for the start to end
if (!process.connected) await leave()
