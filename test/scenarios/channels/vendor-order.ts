import { isObject } from '../json.ts'

/** Calls that Invigil queues: exams saved, attempts started, ended, in error or removed. All others are awaited by somebody. */
const QUEUED: ReadonlyArray<readonly [method: string, path: RegExp]> = [
  ['POST', /^\/api\/v1\/exam\/(?:[^/]+\/)?$/], ['PATCH', /\/attempt\/[^/]+\/$/], ['DELETE', /\/attempt\/[^/]+\/$/],
]

/** What is queued may come after what is awaited; among themselves both keep their order. */
export function queuedLast (calls: readonly unknown[]): unknown[] {
  const isQueued = (call: unknown) => isObject(call) && QUEUED.some(([method, path]) => call.method === method && path.test(String(call.path)))
  return [...calls.filter(call => !isQueued(call)), ...calls.filter(isQueued)]
}
