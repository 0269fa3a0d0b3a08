import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../clock.ts'
import type { ProviderEntry } from '../../config/schema.ts'
import type { ProviderMethod } from '../../provider/contract.ts'
import { ProviderFaults, formatFault, type ProviderFault } from '../../provider/faults.ts'
import { loadProviders } from '../../provider/load.ts'
import type { LoadedProvider } from '../../provider/registry.ts'
import { NotChecked } from '../check.ts'
import { CALLBACK, type Target } from '../target/target.ts'
import { benchAttempts, nothingAsked, type AttemptsMode } from './attempts.ts'
import { createLine, type Line } from './line.ts'
import { createLogLines } from './log-lines.ts'

/** What a method itself is at, beside what the door makes of it. */
export interface Work { readonly method: ProviderMethod, isSettled: boolean }

/** One provider, loaded as the host loads it, with its vendor at the other end of a line that can be disturbed. */
export interface Bench {
  readonly provider: LoadedProvider
  readonly line: Line
  readonly works: readonly Work[]
  readonly logged: readonly string[]
  /** Ids the provider reported ready by itself. */
  readonly reportedReady: readonly string[]
  /** What it asked of attempts while it was being started. */
  readonly askedEarly: readonly string[]
  /** Whether it asked anything of attempts so far. */
  readonly asksAttempts: boolean
  close (): Promise<void>
}

export interface BenchOptions {
  /** Milliseconds for every call, in place of the contract's. */
  deadlineMs?: number
  options?: Readonly<Record<string, unknown>>
  attempts?: AttemptsMode
}

export const entryFor = (target: Target, options: Readonly<Record<string, unknown>> = target.options): ProviderEntry =>
  ({ package: target.packageName, entry: target.entry, options: { ...options }, on_boot_failure: 'abort', retired: false, callback: CALLBACK })

/** @throws ProviderFaults when the host would not start with this provider */
export async function openBench (target: Target, { deadlineMs, options, attempts = 'unknown' }: BenchOptions = {}): Promise<Bench> {
  const line = createLine(target.vendor?.() ?? null, target.isLive)
  const { log, lines } = createLogLines()
  const works: Work[] = []
  const asked = nothingAsked()
  const registry = await loadProviders({
    config: { default: target.entry, enabled: { [target.entry]: entryFor(target, options) } },
    settings: { ping_interval_seconds: 60 },
    hostRoot: target.hostRoot,
    log,
    clock: systemClock,
    attempts: name => benchAttempts(asked, attempts, name),
    workerCacheDir: `${target.workDir}/workers`,
    trial: { fetch: line.fetch, ...(deadlineMs && { deadlineMs }), called: (method, answer) => { works.push(watch(method, answer)) } },
  })
  asked.started = true
  return { provider: registry.require(target.entry), line, works, logged: lines, reportedReady: asked.ready, askedEarly: asked.early, get asksAttempts () { return asked.times > 0 }, close: () => registry.close() }
}

function watch (method: ProviderMethod, answer: Promise<unknown>): Work {
  const work = { method, isSettled: false }
  const settle = () => { work.isSettled = true }
  answer.then(settle, settle)
  return work
}

/** The same, for groups that need a provider that loads. */
export async function openLoadedBench (target: Target, options: BenchOptions = {}): Promise<Bench> {
  return openBench(target, options).catch((error: unknown) => {
    throw error instanceof ProviderFaults ? new NotChecked(`the provider cannot be loaded: ${error.faults.map(formatFault).join(' ')}`) : error
  })
}

/** What the host says against the provider; empty = it starts. */
export async function loadFaults (target: Target, options: Readonly<Record<string, unknown>> = target.options): Promise<readonly ProviderFault[]> {
  try {
    const bench = await openBench(target, { options })
    await bench.close()
    return []
  } catch (error) {
    if (error instanceof ProviderFaults) return error.faults
    throw error
  }
}

/** Waits until something holds; false when it does not within the time. */
export async function until (holds: () => boolean, ms: number): Promise<boolean> {
  for (const startedAt = performance.now(); performance.now() - startedAt < ms; await sleep(10)) if (holds()) return true
  return holds()
}

/** Opens a bench for one piece of work. */
export async function withBench<T> (target: Target, options: BenchOptions, work: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = await openLoadedBench(target, options)
  try {
    return await work(bench)
  } finally {
    await bench.close()
  }
}
