import { INV_ATTEMPTS_UNAVAILABLE, INV_ATTEMPT_NOT_FOUND, INV_BAD_REQUEST } from '../errors.ts'
import { BODY_LIMIT } from '../http/limits.ts'
import type { ProviderAttempts } from './contract.ts'
import { deepFreeze } from './freeze.ts'
import { runAsHost } from './guard/scope.ts'
import type { LogSink } from './log.ts'
import { NotPlain, plainCopy } from './plain-copy.ts'

const MAX_ID = 255
const MAX_DETAIL = 1_000

/** The attempts as a provider gets them: what it passes is checked, what comes back is frozen, and of the host's own troubles it learns nothing. */
export function guardAttempts (attempts: ProviderAttempts, provider: string, log: LogSink): ProviderAttempts {
  const guard = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await runAsHost(work)
    } catch (error) {
      if (isForProviders(error)) throw error
      log.error({ provider, err: error }, `attempts.${what} failed`)
      throw new INV_ATTEMPTS_UNAVAILABLE(provider)
    }
  }
  return Object.freeze({
    find: (id: string) => guard('find', async () => deepFreeze(await attempts.find(checkId(id)))),
    markReady: (id: string) => guard('markReady', () => attempts.markReady(checkId(id))),
    receiveReview: (id: string, body: Record<string, unknown>) => guard('receiveReview', () => attempts.receiveReview(checkId(id), checkBody(body))),
    reportError: (id: string, detail: string) => guard('reportError', () => attempts.reportError(checkId(id), checkDetail(detail))),
  })
}

/** Refusals carry texts for others than us; a defect or a database that is down does not. */
function isForProviders (error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('INV_')
}

function checkId (id: unknown): string {
  if (typeof id !== 'string') throw new INV_BAD_REQUEST(`The attempt's external id: expected text, found ${id === null ? 'null' : typeof id}.`)
  // nothing that the database could not hold is asked for there
  if (id === '' || id.length > MAX_ID || id.includes('\0')) throw new INV_ATTEMPT_NOT_FOUND(JSON.stringify(id.slice(0, MAX_ID)))
  return id
}

function checkBody (body: unknown): Record<string, unknown> {
  const copy = copyBody(body)
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy)) throw new INV_BAD_REQUEST('The review: expected an object, as the vendor sent it.')
  const json = JSON.stringify(copy)
  if (json.length > BODY_LIMIT) throw new INV_BAD_REQUEST(`The review: expected at most ${BODY_LIMIT} bytes.`)
  // the database keeps no NUL in a text
  if (json.includes('\\u0000')) throw new INV_BAD_REQUEST('The review: null characters are not allowed in texts.')
  return { ...copy }
}

function copyBody (body: unknown): unknown {
  try {
    return plainCopy(body)
  } catch (error) {
    if (error instanceof NotPlain) throw new INV_BAD_REQUEST(`The review: expected plain data, found ${error.found}.`)
    throw error
  }
}

function checkDetail (detail: unknown): string {
  if (typeof detail !== 'string') throw new INV_BAD_REQUEST(`The error's detail: expected text, found ${detail === null ? 'null' : typeof detail}.`)
  return detail.replaceAll('\0', '').slice(0, MAX_DETAIL)
}
