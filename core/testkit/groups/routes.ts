import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProviderFaults } from '../../provider/faults.ts'
import { ROUTE_ANSWER_LIMIT } from '../../provider/contract.ts'
import { openBench } from '../bench/bench.ts'
import { findOptionsSecrets } from '../bench/evidence.ts'
import { findSecrets } from '../bench/secrets.ts'
import { findStrays } from '../bench/strays.ts'
import { defineGroup, NotApplicable, NotChecked, problem, type Problem, type Verdict } from '../check.ts'
import type { TrialDatabase } from '../house/server.ts'
import { badRequests } from '../routes/bad-requests.ts'
import { describeAnswer, explainsItself, findMissingSchemas, holdsStack, isGood, TOO_LATE, TOO_MUCH } from '../routes/judge.ts'
import { buildRequest, nameOf, waysOf, type Way } from '../routes/sample.ts'
import { openStage, type Asker, type Stage } from '../routes/stage.ts'
import { findUnended, underFault, type Met } from '../routes/under-fault.ts'
import type { Target } from '../target/target.ts'

interface Subject {
  readonly target: Target
  /** What the host says against the routes at start; nothing else is then looked at. */
  readonly faults: readonly Problem[]
  readonly stage: Stage | null
  readonly databaseUrl: string
}

/** The host waits a second for an id that may be about to be stored. */
const UNKNOWN_MS = 1_500
/** In place of the contract's 10 s where a vendor never answers. */
const HURRIED_MS = 500

export default defineGroup<Subject>({
  id: 'routes',
  title: 'own routes',
  about: 'Builds the whole service on a real PostgreSQL with this provider and somebody in an exam, and asks every route as strangers, learners, staff, its vendor and another one do: ' +
    'well, badly, and with the vendor unwell. Good requests are made from the routes\' schemas; `routes` in the conformance file gives better ones. Routes for staff may name learners, others may not.',
  async open (target) {
    const { ways, faults } = await readRoutes(target)
    if (faults.length > 0) return { subject: { target, faults, stage: null, databaseUrl: '' } }
    if (ways.length === 0) return { subject: { target, faults, stage: null, databaseUrl: '' }, absent: 'it has none' }
    const database = await target.databases.open()
    const stage = await openStage(target, database.url, ways).catch(async (error: unknown) => { await database.close(); throw error })
    return { subject: { target, faults, stage, databaseUrl: database.url }, close: () => closeStage(stage, database) }
  },
  checks: [
    {
      id: 'permissions',
      title: 'every route says who may call it, and can be mounted',
      run: ({ faults }) => faults,
    },
    {
      id: 'schemas',
      title: 'every route describes the parameters of its path and the body it takes',
      run: subject => eachWay(subject, async (_stage, way) => findMissingSchemas(way)),
    },
    {
      id: 'answers',
      title: 'a good request is answered, not failed',
      run: subject => eachWay(subject, async (stage, way) => {
        const answer = await askWell(stage, way)
        return answer.status < 500 || answer.code === TOO_MUCH ? [] : [problem(`${nameOf(way)} to answer a good request`, describeAnswer(answer), stage.house.line.lacksVendor ? 'It called a vendor and none is there: give `vendor` in the conformance file.' : 'See the log of the service; give a better request under `routes` in the conformance file if this one is not good.')]
      }),
    },
    {
      id: 'strangers',
      title: 'strangers are refused where a route is not public',
      run: subject => refuse(subject, ({ permission }) => permission !== 'public', ['public']),
    },
    {
      id: 'other-vendors',
      title: 'another vendor\'s credentials are refused on the routes of this one, and people are',
      run: subject => refuse(subject, ({ permission }) => permission === 'vendor', ['rival', 'staff', 'authenticated']),
    },
    {
      id: 'bad-input',
      title: 'bad input is refused with a 4xx, as JSON with a detail',
      run: subject => eachWay(subject, tryBadly),
    },
    {
      id: 'unknown-attempts',
      title: 'an attempt nobody knows is an answer or a 4xx, and leaves no rejected promise behind',
      run: async subject => {
        const problems = await eachWay(subject, async (stage, way) => {
          const answer = await stage.ask(way, buildRequest(way, subject.target.routes, `no-such-${randomUUID()}`))
          return answer.status < 500 ? [] : [problem(`${nameOf(way)} to refuse an attempt it does not know with a 4xx`, describeAnswer(answer), 'Look what attempts answered, and throw refuse(404, reason).')]
        })
        const strays = await findStrays(stageOf(subject).house.app.providers.require(null), UNKNOWN_MS)
        return [...problems, ...strays.slice(0, 2).map(found => problem('no promise to be rejected with nobody looking', found, 'Await what attempts answers, or catch it.'))]
      },
    },
    {
      id: 'vendor-down',
      title: 'with the vendor down a route answers in time, and works again once the vendor does',
      run: subject => metBy(eachMet(subject, ['refused', '503'], async (stage, way, { answer, fault }) => {
        if (answer.code === TOO_LATE || !explainsItself(answer)) return [problem(`${nameOf(way)} to answer, or to say why not, when the vendor ${fault.does}`, describeAnswer(answer), 'Catch it, and throw refuse(503, reason).')]
        const again = await askWell(stage, way)
        return again.status < 500 || again.code === TOO_MUCH ? [] : [problem(`${nameOf(way)} to work again once the vendor does`, describeAnswer(again), 'Keep nothing of a failed call: no broken token, no pending promise.')]
      })),
    },
    {
      id: 'vendor-silent',
      title: 'a route lets go of a vendor that never answers when request.call.signal aborts',
      run: async subject => {
        const { ways } = stageOf(subject)
        const hurried = await openStage(subject.target, subject.databaseUrl, ways, { deadlineMs: HURRIED_MS })
        try {
          return await metBy(eachMet({ ...subject, stage: hurried }, ['silent', 'stalled'], async (stage, way, met) => {
            const { answer, fault } = met
            const still = await findUnended(stage.house.line, met)
            if (still === null && explainsItself(answer)) return []
            return [problem(`${nameOf(way)} to end at its deadline when the vendor ${fault.does}`, still ?? describeAnswer(answer), 'Pass the signal on: fetch(url, { signal: request.call.signal }).')]
          }))
        } finally {
          await hurried.house.close()
        }
      },
    },
    {
      id: 'sizes',
      title: `answers stay below ${ROUTE_ANSWER_LIMIT / 1024 / 1024} MiB, whatever the vendor sends`,
      run: async subject => {
        const tooMuch = (way: Way, found: string) => problem(`${nameOf(way)} to answer at most ${ROUTE_ANSWER_LIMIT} bytes`, found, 'Answer in pages, or with an address where the rest is.')
        const own = await eachWay(subject, async (stage, way) => {
          const answer = await askWell(stage, way)
          return answer.code === TOO_MUCH ? [tooMuch(way, describeAnswer(answer))] : []
        })
        const passedOn = await eachMet(subject, ['huge'], async (_stage, way, { answer }) => answer.code === TOO_MUCH ? [tooMuch(way, `${describeAnswer(answer)}, as the vendor sent 16 MB`)] : [])
        return [...own, ...passedOn?.filter(({ expected }) => own.every(other => other.expected !== expected)) ?? []]
      },
    },
    {
      id: 'learners',
      title: 'no learner\'s id, name or e-mail address is told to those who were not told already',
      run: subject => eachWay(subject, async (stage, way) => {
        const { permission } = way.route
        if (permission === 'staff') return []
        const request = buildRequest(way, subject.target.routes, stage.externalId)
        const { text } = await stage.ask(way, request, permission === 'authenticated' ? 'classmate' : permission)
        const known = permission === 'vendor' ? JSON.stringify(stage.house.line.calls) : JSON.stringify(request)
        return stage.marks.filter(mark => text.includes(mark) && !known.includes(mark)).map(mark => problem(`${nameOf(way)} to say nothing of the learner`, `"${mark}" in the answer`, 'Answer what concerns the attempt; for people there are routes for staff.'))
      }),
    },
    {
      id: 'secrets',
      title: 'no answer holds a secret or a stack',
      run: async subject => {
        const { heard, ways } = stageOf(subject)
        const { secrets } = await findOptionsSecrets(subject.target)
        // refusals and failures are among them: all that was answered to the checks above
        if (heard.length === 0) await eachWay(subject, tryBadly)
        return ways.map(nameOf).flatMap(name => {
          const texts = heard.filter(([from]) => from === name).map(([, text]) => text)
          const told = [...new Set(texts.flatMap(text => findSecrets(secrets, text)))].map(secret => problem('no secret in an answer', `"${secret}" in an answer of ${name}`, 'Say what is wrong, not what was worked with.'))
          const stack = texts.find(holdsStack)
          return stack === undefined ? told : [...told, problem('no stack in an answer', `${name}: ${stack.slice(0, 160)}`, 'Let the host answer what is thrown; it goes to the log.')]
        })
      },
    },
  ],
})

async function readRoutes (target: Target): Promise<{ ways: Way[], faults: Problem[] }> {
  try {
    const bench = await openBench(target)
    await bench.close()
    return { ways: waysOf(bench.provider.routes?.table ?? []), faults: [] }
  } catch (error) {
    if (!(error instanceof ProviderFaults) || error.faults.some(({ code }) => code !== 'INV_PROVIDER_ROUTES')) throw new NotChecked('the provider cannot be loaded; see the group "definition"', { cause: error })
    return { ways: [], faults: error.faults.map(({ expected, found, hint }) => problem(expected, found, hint)) }
  }
}

/** What handlers left to nobody may still wait for an id; it is to be heard while this run listens. */
async function closeStage (stage: Stage, database: TrialDatabase): Promise<void> {
  await stage.house.close()
  await sleep(UNKNOWN_MS)
  await database.close()
}

function stageOf ({ stage }: Subject): Stage {
  if (stage === null) throw new NotChecked('the routes cannot be mounted; see routes.permissions')
  return stage
}

async function eachWay (subject: Subject, look: (stage: Stage, way: Way) => Promise<Problem[]>): Promise<Problem[]> {
  const stage = stageOf(subject)
  const problems: Problem[] = []
  for (const way of stage.ways) problems.push(...await look(stage, way))
  return problems
}

const askWell = (stage: Stage, way: Way) => stage.ask(way, buildRequest(way, stage.target.routes, stage.externalId))

async function refuse (subject: Subject, isMeant: (route: Way['route']) => boolean, askers: readonly Asker[]): Promise<Verdict> {
  if (!stageOf(subject).ways.some(({ route }) => isMeant(route))) return new NotApplicable('it has no such route')
  return eachWay(subject, async (stage, way) => {
    if (!isMeant(way.route)) return []
    const answers = await Promise.all(askers.map(async as => [as, await stage.ask(way, buildRequest(way, stage.target.routes, stage.externalId), as)] as const))
    return answers.filter(([, { status }]) => status !== 401 && status !== 403).map(([as, answer]) => problem(`${nameOf(way)} to be closed to ${as === 'public' ? 'strangers' : as}`, describeAnswer(answer), 'The host decides it by config.permission; tell its authors.'))
  })
}

async function tryBadly (stage: Stage, way: Way): Promise<Problem[]> {
  const good = buildRequest(way, stage.target.routes, stage.externalId)
  if (!isGood(way, good)) throw new NotChecked(`${nameOf(way)}: its schemas do not suggest a good request; give one under \`routes\` in the conformance file`)
  for (const { what, path, payload, isRefused } of badRequests(way, good)) {
    const answer = await stage.send(way, path, payload)
    const holds = answer.status < 500 && explainsItself(answer) && (!isRefused || answer.status >= 400)
    // one is enough: the next would most likely be the same fault
    if (!holds) return [problem(`${nameOf(way)} to refuse ${what} with a 4xx and { detail }`, describeAnswer(answer), 'Describe what is taken in the route\'s schema, and throw refuse(400, reason) for the rest.')]
  }
  return []
}

/** Null: no route calls the vendor. */
async function eachMet (subject: Subject, faults: readonly string[], look: (stage: Stage, way: Way, met: Met) => Promise<Problem[]>): Promise<Problem[] | null> {
  let isMet = false
  const problems = await eachWay(subject, async (stage, way) => {
    for (const id of faults) {
      const met = await underFault(stage, id, () => askWell(stage, way))
      if (met === null) return []
      isMet = true
      const found = await look(stage, way, met)
      stage.house.line.disturb(null)
      if (found.length > 0) return found
    }
    return []
  })
  return isMet ? problems : null
}

const metBy = async (looking: Promise<Problem[] | null>): Promise<Verdict> => await looking ?? new NotApplicable('no route calls the vendor')
