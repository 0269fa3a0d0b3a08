import { findCulprit } from './scope.ts'

export interface StrayErrors {
  /** An error nobody caught that comes from no provider: the process cannot go on. */
  onOwnError (error: unknown): void
}

/**
 * An error that nobody catches ends a process, and must: nobody knows what is left undone. One that comes from a provider's own timers and
 * promises leaves the host's work untouched, so it is written down under its name, and all exams go on. Answers how to undo it.
 */
export function containStrayErrors ({ onOwnError }: StrayErrors): () => void {
  const onRejection = (reason: unknown) => { contain('a promise of its own was rejected and nobody looked', reason) }
  const onException = (error: unknown) => { contain('code of its own threw and nobody caught it', error) }
  const contain = (what: string, error: unknown) => {
    const culprit = findCulprit(error)
    if (culprit) culprit.blame(what, error ?? new Error(String(error)))
    else onOwnError(error)
  }
  process.on('unhandledRejection', onRejection)
  process.on('uncaughtException', onException)
  return () => {
    process.off('unhandledRejection', onRejection)
    process.off('uncaughtException', onException)
  }
}
