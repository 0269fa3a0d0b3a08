import { AsyncLocalStorage } from 'node:async_hooks'
import { sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Whose code runs. Follows timers, promises and events, so that what comes later is known to be its. */
export interface ProviderScope {
  readonly provider: string
  readonly package: string
  /** Real folder of the package. */
  readonly root: string
  /** Notes what the provider did outside of any call: logged, and counted in its health. */
  blame (what: string, thrown: unknown): void
  /** Takes what the provider printed, on the host's way to its log. */
  print (text: string): void
}

const running = new AsyncLocalStorage<ProviderScope>()
const open = new Set<ProviderScope>()

/** From here on errors with this package's files in their stack are its own, wherever they turn up. */
export function openScope (scope: ProviderScope): () => void {
  open.add(scope)
  return () => { open.delete(scope) }
}

/** Runs code of a provider. */
export const runAs = <T>(scope: ProviderScope, work: () => T): T => running.run(scope, work)

/** Runs code of the host that a provider asked for: what the host opens meanwhile is not the provider's. */
export const runAsHost = <T>(work: () => T): T => running.exit(work)

export const currentScope = (): ProviderScope | undefined => running.getStore()

/** The provider an error comes from: whose code was under way, else whose files are in the stack. */
export const findCulprit = (error: unknown): ProviderScope | undefined => running.getStore() ?? findByStack(error)

function findByStack (error: unknown): ProviderScope | undefined {
  if (open.size === 0) return undefined
  const stack = readStack(error)
  return [...open].find(({ root }) => stack.includes(pathToFileURL(root + sep).href) || stack.includes(root + sep))
}

function readStack (error: unknown): string {
  try {
    return error instanceof Error ? String(error.stack) : ''
  } catch {
    return ''
  }
}
