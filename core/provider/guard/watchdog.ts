import { url as inspectorUrl } from 'node:inspector'
import { Worker } from 'node:worker_threads'
import { STEPS } from './steps.ts'

/** Half of what a step may take at all, and time enough for a large package on a slow machine. */
const PATIENCE_MS = 10_000
const TICK_MS = 250

/**
 * Notices a provider that never gives the event loop back while it starts: no timer of ours fires then, so a thread of its own looks. It names the
 * provider on stderr and ends the process. A process under a debugger stands still for other reasons and is left alone.
 */
export function startWatchdog (patienceMs = PATIENCE_MS): () => void {
  if (inspectorUrl() !== undefined) return () => {}
  let watch: Watch | null = null
  const tell = (step: unknown) => {
    watch ??= openWatch(patienceMs)
    watch.tell(step)
  }
  STEPS.subscribe(tell)
  return () => {
    STEPS.unsubscribe(tell)
    watch?.close()
  }
}

interface Watch { tell (step: unknown): void, close (): void }

function openWatch (patienceMs: number): Watch {
  const beats = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./watchdog-thread.ts', import.meta.url), { workerData: { beats, tickMs: TICK_MS, patienceMs }, execArgv: [] })
  worker.unref()
  const heart = setInterval(() => { Atomics.add(beats, 0, 1) }, TICK_MS / 2)
  heart.unref()
  return {
    tell: step => { worker.postMessage(step) },
    close () {
      clearInterval(heart)
      worker.terminate().catch(() => {})
    },
  }
}
