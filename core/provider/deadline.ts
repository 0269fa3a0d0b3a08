export class DeadlinePassed extends Error {
  readonly ms: number

  constructor (ms: number) {
    super(`no answer within ${ms} ms`)
    this.name = 'TimeoutError'
    this.ms = ms
  }
}

/** The host is going down. */
export class HostClosing extends Error {
  constructor () {
    super('the host is shutting down')
    this.name = 'AbortError'
  }
}

export type Cancel = (reason: Error) => void

/**
 * Runs foreign work that may throw at once, answer late or never. Settles at the deadline whatever the work does; the signal tells the
 * work. `pending` holds the cancels of everything under way, so that a shutdown can end it.
 */
export function runWithin<T> (ms: number, pending: Set<Cancel>, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const release = () => {
      clearTimeout(timer)
      pending.delete(cancel)
    }
    const cancel: Cancel = reason => {
      release()
      // first, so that a work that obeys the signal cannot answer with a reason of its own
      reject(reason)
      controller.abort(reason)
    }
    const timer = setTimeout(() => cancel(new DeadlinePassed(ms)), ms)
    pending.add(cancel)
    attempt(work, controller.signal).then(resolve, reject).then(release)
  })
}

async function attempt<T> (work: (signal: AbortSignal) => T | Promise<T>, signal: AbortSignal): Promise<T> {
  return await work(signal)
}
