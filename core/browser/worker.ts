/**
 * For a provider's browser script: `handlerWrapper(Handler)` makes it answer the exam page.
 * Stands in for `@edx/edx-proctoring`, so a script written for that package runs unchanged.
 */
import { EXCHANGES, isRecord, type ExchangeName } from './messages.ts'

/** What a provider writes. Each method is optional; without it the page gets no answer and gives up by its own time limit. */
export interface ProctoringHandler {
  /** The learner is about to start. `timeout` is in milliseconds. A rejection keeps the exam closed. */
  onStartExamAttempt? (timeout?: number, attemptExternalId?: string): Promise<unknown>
  /** The exam has ended. */
  onEndExamAttempt? (attemptExternalId?: string): Promise<unknown>
  /** Is the proctoring application still there? `timeout` is in milliseconds. A rejection ends the attempt with an error. */
  onPing? (timeout?: number, attemptExternalId?: string): Promise<unknown>
}

export type HandlerClass = new (options: Record<string, unknown>) => ProctoringHandler

/** The part of a worker's global scope that is used here. */
export interface WorkerScope {
  addEventListener (type: 'message', listener: (event: MessageEvent<unknown>) => void): void
  postMessage (message: unknown): void
  /** The provider's own options, put in front of the script by the host. */
  invigilWorkerOptions?: unknown
}

type Fields = Record<string, unknown>
type Run = (handler: ProctoringHandler, fields: Fields) => Promise<unknown> | undefined

const RUN: Record<ExchangeName, Run> = {
  start: (handler, fields) => handler.onStartExamAttempt?.(...timeoutAndId(fields)),
  end: (handler, fields) => handler.onEndExamAttempt?.(timeoutAndId(fields)[1]),
  ping: (handler, fields) => handler.onPing?.(...timeoutAndId(fields)),
}
const NAMES: readonly ExchangeName[] = ['start', 'end', 'ping']

/** Call once, in the worker. Answers the page's questions with an instance of `Handler`, which a `config` message replaces. */
export function handlerWrapper (Handler: HandlerClass, scope: WorkerScope = self): void {
  const own = isRecord(scope.invigilWorkerOptions) ? scope.invigilWorkerOptions : {}
  let handler = new Handler(own)
  scope.addEventListener('message', ({ data }) => {
    if (!isRecord(data)) return
    if (data.type === 'config') handler = new Handler({ ...own, ...isRecord(data.options) ? data.options : {} })
    const name = NAMES.find(name => EXCHANGES[name].question === data.type)
    if (name) answer(scope, name, RUN[name](handler, data))
  })
}

export default handlerWrapper

function answer (scope: WorkerScope, name: ExchangeName, result: Promise<unknown> | undefined): void {
  result?.then(
    () => scope.postMessage({ type: EXCHANGES[name].success }),
    (error: unknown) => postFailure(scope, EXCHANGES[name].failure, error),
  )
}

/** A reason that cannot cross to the page must not silence the failure itself. */
function postFailure (scope: WorkerScope, type: string, error: unknown): void {
  try {
    scope.postMessage({ type, error })
  } catch {
    scope.postMessage({ type, error: { message: String(error) } })
  }
}

/** Older pages leave fields out; newer ones may send null. A handler sees the right type or undefined. */
function timeoutAndId ({ timeout, attemptExternalId }: Fields): [number | undefined, string | undefined] {
  return [
    typeof timeout === 'number' ? timeout : undefined,
    typeof attemptExternalId === 'string' ? attemptExternalId : undefined,
  ]
}
