import { fileURLToPath } from 'node:url'
import t from 'tap'
import { loadScenarios } from './load.ts'
import { runAll } from './pool.ts'
import { formatFailure, formatReport } from './report.ts'

const FOLDER = fileURLToPath(new URL('./recorded', import.meta.url))
const JOBS = 2

// The whole sample takes minutes, and some vendors in it never answer.
t.setTimeout(1_800_000)

const { scenarios, faults } = loadScenarios(FOLDER)
t.strictSame(faults, [], 'all files can be read')

const outcomes = await runAll(scenarios, { folder: FOLDER, jobs: JOBS })
for (const [area, played] of Map.groupBy(outcomes, outcome => outcome.area)) {
  t.test(`the recorded scenarios of ${area} hold`, async t => {
    for (const outcome of played) {
      if (outcome.verdict === 'skipped') t.pass(outcome.id, { skip: outcome.reason })
      else t.equal(outcome.verdict, 'passed', outcome.id, outcome.failure ? { difference: formatFailure(outcome) } : {})
    }
  })
}
t.comment(formatReport(outcomes.map(outcome => ({ ...outcome, failure: undefined }))))
