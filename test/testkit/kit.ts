import { join } from 'node:path'
import type { Test } from 'tap'
import { runConformance, type ConformanceOptions, type ConformanceReport } from '../../core/testkit/index.ts'
import { describeRun, joinRun } from '../helper/postgres-run.ts'

export const FIXTURES = join(import.meta.dirname, '../fixtures/conformance')

/** Where the kit may make its databases. */
export async function databaseServer (): Promise<string> {
  const url = new URL(process.env['TEST_DATABASE_URL'] || await joinRun(describeRun()))
  url.pathname = '/postgres'
  return url.href
}

/** Looks at one of the fixtures. */
export async function look (fixture: string, options: Partial<ConformanceOptions> = {}): Promise<ConformanceReport> {
  return runConformance({ target: join(FIXTURES, fixture), databaseUrl: await databaseServer(), ...options })
}

/** Ids of the checks that failed. */
export const failedIn = ({ results }: ConformanceReport): string[] => results.filter(({ state }) => state === 'failed').map(({ id }) => id)

/** A fixture with one thing wrong, and the checks that must find it. */
export interface Faulty {
  fixture: string
  fails: readonly string[]
  /** Whole exams are gone through where the fault shows in them. */
  states?: true
}

/** What npm and other processes say is the same for all but a few, and takes its time. */
const SLOW = ['manifest.published', 'closing', 'states']

/** Each fixture fails what it must fail, and nothing else. */
export function findFaults (t: Test, fixtures: readonly Faulty[]): void {
  for (const { fixture, fails, states } of fixtures) {
    t.test(`"${fixture}" fails ${fails.join(' and ')}, and nothing else`, async t => {
      const skip = SLOW.filter(id => !fails.includes(id) && !(id === 'states' && states))
      const report = await look(fixture, { skip })
      t.same(failedIn(report), fails)
      t.equal(report.conformant, false)
      const problems = report.results.flatMap(result => result.problems)
      t.same(problems.filter(({ expected, found, hint }) => expected === '' || found === '' || !/[.?)]$/.test(hint)), [], 'each says what was expected, what was found and what to do')
    })
  }
}
