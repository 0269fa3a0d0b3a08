import type { FastifyInstance } from 'fastify'
import { INV_PROVIDER_FAILED } from '../../errors.ts'
import { BadAnswer, explainFailure } from '../call-errors.ts'
import { ROUTE_ANSWER_LIMIT, ROUTE_DEADLINE_MS, type CallInfo } from '../contract.ts'
import { runWithin, type Cancel } from '../deadline.ts'
import { runAs, type ProviderScope } from '../guard/scope.ts'
import type { CallRecord } from '../health.ts'
import type { LogSink } from '../log.ts'
import type { Redactor } from '../redact.ts'
import type { CallObserver, CallOutcome } from '../registry.ts'
import type { AskRoute, RouteAnswer, RouteQuestion } from './declared.ts'
import { exchanges, type Exchange } from './own-app.ts'

export interface AskParts {
  name: string
  packageName: string
  scope: ProviderScope
  record: CallRecord
  observer: CallObserver
  log: LogSink
  redactor: Redactor
  monotonic: () => number
  pending: Set<Cancel>
  deadlineMs?: number
  createCallInfo (question: RouteQuestion, signal: AbortSignal): CallInfo
}

/** Answers requests by the routes of one provider; this is where the host runs their handlers. */
export function createAskRoute (app: FastifyInstance, parts: AskParts): AskRoute {
  const { scope, pending, deadlineMs = ROUTE_DEADLINE_MS } = parts
  return async question => {
    const startedAt = parts.monotonic()
    const note = (outcome: CallOutcome) => {
      parts.record.count(outcome)
      parts.observer.called({ provider: parts.name, method: 'routes', outcome, ms: parts.monotonic() - startedAt })
    }
    try {
      const answer = await runWithin(deadlineMs, pending, signal => runAs(scope, () => send(app, question, parts.createCallInfo(question, signal))))
      // its own error handler may say so in its own words
      if (answer.status >= 500) settle(parts, question, new Error(`answered ${answer.status}`), note)
      else note('ok')
      return answer
    } catch (thrown) {
      // what the host refused is the host's word, and counted where it was said
      const isOurs = isHostError(thrown)
      if (!isOurs && !isClientFault(thrown)) throw settle(parts, question, thrown, note)
      note('refused')
      throw isOurs ? thrown : parts.redactor.error(thrown)
    }
  }
}

async function send (app: FastifyInstance, question: RouteQuestion, call: CallInfo): Promise<RouteAnswer> {
  const { method, path, headers, body, sender, url } = question
  const exchange: Exchange = { call, sender, url, failure: null }
  const { statusCode, headers: answered, rawPayload } = await exchanges.run(exchange, async () =>
    // awaited inside: until then nothing is sent
    await app.inject({ method, url: path, headers: { ...headers }, signal: call.signal, ...body && { payload: body } }))
  if (exchange.failure) throw exchange.failure.thrown
  if (rawPayload.length > ROUTE_ANSWER_LIMIT) throw new BadAnswer({ where: '', expected: `at most ${ROUTE_ANSWER_LIMIT} bytes`, found: `${rawPayload.length} bytes` })
  return { status: statusCode, headers: answered, body: rawPayload }
}

/** Writes down what went wrong, and answers what the client is told. */
function settle (parts: AskParts, { method, url, requestId }: RouteQuestion, thrown: unknown, note: (outcome: CallOutcome) => void): Error {
  const what = `${method} ${url}`
  const { outcome, verdict, error } = explainFailure({ provider: parts.name, package: parts.packageName, method: what }, thrown, parts.redactor)
  note(outcome)
  if (verdict === 'well') return error
  parts.record.addError('routes', error)
  parts.log.warn({ provider: parts.name, route: what, requestId, outcome, err: error }, 'a route of a provider failed')
  // what broke inside is for the log: strangers may ask
  return outcome === 'failed' ? new INV_PROVIDER_FAILED(parts.name, parts.packageName, what, `the log tells more of request ${requestId}`) : error
}

function isClientFault (thrown: unknown): boolean {
  const status = readField(thrown, 'statusCode')
  return typeof status === 'number' && status >= 400 && status < 500
}

function isHostError (thrown: unknown): boolean {
  return String(readField(thrown, 'code')).startsWith('INV_')
}

function readField (thrown: unknown, name: string): unknown {
  try {
    return thrown instanceof Error ? Reflect.get(thrown, name) : undefined
  } catch {
    return undefined
  }
}
