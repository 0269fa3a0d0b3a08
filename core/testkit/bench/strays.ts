import { containStrayErrors } from '../../provider/guard/stray-errors.ts'
import type { LoadedProvider } from '../../provider/registry.ts'
import { until } from './bench.ts'

/** Errors a provider left to nobody are written down under its name, as in the service; they end neither the run nor the process around it. */
export async function containStrays<T> (work: () => Promise<T>): Promise<T> {
  const rejections = process.listeners('unhandledRejection')
  const exceptions = process.listeners('uncaughtException')
  process.removeAllListeners('unhandledRejection')
  process.removeAllListeners('uncaughtException')
  const stop = containStrayErrors({
    // whoever listened before hears it: thrown from here it is an uncaught error
    onOwnError (error) { restore(); throw error },
  })
  let isRestored = false
  const restore = () => {
    if (isRestored) return
    isRestored = true
    stop()
    for (const listener of rejections) process.on('unhandledRejection', listener)
    for (const listener of exceptions) process.on('uncaughtException', listener)
  }
  return work().finally(restore)
}

/** What a provider left to nobody since it was started. Waited for, as it may come a little later. */
export async function findStrays (provider: LoadedProvider, waitMs = 100): Promise<string[]> {
  const strays = () => provider.health().lastErrors.filter(({ method }) => method === 'background').map(({ message }) => message)
  await until(() => strays().length > 0, waitMs)
  return strays()
}
