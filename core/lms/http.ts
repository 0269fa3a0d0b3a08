import { LRUCache } from 'lru-cache'
import { createLmsClient, type LmsClientOptions } from './client.ts'
import { askFlag, createQueries, shouldOverride, type Ask } from './queries.ts'
import type { LmsServices } from './services.ts'

export interface HttpLmsOptions extends LmsClientOptions {
  /** How long an answer may be used again; 0 = never. */
  cacheTtlMs: number
}

export interface HttpLms { services: LmsServices, close (): Promise<void> }

const QUERY_DEADLINE_MS = 3_000
const COMMAND_DEADLINE_MS = 15_000
const CACHED_ANSWERS = 2_000

/** A learning platform that answers `POST {servicesUrl}/{service}/{method}`. */
export function createHttpLms (options: HttpLmsOptions): HttpLms {
  const client = createLmsClient(options)
  const askNow: Ask = query => client.post(query, { deadlineMs: QUERY_DEADLINE_MS, isQuery: true }).then(answer => answer?.result ?? null)
  const services: LmsServices = {
    ...createQueries(options.cacheTtlMs > 0 ? withCache(askNow, options.cacheTtlMs) : askNow),
    commands: {
      async send (command, { idempotencyKey, requestId, signal }) {
        const answer = await client.post(command, { deadlineMs: COMMAND_DEADLINE_MS, isQuery: false, idempotencyKey, requestId, signal })
        return answer === null ? 'absent' : 'done'
      },
      shouldOverrideGrade: (courseId, { requestId, signal }) =>
        askFlag(query => client.post(query, { deadlineMs: COMMAND_DEADLINE_MS, isQuery: true, requestId, signal }).then(answer => answer?.result ?? null), shouldOverride(courseId)),
    },
  }
  return { services, close: client.close }
}

/** Keeps the promise, not the answer: equal questions asked at the same moment share one request. Failures are not kept. */
function withCache (ask: Ask, ttl: number): Ask {
  const answers = new LRUCache<string, Promise<unknown>>({ max: CACHED_ANSWERS, ttl })
  return query => {
    if (query.cached === false) return ask(query)
    const key = JSON.stringify([query.service, query.method, query.args])
    const known = answers.get(key)
    if (known) return known
    const answer = ask(query)
    answers.set(key, answer)
    answer.catch(() => { if (answers.peek(key) === answer) answers.delete(key) })
    return answer
  }
}
