import type { DeliveryLog } from './deliver.ts'

export interface Sweeper { stop (): Promise<void> }

/** Runs the sweeps now and then until stopped; one that fails is told, and neither the others nor the next round wait for it to be mended. */
export function startSweeper (sweeps: readonly (() => Promise<unknown>)[], everySeconds: number, log: DeliveryLog): Sweeper {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let running = Promise.resolve()
  const runAll = async () => {
    for (const sweep of sweeps) {
      if (!isStopped) await sweep().catch((error: unknown) => log.warn({ err: error }, 'a regular look for overdue work failed'))
    }
    if (!isStopped) timer = setTimeout(() => { running = runAll() }, everySeconds * 1000)
  }
  running = runAll()
  return {
    async stop () {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
