import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { loadScenarios } from './load.ts'
import { runAll } from './pool.ts'
import { formatFailure, formatReport } from './report.ts'

const JOBS = 2

/** Plays all scenarios of a folder beside this file; a test for each of its areas. */
export async function playFolder (t: Test, name: string): Promise<void> {
  const folder = fileURLToPath(new URL(`./${name}`, import.meta.url))
  const { scenarios, faults } = loadScenarios(folder)
  t.strictSame(faults, [], 'all files can be read')
  const outcomes = await runAll(scenarios, { folder, jobs: JOBS })
  for (const [area, played] of Map.groupBy(outcomes, outcome => outcome.area)) {
    t.test(`the ${name} scenarios of ${area} hold`, async t => {
      for (const outcome of played) {
        if (outcome.verdict === 'skipped') t.pass(outcome.id, { skip: outcome.reason })
        else t.equal(outcome.verdict, 'passed', outcome.id, outcome.failure ? { difference: formatFailure(outcome) } : {})
      }
    })
  }
  t.comment(formatReport(outcomes.map(outcome => ({ ...outcome, failure: undefined }))))
}
