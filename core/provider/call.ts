import { Compile, type Validator } from 'typebox/compile'
import type { Clock } from '../clock.ts'
import { INV_PROVIDER_UNAVAILABLE } from '../errors.ts'
import { BadAnswer, explainFailure } from './call-errors.ts'
import { createCircuit, type Circuit } from './circuit.ts'
import { NOTHING, PROVIDER_METHODS, type CallInfo, type Provider, type ProviderMethod } from './contract.ts'
import { HostClosing, runWithin, type Cancel } from './deadline.ts'
import { describeValue, explainMismatch } from './describe.ts'
import { frozenCopy } from './freeze.ts'
import { looksTampered, restore, takeSnapshot, type Snapshot } from './guard/intrinsics.ts'
import { runAs, type ProviderScope } from './guard/scope.ts'
import type { CallRecord } from './health.ts'
import { createProviderLog, type LogSink } from './log.ts'
import { NotPlain, plainCopy } from './plain-copy.ts'
import type { Redactor } from './redact.ts'
import type { CallObserver, CallOptions, CallOutcome, GuardedCall, ProviderHealth } from './registry.ts'
import type { Trial } from './trial.ts'

export interface DoorParts {
  name: string
  packageName: string
  provider: Provider
  log: LogSink
  redactor: Redactor
  clock: Clock
  record: CallRecord
  scope: ProviderScope
  /** Milliseconds that only grow, for the circuit and the durations. */
  monotonic: () => number
  defaultLanguage: string
  observer: CallObserver
  trial?: Trial | undefined
}

/** Everything that leads to one provider's methods. */
export interface Door {
  call: GuardedCall
  has (method: ProviderMethod): boolean
  health (): ProviderHealth
  close (): void
}

// these work on data at hand: a review that cannot be read must not keep learners from registering
const LOCAL_METHODS: ReadonlySet<ProviderMethod> = new Set(['normaliseReview', 'blocksContent'])

type Method = (...args: readonly unknown[]) => unknown

interface State extends DoorParts {
  readonly circuit: Circuit
  readonly methods: ReadonlyMap<ProviderMethod, Method>
  readonly pending: Set<Cancel>
}

export function createDoor (parts: DoorParts): Door {
  const state: State = { ...parts, circuit: createCircuit(parts.monotonic), methods: readMethods(parts.provider), pending: new Set() }
  return {
    // the interface says per method what goes in and out; inside, the table of methods decides, which the compiler cannot follow
    call: ((method, args, options) => ask(state, method, args, options ?? {})) as GuardedCall,
    has: method => state.methods.has(method),
    health: () => ({ ...state.record.view(), circuit: state.circuit.state, retryAt: getRetryTime(state), pending: state.pending.size }),
    close: () => { for (const cancel of [...state.pending]) cancel(new HostClosing()) },
  }
}

/** Once and for all: a method that is an accessor must not be another one at every call. */
function readMethods (provider: Provider): ReadonlyMap<ProviderMethod, Method> {
  const names = Object.keys(PROVIDER_METHODS) as ProviderMethod[] // the table's type says that its keys are all methods
  return new Map(names.flatMap(name => {
    const method: unknown = provider[name]
    return isMethod(method) ? [[name, method] as const] : []
  }))
}

function isMethod (value: unknown): value is Method {
  return typeof value === 'function'
}

/** One call from end to end. The only place in the house where a method of a provider is invoked. */
async function ask (state: State, method: ProviderMethod, args: readonly unknown[], options: CallOptions): Promise<unknown> {
  const run = state.methods.get(method)
  if (run === undefined) return undefined
  const input = args.map(frozenCopy)
  const guarded = !LOCAL_METHODS.has(method)
  if (guarded && !state.circuit.admit()) throw refuseWhileOpen(state, method)
  const startedAt = state.monotonic()
  const work = (signal: AbortSignal): unknown => show(state, method, runAs(state.scope, () => Reflect.apply(run, state.provider, [...input, createCallInfo(state, method, options, signal)])))
  try {
    const answer = settleAnswer(method, await runWithin(state.trial?.deadlineMs ?? PROVIDER_METHODS[method].deadlineMs, state.pending, work))
    if (looksTampered()) undoTampering(state, method)
    if (guarded) state.circuit.settle('well')
    note(state, method, 'ok', startedAt)
    return answer
  } catch (thrown) {
    throw settleFailure(state, method, guarded, thrown, startedAt)
  }
}

function show ({ trial }: State, method: ProviderMethod, answer: unknown): unknown {
  trial?.called?.(method, Promise.resolve(answer))
  return answer
}

function settleFailure (state: State, method: ProviderMethod, guarded: boolean, thrown: unknown, startedAt: number): Error {
  const { outcome, verdict, error } = explainFailure({ provider: state.name, package: state.packageName, method }, thrown, state.redactor)
  const before = state.circuit.state
  if (guarded) state.circuit.settle(verdict)
  note(state, method, outcome, startedAt)
  state.record.addError(method, error)
  state.log[verdict === 'well' ? 'info' : 'warn']({ provider: state.name, method, outcome, err: error }, 'a provider call failed')
  if (state.circuit.state === 'open' && before !== 'open') {
    state.log.error({ provider: state.name, retryAt: getRetryTime(state) }, 'the provider failed too often and is not called for a while')
  }
  return error
}

function refuseWhileOpen (state: State, method: ProviderMethod): Error {
  note(state, method, 'unavailable', state.monotonic())
  const until = getRetryTime(state) ?? 'the trial call under way has ended'
  return Object.assign(new INV_PROVIDER_UNAVAILABLE(state.name, state.packageName, until), { provider: state.name, package: state.packageName, method })
}

function note ({ record, observer, name, monotonic }: State, method: ProviderMethod, outcome: CallOutcome, startedAt: number): void {
  const ms = monotonic() - startedAt
  record.add(outcome, ms)
  observer.called({ provider: name, method, outcome, ms })
}

function getRetryTime ({ circuit, clock }: State): string | null {
  return circuit.state === 'open' ? new Date(clock.now().getTime() + circuit.waitMs).toISOString() : null
}

export function createCallInfo (state: InfoParts, method: string, options: CallOptions, signal: AbortSignal): CallInfo {
  const { language = state.defaultLanguage, requestId = null, idempotencyKey = null, attemptId } = options
  const log = createProviderLog(state.log, state.redactor, { provider: state.name, method, requestId, attemptId })
  return { signal, log, language, defaultLanguage: state.defaultLanguage, requestId, idempotencyKey }
}

type InfoParts = Pick<DoorParts, 'name' | 'log' | 'redactor' | 'defaultLanguage'>

const compiled = new Map<ProviderMethod, Validator>()

/** Compiled at the first call of a method and kept: all of them at once would be felt at every start. */
function getValidator (method: ProviderMethod): Validator {
  const known = compiled.get(method)
  if (known) return known
  const made = Compile(PROVIDER_METHODS[method].returns)
  compiled.set(method, made)
  return made
}

/** The answer as plain data of the right shape. Where none is asked for, none is looked at. */
function settleAnswer (method: ProviderMethod, answer: unknown): unknown {
  if (PROVIDER_METHODS[method].returns === NOTHING) return undefined
  const copy = copyAnswer(answer)
  if (getValidator(method).Check(copy)) return copy
  throw new BadAnswer(explainMismatch(PROVIDER_METHODS[method].returns, copy) ?? { where: '', expected: 'another value', found: describeValue(copy) })
}

function copyAnswer (answer: unknown): unknown {
  try {
    return plainCopy(answer)
  } catch (error) {
    if (error instanceof NotPlain) throw new BadAnswer({ where: '', expected: 'plain data of moderate size', found: error.found })
    throw error
  }
}

let untouched: Snapshot = takeSnapshot()

/** It need not have been this provider, so it goes on; the log and the health say who was at work when it was seen. */
function undoTampering ({ scope }: State, method: ProviderMethod): void {
  const changes = restore(untouched)
  untouched = takeSnapshot()
  scope.blame(`what all code of the process shares was changed, seen after ${method}: ${changes.join(', ') || 'what cannot be put back'}`, null)
}
