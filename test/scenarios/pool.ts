import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describeRun, joinRun } from '../helper/postgres-run.ts'
import type { Outcome } from './run-scenario.ts'
import type { Scenario } from './schema.ts'

export interface PoolOptions {
  folder: string
  jobs: number
  onOutcome? (outcome: Outcome): void
}

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))
/** Longer than the longest scenario takes on a busy machine. */
const PATIENCE_MS = 600_000
/** Every service that is built and closed leaves some memory behind in its process. */
const SCENARIOS_PER_PROCESS = 60

/** Plays the scenarios in processes of their own, each with its own stubs; answers in the order given. */
export async function runAll (scenarios: readonly Scenario[], { folder, jobs, onOutcome }: PoolOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = new Array(scenarios.length)
  const queue = scenarios.entries()
  const env = { ...process.env, TEST_DATABASE_URL: await findServer() }
  const work = async () => {
    let worker = startWorker(folder, env)
    let played = 0
    for (const [index, scenario] of queue) {
      if (played === SCENARIOS_PER_PROCESS || worker.killed || !worker.connected) {
        dismiss(worker)
        worker = startWorker(folder, env)
        played = 0
      }
      const outcome = await playIn(worker, scenario)
      played++
      outcomes[index] = outcome
      onOutcome?.(outcome)
    }
    dismiss(worker)
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, scenarios.length)) }, work))
  return outcomes
}

/** All workers share one server; the helper would start one for each. */
async function findServer (): Promise<string> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return given
  const url = new URL(await joinRun(describeRun()))
  url.pathname = '/postgres'
  return url.href
}

function dismiss (worker: ChildProcess): void {
  if (worker.connected && !worker.killed) worker.disconnect()
}

const startWorker = (folder: string, env: NodeJS.ProcessEnv) => fork(WORKER, [folder], { env })

function playIn (worker: ChildProcess, scenario: Scenario): Promise<Outcome> {
  return new Promise(resolve => {
    const settle = (outcome: Outcome) => {
      clearTimeout(timer)
      worker.off('exit', onExit).off('message', settle)
      resolve(outcome)
    }
    const fail = (error: string) => settle({
      id: scenario.id, area: scenario.area, verdict: 'failed', ms: 0, unchecked: [], failure: { step: 0, did: 'playing', error },
    })
    const onExit = () => fail('the process that played it ended')
    const timer = setTimeout(() => {
      worker.kill('SIGKILL')
      fail(`not done after ${PATIENCE_MS / 1000} s`)
    }, PATIENCE_MS)
    worker.on('exit', onExit).on('message', settle)
    worker.send(scenario)
  })
}
