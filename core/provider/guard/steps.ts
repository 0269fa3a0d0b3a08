import { channel } from 'node:diagnostics_channel'
import { stop } from '../faults.ts'
import type { Within } from '../start-provider.ts'
import { restore, takeSnapshot } from './intrinsics.ts'
import { runAs, type ProviderScope } from './scope.ts'

/** Says whose code is about to run, for whoever watches the event loop; null = it has let go. */
export interface Step { readonly provider: string, readonly package: string, readonly step: string }

export const STEPS = channel('invigil:provider-step')

export type Alone = <T>(work: () => Promise<T>) => Promise<T>

/** One after the other: while providers start, only one runs code of its own, so that what happens is known to be its. */
export function createAlone (): Alone {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
}

/** Runs the steps of a provider's start: alone, in its name, within its allowance, and without a change to what all code shares. */
export function createStepRunner (scope: ProviderScope, alone: Alone, within: Within): Within {
  return (step, work) => alone(async () => {
    const snapshot = takeSnapshot()
    STEPS.publish({ provider: scope.provider, package: scope.package, step } satisfies Step)
    try {
      return await within(step, () => runAs(scope, work))
    } finally {
      STEPS.publish(null)
      // also over a fault of the step itself: this is the worse one
      refuseTampering(step, restore(snapshot))
    }
  })
}

function refuseTampering (step: string, changes: readonly string[]): void {
  if (changes.length === 0) return
  stop({
    code: 'INV_PROVIDER_TAMPERED',
    expected: `${step} to leave alone what all code of the process shares`,
    found: changes.join(', '),
    hint: changes.some(change => change.endsWith('for good'))
      ? 'Start again without the package: the change cannot be undone.'
      : 'It was put back. The fault is in the package or in what it imports; for requests there is context.fetch.',
  })
}
