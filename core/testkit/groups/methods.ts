import diagnostics from 'node:diagnostics_channel'
import { findNearest } from '../../provider/nearest.ts'
import type { ProviderMethod } from '../../provider/contract.ts'
import { openLoadedBench, withBench, type Bench } from '../bench/bench.ts'
import { NAMES, registrationFacts } from '../bench/facts.ts'
import { clip, describeHeard, hear, isFailure } from '../bench/heard.ts'
import { METHOD_CALLS, METHODS } from '../bench/method-calls.ts'
import { KNOWN_SCENE, prepareScene, type Scene } from '../bench/scene.ts'
import { findStrays } from '../bench/strays.ts'
import { defineGroup, NotApplicable, problem, type Check, type Problem, type Verdict } from '../check.ts'
import type { Target } from '../target/target.ts'

interface Subject { target: Target, has (method: ProviderMethod): boolean, logged: readonly string[] }
type MethodCheck = Check<Subject>

export default defineGroup<Subject>({
  id: 'methods',
  title: 'every method, the vendor being well',
  about: 'Calls every method the provider has through the host\'s own door (deadline, frozen input, checked answer), with the vendor of the conformance file.',
  async open (target) {
    const bench = await openLoadedBench(target)
    await bench.close()
    return { subject: { target, has: method => bench.provider.has(method), logged: bench.logged } }
  },
  checks: [
    {
      id: 'names',
      title: 'no function is named nearly like a method of the contract',
      run: ({ logged }) => logged.map(line => JSON.parse(line)).filter(({ msg }: { msg?: unknown }) => typeof msg === 'string' && msg.includes('which is never called'))
        .map(({ method, msg }: { method: string, msg: string }) => problem(`methods named as in the contract (${findNearest(method, METHODS) ?? METHODS.join(', ')})`, msg, 'Correct the name, or take the function out of what create() returns.')),
    },
    ...METHODS.map(method => ({ id: method, title: `${method} answers in the contract's shape`, run: subject => checkMethod(subject, method) }) satisfies MethodCheck),
    {
      id: 'registers-anew',
      title: 'every attempt is registered under an id of its own',
      run: ({ target }) => withScene(target, async ({ provider }, { exam }) => {
        const answers = await Promise.all(Array.from({ length: 10 }, () => { const context = registrationFacts(); return provider.call('registerAttempt', [exam, context], { idempotencyKey: context.attemptCode }) }))
        const ids = answers.flatMap(answer => answer && 'externalId' in answer && answer.externalId !== null ? [answer.externalId] : [])
        if (ids.length === 0) return new NotApplicable('the vendor gives attempts no ids')
        return new Set(ids).size === ids.length ? undefined : problem('ten registrations at once to get ten ids', clip(ids), 'Answer the vendor\'s own id of each attempt; the host finds attempts by it.')
      }),
    },
    {
      id: 'practice',
      title: 'practice exams are saved and registered like others',
      run: ({ target }) => withScene(target, async ({ provider }) => {
        const heard = await hear(prepareScene(provider, { id: 8, isPracticeExam: true, examName: 'Practice' }))
        return isFailure(heard) ? problem('a practice exam to be registered', describeHeard(heard), 'Practice and onboarding exams come with isPracticeExam and isSampleAttempt; they need a registration like any other.') : undefined
      }),
    },
    {
      id: 'learners-names',
      title: 'learners may have any name: long, empty, in any script',
      run: ({ target }) => withScene(target, async ({ provider }, { exam }) => {
        const heard = await Promise.all(NAMES.map(fullName => hear(provider.call('registerAttempt', [{ ...exam, examName: `Prüfung ${fullName}`.slice(0, 255) }, registrationFacts({ fullName })]))))
        return heard.flatMap((result, index) => isFailure(result) ? [problem(`a learner named ${clip(NAMES[index])} to be registered`, describeHeard(result), 'Send names as UTF-8, or shorten them; the learner cannot.')] : [])
      }),
    },
    {
      id: 'repeated-effects',
      title: 'effects may be repeated with the same key',
      run: ({ target, has }) => {
        const effects = (['startAttempt', 'stopAttempt', 'markAttemptError', 'examSaved'] as const).filter(has)
        if (effects.length === 0) return new NotApplicable('the provider has none of these methods')
        return withScene(target, async (bench, scene) => {
          const results = await Promise.all(effects.map(method => repeat(bench, scene, target, method)))
          return results.flat()
        })
      },
    },
    {
      id: 'repeated-removal',
      title: 'removing twice is true: what is gone need not be removed',
      run: ({ target, has }) => has('removeAttempt')
        ? withScene(target, async ({ provider }, { ids }) => {
          await provider.call('removeAttempt', [ids], { idempotencyKey: 'remove-1' })
          const again = await hear(provider.call('removeAttempt', [ids], { idempotencyKey: 'remove-1' }))
          return !isFailure(again) && again.answer === true ? undefined : problem('true when the attempt is removed a second time', describeHeard(again), 'Take the vendor\'s "not found" for done; an effect may be delivered twice.')
        })
        : new NotApplicable('the provider has no removeAttempt'),
    },
    {
      id: 'empty-ids',
      title: 'attempts the vendor never took in are not spoken of',
      run: ({ target, has }) => checkEmptyIds(target, has),
    },
    {
      id: 'hostile-reviews',
      title: 'a review that cannot be read is refused with a 4xx',
      run: ({ target, has }) => has('normaliseReview') ? withScene(target, (bench, scene) => checkHostileReviews(bench, scene)) : new NotApplicable('the provider takes no reviews'),
    },
    {
      id: 'refused-reports',
      title: 'what attempts.find, markReady, receiveReview and reportError reject with is looked at',
      run: ({ target }) => checkRefusedReports(target),
    },
    {
      id: 'context-fetch',
      title: 'the vendor is reached through context.fetch only',
      run: ({ target }) => target.isLive ? new NotApplicable('with --live connections are meant to be made') : checkSockets(target),
    },
  ],
})

/** Runs something where an exam and an attempt are known to the vendor. */
function withScene<T> (target: Target, work: (bench: Bench, scene: Scene) => Promise<T>): Promise<T> {
  return withBench(target, {}, async bench => work(bench, await prepareScene(bench.provider)))
}

const failed = (expected: string, found: string, lacksVendor: boolean): Problem => problem(expected, found, lacksVendor
  ? 'The provider called a vendor and none is there: give `vendor` in the conformance file, or use --live.'
  : 'Answer as core/provider/contract.ts says, or let the stub in the conformance file answer as the vendor does.')

async function checkMethod ({ target, has }: Subject, method: ProviderMethod): Promise<Verdict> {
  if (!has(method)) return new NotApplicable(`the provider has no ${method}`)
  return withBench(target, {}, async ({ provider, line }) => {
    // without a registration there is still enough to call the others with, and registerAttempt itself is the one to blame
    const scene = await prepareScene(provider).catch(() => KNOWN_SCENE)
    const problems: Problem[] = []
    for (const { when, ask } of METHOD_CALLS[method](scene, target)) {
      const heard = await hear(ask(provider))
      if (isFailure(heard)) problems.push(failed(`${method} to answer${when && ` ${when}`}`, describeHeard(heard), line.lacksVendor))
    }
    return problems
  })
}

async function repeat ({ provider }: Bench, scene: Scene, target: Target, method: ProviderMethod): Promise<Problem[]> {
  const [call] = METHOD_CALLS[method](scene, target)
  if (!call) return []
  const first = await hear(call.ask(provider))
  const again = await hear(call.ask(provider))
  if (isFailure(again)) return [problem(`${method} to succeed when it is repeated`, describeHeard(again), 'The host repeats an effect whose outcome it does not know: take "already so" for done.')]
  const same = isFailure(first) || method !== 'examSaved' || clip(first.answer) === clip(again.answer)
  return same ? [] : [problem('examSaved to answer the same id when it is repeated', `${clip(first.answer)} and then ${clip(again.answer)}`, 'Pass call.idempotencyKey on to the vendor, or look the exam up before making it.')]
}

async function checkEmptyIds (target: Target, has: Subject['has']): Promise<Verdict> {
  const methods = (['startAttempt', 'stopAttempt', 'markAttemptError', 'removeAttempt', 'getAttempt'] as const).filter(has)
  if (methods.length === 0) return new NotApplicable('the provider has none of these methods')
  return withScene(target, async ({ provider, line }, { exam, attempt, ids }) => {
    const before = line.calls.length
    const nobody = [{ ...ids, attemptExternalId: null }, { examExternalId: null, attemptExternalId: null }]
    const asked = methods.flatMap(method => nobody.map(async none => [method, await hear(method === 'getAttempt'
      ? provider.call('getAttempt', [{ ...attempt, externalId: none.attemptExternalId, exam: { ...exam, externalId: none.examExternalId } }])
      : provider.call(method, [none]))] as const))
    const problems = (await Promise.all(asked)).flatMap(([method, heard]) => isFailure(heard) ? [problem(`${method} to do nothing without an id`, describeHeard(heard), 'Return when ids.attemptExternalId is null: the vendor never took the attempt in.')] : [])
    const strays = line.calls.slice(before).filter(({ url }) => /(?:null|undefined)(?:[/?&]|$)|[^:]\/\//.test(url))
    return [...problems, ...strays.map(({ method, url }) => problem('no calls about an attempt without an id', `${method} ${url}`, 'Return when ids.attemptExternalId is null.'))]
  })
}

const HOSTILE_BODIES: readonly Record<string, unknown>[] = [
  {}, { status: null }, { status: 'no such verdict' }, { status: ['passed'] }, { status: { toString: 'passed' } }, { reviewStatus: 7, examMetaData: null },
  { status: 'passed', comments: 'none' }, { status: 'passed', comments: [null] }, { status: 'passed', comments: [{ comment: 7, status: {}, start: 'soon' }] },
  { status: 'passed', comments: [{ comment: 'x', status: 'y'.repeat(300), start: 1e300 }] },
]

async function checkHostileReviews ({ provider }: Bench, { attempt }: Scene): Promise<Problem[]> {
  const heard = await Promise.all(HOSTILE_BODIES.map(body => hear(provider.call('normaliseReview', [{ attempt, body }]))))
  return heard.flatMap((result, index) => {
    // a body this vendor reads in its own way is its affair, as long as the answer has the contract's shape
    if (!isFailure(result) || (result.code === 'INV_PROVIDER_REFUSED' && (result.status ?? 0) < 500)) return []
    return [problem(`the review ${clip(HOSTILE_BODIES[index])} to be refused with a 4xx`, describeHeard(result), 'Check what came, and throw refuse(400, \'what is wrong\').')]
  })
}

async function checkSockets (target: Target): Promise<Verdict> {
  const opened: string[] = []
  const note = () => { opened.push(new Error().stack?.split('\n').find(line => line.includes(target.folder)) ?? '') }
  diagnostics.subscribe('net.client.socket', note)
  try {
    await withScene(target, async ({ provider }, scene) => {
      for (const method of METHODS.filter(name => provider.has(name))) for (const { ask } of METHOD_CALLS[method](scene, target)) await hear(ask(provider))
    })
  } finally {
    diagnostics.unsubscribe('net.client.socket', note)
  }
  if (opened.length === 0) return undefined
  return problem('calls to the vendor through context.fetch', `${opened.length} connections of its own${opened[0] && ` (${opened[0].trim()})`}`, 'Use context.fetch: it has a pool of its own, and operators can watch it.')
}

/** Attempts the host does not know, and a host that cannot look for them. */
async function checkRefusedReports (target: Target): Promise<Verdict> {
  const problems: Problem[] = []
  for (const attempts of ['unknown', 'unavailable'] as const) {
    const { strays, asks } = await withBench(target, { attempts }, async bench => {
      const { provider } = bench
      const scene = await prepareScene(provider).catch(() => KNOWN_SCENE)
      for (const method of METHODS.filter(name => provider.has(name))) for (const { ask } of METHOD_CALLS[method](scene, target)) await hear(ask(provider))
      return { strays: await findStrays(provider), asks: bench.asksAttempts }
    })
    if (!asks) return new NotApplicable('the provider asks nothing of attempts in its methods')
    problems.push(...[...new Set(strays)].slice(0, 2).map(found => problem('no promise to be rejected with nobody looking', found, 'Await what attempts answers, or catch it: an attempt may be gone, and the host may be in trouble.')))
  }
  return problems
}
