import { setTimeout as sleep } from 'node:timers/promises'
import { createTrialDatabases } from '../house/database.ts'
import { describeEntry, readConformance } from '../target/read-conformance.ts'
import { readManifest } from '../target/read-package.ts'
import type { Target } from '../target/target.ts'
import { openBench } from './bench.ts'
import type { ClosingOrder } from './closing.ts'
import { FAULTS } from './faults.ts'
import { hear } from './heard.ts'
import { METHOD_CALLS, METHODS } from './method-calls.ts'
import { KNOWN_SCENE, prepareScene } from './scene.ts'
import { containStrays } from './strays.ts'

/** A process of its own: works with a provider, closes it with a call under way, and should then end by itself. */
async function liveOnce (order: ClosingOrder): Promise<void> {
  const manifest = await readManifest(order.folder)
  const { definition, file } = await readConformance(order.folder, manifest)
  const { vendor, review, worker, routes } = describeEntry(definition, order.entry)
  const target: Target = { ...order, manifest, vendor: vendor ?? null, review, worker, routes, conformanceFile: file, databases: createTrialDatabases(null, order.workDir) }
  const bench = await openBench(target)
  const scene = await prepareScene(bench.provider).catch(() => KNOWN_SCENE)
  for (const method of METHODS.filter(name => bench.provider.has(name))) for (const { ask } of METHOD_CALLS[method](scene, target)) await hear(ask(bench.provider))
  bench.line.disturb(FAULTS.find(({ id }) => id === 'silent') ?? null)
  const [registration] = METHOD_CALLS.registerAttempt(scene, target)
  const underWay = registration ? hear(registration.ask(bench.provider)) : undefined
  await sleep(20)
  const startedAt = performance.now()
  await bench.close()
  await underWay
  process.stdout.write(`\n${JSON.stringify({ closedMs: Math.round(performance.now() - startedAt), open: process.getActiveResourcesInfo() })}\n`)
}

if (import.meta.main) await containStrays(() => liveOnce(JSON.parse(process.argv[2] ?? '{}')))
