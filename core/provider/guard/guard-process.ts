import { performance } from 'node:perf_hooks'
import { keepProcess } from './keep-process.ts'
import { takeOutput } from './own-output.ts'
import { containStrayErrors, type StrayErrors } from './stray-errors.ts'
import { startWatchdog } from './watchdog.ts'

export interface ProcessGuard {
  /** All providers have started: nobody needs to look at the event loop any more. */
  started (): void
  close (): void
}

/**
 * Protects a process of ours from the packages it loads, as far as that can be done from within (docs/hostile-providers.md). For a process that
 * is the host's own: a platform that has the host inside decides these things itself. Call it before providers are loaded.
 */
export function guardProcess (options: StrayErrors & { patienceMs?: number }): ProcessGuard {
  const stopWatchdog = startWatchdog(options.patienceMs)
  const undo = [keepProcess(), containStrayErrors(options), takeOutput(() => performance.now())]
  return {
    started: stopWatchdog,
    close () {
      stopWatchdog()
      for (const restore of undo) restore()
    },
  }
}
