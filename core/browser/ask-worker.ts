import { EXCHANGES, isRecord, type ExchangeName } from './messages.ts'

/** What a page knows of the provider's script. */
export interface WorkerFacts {
  /** Absolute address of the script. */
  url: string
  attemptExternalId?: string | undefined
  /** Sent as `config` before the question, when the page has any. */
  options?: Record<string, unknown> | undefined
}

export interface ExchangeLimits {
  /** How long the provider's script may try, in ms; left out when there is no number. */
  timeoutMs?: number | undefined
  /** How long the page waits. Scripts are known to ignore the time-out they are given. */
  limitMs: number
}

export type AskWorker = (worker: WorkerFacts, name: ExchangeName, limits: ExchangeLimits) => Promise<void>

/** One exchange with a worker of its own, which is gone afterwards whatever the outcome. */
export const askWorker: AskWorker = async (facts, name, limits) => {
  const script = URL.createObjectURL(new Blob([`importScripts(${JSON.stringify(facts.url)})`], { type: 'text/javascript' }))
  const worker = new Worker(script)
  try {
    await exchange(worker, facts, name, limits)
  } finally {
    worker.terminate()
    URL.revokeObjectURL(script)
  }
}

function exchange (worker: Worker, facts: WorkerFacts, name: ExchangeName, { timeoutMs, limitMs }: ExchangeLimits): Promise<void> {
  const { question, success, failure } = EXCHANGES[name]
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => reject(new Error(`The proctoring application did not answer within ${limitMs} ms.`)), limitMs)
    const settle = (end: () => void) => { clearTimeout(clock); end() }
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isRecord(data)) return
      if (data.type === success) settle(resolve)
      if (data.type === failure) settle(() => reject(toError(data.error)))
    })
    worker.addEventListener('error', event => settle(() => reject(new Error(event.message || `The proctoring script ${facts.url} could not be run.`))))
    if (facts.options) worker.postMessage({ type: 'config', options: facts.options })
    worker.postMessage({ type: question, timeout: timeoutMs, attemptExternalId: facts.attemptExternalId })
  })
}

/** Vendors reject with texts, errors and plain objects alike. */
function toError (reason: unknown): Error {
  if (reason instanceof Error) return reason
  if (typeof reason === 'string' && reason !== '') return new Error(reason)
  if (isRecord(reason) && typeof reason.message === 'string') return new Error(reason.message)
  return new Error('The proctoring application reported a failure without a reason.')
}
