import { writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { Step } from './steps.ts'

/*
 * Runs beside the event loop, so it can speak when that cannot. It counts its own ticks in which the loop did not move: a process that was stopped
 * and goes on has missed none.
 */
interface Watch { beats: Int32Array, tickMs: number, patienceMs: number }

const { beats, tickMs, patienceMs }: Watch = workerData
const PATIENCE = Math.ceil(patienceMs / tickMs)

let step: Step | null = null
let seen = 0
let missed = 0

parentPort?.on('message', (message: Step | null) => {
  step = message
  missed = 0
})

setInterval(() => {
  const now = Atomics.load(beats, 0)
  missed = step === null || now !== seen ? 0 : missed + 1
  seen = now
  if (step !== null && missed >= PATIENCE) giveUp(step)
}, tickMs)

/** No handler of the process can run any more, so it is not asked. */
function giveUp ({ provider, package: from, step: what }: Step): void {
  writeSync(2, `Invigil cannot start.\nProvider '${provider}' (package '${from}'): ${what} has kept the process busy for ${patienceMs / 1000} s without a pause, and nothing else can run. ` +
    'The process is ended. The fault is in the package: tell its author, or start without it.\n')
  process.kill(process.pid, 'SIGKILL')
}
