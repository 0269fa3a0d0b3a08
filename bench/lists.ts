import type { Finding } from './measure/finding.ts'
import { readLines, timeRequests, weighRequest, type Asked } from './measure/requests.ts'
import { compare, takeTurns, type Sample } from './measure/rounds.ts'
import { COURSE, fillCourse, learnersOf, SEARCHES } from './scene/course.ts'
import type { Scene } from './scene/scene.ts'
import type { BenchServer } from './scene/servers.ts'
import { signStaffToken, signToken } from './scene/tokens.ts'

const LARGE = 100_000
const SMALL = 1_000
const PAGE_SIZE = 25
const MAX_ROUNDS = 20
const TABLE_ROUNDS = 3
const AIM = { within: 1.5 }

const V1 = '/api/edx_proctoring/v1'
const GROUPED = `${V1}/proctored_exam/attempt/grouped/course_id/${COURSE}`
const ONBOARDING = `${V1}/user_onboarding/status/course_id/${COURSE}`
const lastPage = (attempts: number): number => Math.ceil(attempts / PAGE_SIZE)

/** What is asked of a course with so many attempts, and how often in one round. */
interface List { what: string, path (attempts: number): string, times: number, by?: 'learner', aim?: typeof AIM | null }

const LISTS: readonly List[] = [
  { what: 'attempts: page 1', path: () => GROUPED, times: 10 },
  { what: 'attempts: page 4,000 of 4,000, beside 40 of 40', path: attempts => `${GROUPED}?page=${lastPage(attempts)}`, times: 10 },
  { what: 'attempts: the page in the middle', path: attempts => `${GROUPED}?page=${lastPage(attempts) / 2}`, times: 10 },
  { what: 'search that finds one learner', path: () => `${GROUPED}/search/${SEARCHES.one}`, times: 10 },
  { what: 'search that finds nobody', path: () => `${GROUPED}/search/${SEARCHES.none}`, times: 10 },
  { what: 'search that finds one in 20', path: () => `${GROUPED}/search/${SEARCHES.some}`, times: 4 },
  { what: 'search that finds everybody', path: () => `${GROUPED}/search/${SEARCHES.all}`, times: 1 },
  { what: 'onboarding: page 1', path: () => ONBOARDING, times: 10 },
  { what: 'onboarding: last page', path: attempts => `${ONBOARDING}?page=${lastPage(learnersOf(attempts))}`, times: 10 },
  { what: 'onboarding: with a filter', path: () => `${ONBOARDING}?statuses=rejected`, times: 1 },
  { what: 'violation report: a page as JSON', path: () => `/api/invigil/v1/courses/${COURSE}/violations?limit=100`, times: 4 },
  { what: 'what a learner is working on', path: () => `${V1}/proctored_exam/active_exams_for_user`, times: 10, by: 'learner' },
]
const TABLE: List = { what: 'violation report as CSV, to its end', path: () => `/api/invigil/v1/courses/${COURSE}/violations?reviews=all`, times: 1 }
const FILTERED: List = { what: 'onboarding with a filter', path: () => `${ONBOARDING}?statuses=rejected`, times: 1 }

interface Course { attempts: number, server: BenchServer, stop (): Promise<void>, ask (list: List, accept?: string): Asked }

/** The lists of a course with 100,000 attempts beside those of one with 1,000, each in a database of its own and behind a server of its own. */
export default async function lists (scene: Scene): Promise<Finding[]> {
  const [large, small] = [await openCourse(scene, LARGE), await openCourse(scene, SMALL)]
  try {
    // first, while neither server has done anything that the other has not
    const findings = [...await weighLists(large, small), ...await readTables(large, small)]
    for (const list of LISTS) findings.push(await timeList(list, large, small, Math.min(scene.rounds, MAX_ROUNDS)))
    return findings
  } finally {
    await Promise.all([large.stop(), small.stop()])
  }
}

async function openCourse (scene: Scene, attempts: number): Promise<Course> {
  const { secret, dataDir } = scene
  const { url: databaseUrl } = await scene.createDatabase(`course_${attempts}`, client => fillCourse(client, attempts))
  const platform = await scene.start('platform', { databaseUrl, dataDir, secret, learners: learnersOf(attempts) })
  const server = await scene.start('invigil', { databaseUrl, dataDir, secret, lmsUrl: platform.url })
  const [staff, learner] = [await signStaffToken(COURSE, secret), await signToken(learnersOf(attempts), secret)]
  return {
    attempts,
    server,
    stop: async () => { await Promise.all([server.stop(), platform.stop()]) },
    ask: ({ path, by }, accept = 'application/json') => ({ path: path(attempts), headers: { authorization: `JWT ${by === 'learner' ? learner : staff}`, accept } }),
  }
}

async function timeList (list: List, large: Course, small: Course, rounds: number): Promise<Finding> {
  const side = ({ server, ask }: Course) => () => timeRequests(server, ask(list), list.times)
  const pairs = await takeTurns(side(large), side(small), { rounds, warmUp: 2 })
  return { what: list.what, unit: 'ms', ...compare(pairs, 'ms', 'growth'), aim: AIM }
}

async function readTables (large: Course, small: Course): Promise<Finding[]> {
  const side = ({ server, ask, attempts }: Course) => async (): Promise<Sample> => {
    const sample = await readLines(server, ask(TABLE, 'text/csv'))
    if ((sample['lines'] ?? 0) <= attempts) throw new Error(`expected the report to have a line for each of ${attempts} attempts, found ${sample['lines']}`)
    return sample
  }
  const pairs = await takeTurns(side(large), side(small), { rounds: TABLE_ROUNDS, warmUp: 1 })
  return [
    { what: TABLE.what, unit: 'lines/s', ...compare(pairs, 'perSecond', 'more'), aim: { ratio: 0.67 } },
    { what: `${TABLE.what}: most memory of the server`, unit: 'MiB', ...compare(pairs, 'mebibytes', 'growth'), aim: AIM },
  ]
}

async function weighLists (large: Course, small: Course): Promise<Finding[]> {
  const side = ({ server, ask }: Course) => () => weighRequest(server, ask(FILTERED))
  const pairs = await takeTurns(side(large), side(small), { rounds: TABLE_ROUNDS, warmUp: 1 })
  return [{ what: `${FILTERED.what}: most memory of the server`, unit: 'MiB', ...compare(pairs, 'mebibytes', 'growth'), aim: AIM }]
}
