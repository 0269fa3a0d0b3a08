import type { ProviderMethod } from '../../provider/contract.ts'
import { openLoadedBench, until, withBench, type Bench } from '../bench/bench.ts'
import { FAULTS, type Fault } from '../bench/faults.ts'
import { describeHeard, hear, isFailure, type Failure, type Heard } from '../bench/heard.ts'
import { EFFECTS, METHOD_CALLS, METHODS, type MethodCall } from '../bench/method-calls.ts'
import { prepareScene } from '../bench/scene.ts'
import { defineGroup, NotApplicable, NotChecked, problem, type Problem, type Verdict } from '../check.ts'
import type { Target } from '../target/target.ts'

interface Subject { target: Target, methods: readonly ProviderMethod[] }

/** In place of the contract's seconds, so that a run is short. */
const DEADLINE_MS = 400
/** From the abort until the method itself must have ended. */
const GRACE_MS = 1_000
/** What learners and operators are shown of a vendor's answer. */
const LONGEST_MESSAGE = 4_000

export default defineGroup<Subject>({
  id: 'faults',
  title: 'a vendor that is not well',
  about: 'Lets the vendor go wrong in one way at a time, for each method that calls it. The provider must throw, refuse or answer as the contract allows; it must end by the deadline, and work again once the vendor does. ' +
    'Effects (startAttempt, stopAttempt, markAttemptError, removeAttempt, examSaved) must throw when the vendor could not be told, so that the host repeats them.',
  async open (target) {
    const bench = await openLoadedBench(target)
    await bench.close()
    return { subject: { target, methods: METHODS.filter(method => bench.provider.has(method)) } }
  },
  checks: FAULTS.map(fault => ({
    id: fault.id,
    title: `the vendor ${fault.does}`,
    run: subject => checkFault(subject, fault),
  })),
})

async function checkFault ({ target, methods }: Subject, fault: Fault): Promise<Verdict> {
  // side by side: endless faults wait for their deadlines
  const looks = await Promise.all(methods.map(method => tryMethod(target, method, fault)))
  const met = looks.filter(look => look !== 'calls nobody')
  if (met.length > 0) return met.flat()
  return new NotApplicable('the provider calls nobody')
}

function tryMethod (target: Target, method: ProviderMethod, fault: Fault): Promise<Problem[] | 'calls nobody'> {
  return withBench(target, fault.endless ? { deadlineMs: DEADLINE_MS } : {}, async bench => {
    const { provider, line } = bench
    const scene = await prepareScene(provider).catch((error: unknown) => { throw new NotChecked(`the vendor could not be brought into play: ${error instanceof Error ? error.message : String(error)}`) })
    const [call] = METHOD_CALLS[method](scene, target)
    if (!call) return 'calls nobody'
    line.disturb(fault)
    const heard = await hear(call.ask(provider))
    if (line.met === 0) return 'calls nobody'
    const problems = [...judge(method, fault, heard), ...fault.endless ? await judgeEnding(bench, method) : []]
    line.disturb(null)
    // what was removed in spite of the fault is not removed again: that is methods.repeated-removal
    const isOver = method === 'removeAttempt' && !isFailure(heard)
    return problems.length > 0 || isOver ? problems : judgeRecovery(method, bench, call)
  })
}

/** The verdict on one call; one finding is enough. */
function judge (method: ProviderMethod, fault: Fault, heard: Heard): Problem[] {
  const found = `${method}: ${describeHeard(heard)}`
  if (isFailure(heard)) return judgeFailure(method, fault, heard, found)
  if (method === 'registerAttempt' && fault.registration !== 'any') {
    return [problem('registerAttempt to refuse, as there is no registration', found, 'Answer an id only where the vendor gave one; otherwise throw refuse(status, reason).')]
  }
  if (EFFECTS.has(method) && fault.effects === 'throws') {
    return [problem(`${method} to throw, so that the host repeats it`, found, 'Throw when the vendor could not be told; what is answered counts as done and is lost.')]
  }
  return fault.removal && method === 'removeAttempt' && heard.answer !== true
    ? [problem('removeAttempt to answer true for what is gone', found, 'Take 404 and 410 for done.')]
    : []
}

function judgeFailure (method: ProviderMethod, fault: Fault, failure: Failure, found: string): Problem[] {
  if (failure.code === 'INV_PROVIDER_BAD_ANSWER') return [problem('an answer in the contract\'s shape, or an error', found, 'Check what the vendor answered before it is handed on; throw what cannot be read.')]
  if (failure.code === 'INV_PROVIDER_TIMEOUT' && !fault.endless) return [problem('an end as soon as the vendor has answered', found, 'Await every promise, and do not retry in the call itself: the host does that.')]
  if (failure.message.length > LONGEST_MESSAGE) return [problem(`messages of at most ${LONGEST_MESSAGE} characters`, `${method}: one of ${failure.message.length}`, 'Shorten what the vendor answered before it goes into an error.')]
  if (fault.removal && method === 'removeAttempt') return [problem('removeAttempt to answer true for what is gone', found, 'Take 404 and 410 for done.')]
  if (method !== 'registerAttempt') return []
  const isRefusal = failure.code === 'INV_PROVIDER_REFUSED'
  if (fault.registration === 'refuses' && !(isRefusal && (failure.status ?? 0) < 500)) {
    return [problem('registerAttempt to refuse with a 4xx', found, 'Throw refuse(response.status, reason): the learner is told why, and the vendor does not count as down.')]
  }
  if (/^(?:500|503)$/.test(fault.id) && isRefusal && (failure.status ?? 0) < 500) {
    return [problem('registerAttempt to fail with a 5xx', found, 'A vendor that is down refuses nobody: throw, or refuse() with a 5xx.')]
  }
  return []
}

/** At the deadline the door lets go by itself; the method and its connections must end as well. */
async function judgeEnding ({ works, line }: Bench, method: ProviderMethod): Promise<Problem[]> {
  const mine = works.filter(work => work.method === method)
  const ended = await until(() => mine.every(({ isSettled }) => isSettled), GRACE_MS)
  const deaf = line.calls.filter(({ ended, hasSignal }) => !ended && !hasSignal)
  if (ended && deaf.length === 0) return []
  const where = deaf.map(call => `${call.method} ${call.url}`).join(', ')
  return [problem(`${method} to end when call.signal aborts`, `it still runs ${GRACE_MS} ms later${where && `, waiting for ${where} without a signal`}`, 'Pass call.signal to every fetch: fetch(url, { signal: call.signal }).')]
}

async function judgeRecovery (method: ProviderMethod, { provider }: Bench, call: MethodCall): Promise<Problem[]> {
  const heard = await hear(call.ask(provider))
  return isFailure(heard) ? [problem(`${method} to work again once the vendor does`, describeHeard(heard), 'Keep nothing of a failed call: no broken token, no pending promise.')] : []
}
