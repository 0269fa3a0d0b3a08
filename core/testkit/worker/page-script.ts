import { EXCHANGES, isRecord, type ExchangeName } from '../../browser/messages.ts'

/** What came of one message to the worker, as seen by the page. */
export interface Exchange {
  /** Types of all messages, in order; `?` for what is no object with a type. */
  readonly answers: string[]
  /** Of the first failure. */
  readonly reason: string | null
  /** Of the script itself. */
  readonly error: string | null
  /** Milliseconds until the first answer; null without one. */
  readonly ms: number | null
}

export interface ExchangeOptions {
  url: string
  name: ExchangeName
  fields: Record<string, unknown>
  limitMs: number
  /** How long to listen for more after the first answer. */
  afterMs: number
}

function startWorker (source: string): { worker: Worker, end: () => void } {
  const script = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(script)
  return { worker, end: () => { worker.terminate(); URL.revokeObjectURL(script) } }
}

/** As the exam page does it: a blob that imports the script, a worker of its own for every exchange. */
function exchange ({ url, name, fields, limitMs, afterMs }: ExchangeOptions): Promise<Exchange> {
  const { worker, end } = startWorker(`importScripts(${JSON.stringify(url)})`)
  const answers: string[] = []
  const startedAt = performance.now()
  let first: number | null = null
  let reason: string | null = null
  return new Promise(resolve => {
    const finish = (error: string | null) => {
      clearTimeout(clock)
      end()
      resolve({ answers, reason, error, ms: first })
    }
    let clock = setTimeout(() => finish(null), limitMs)
    worker.addEventListener('error', event => finish(event.message || 'the script could not be run'))
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      answers.push(isRecord(data) && typeof data.type === 'string' ? data.type : '?')
      if (first !== null) return
      first = Math.round(performance.now() - startedAt)
      if (isRecord(data) && data.error !== undefined) reason = isRecord(data.error) ? String(data.error.message) : String(data.error)
      clearTimeout(clock)
      clock = setTimeout(() => finish(null), afterMs)
    })
    worker.postMessage({ type: EXCHANGES[name].question, ...fields })
  })
}

/** Names the script adds to the worker's global scope. */
function globalsOf (url: string, limitMs: number): Promise<string[]> {
  const { worker, end } = startWorker(`const before = new Set(Object.getOwnPropertyNames(self));
    importScripts(${JSON.stringify(url)});
    postMessage({ invigilGlobals: Object.getOwnPropertyNames(self).filter(name => !before.has(name)) })`)
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => { end(); reject(new Error('the script was not loaded in time')) }, limitMs)
    worker.addEventListener('error', event => { clearTimeout(clock); end(); reject(new Error(event.message || 'the script could not be run')) })
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isRecord(data) || !Array.isArray(data.invigilGlobals)) return
      clearTimeout(clock)
      end()
      resolve(data.invigilGlobals.map(String))
    })
  })
}

Object.assign(globalThis, { invigilKit: { exchange, globalsOf } })
