import { parseArgs } from 'node:util'
import { loadScenarios, type Choice } from './load.ts'
import { runAll } from './pool.ts'
import { formatReport, summarise } from './report.ts'
import type { Outcome } from './run-scenario.ts'

const USAGE = 'npm run scenarios -- <folder> [--area <area>] [--only <id, * allowed>] [--jobs <n>] [--json]'

async function main (): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { area: { type: 'string' }, only: { type: 'string' }, jobs: { type: 'string', default: '2' }, json: { type: 'boolean', default: false } },
  })
  const [folder] = positionals
  const jobs = Number(values.jobs)
  if (folder === undefined || !Number.isInteger(jobs) || jobs < 1) return complain([USAGE])
  const choice: Choice = { ...(values.area !== undefined && { area: values.area }), ...(values.only !== undefined && { only: values.only }) }
  const { scenarios, faults } = loadScenarios(folder, choice)
  if (faults.length > 0) return complain(faults)
  if (scenarios.length === 0) return complain([`${folder}: no scenario fits (expected <area>/<id>.json)`])
  const outcomes = await runAll(scenarios, { folder, jobs, onOutcome: values.json ? () => {} : showProgress })
  if (!values.json) process.stderr.write('\n')
  console.log(values.json ? JSON.stringify({ summary: summarise(outcomes), outcomes }, null, 2) : formatReport(outcomes))
  return outcomes.some(({ verdict }) => verdict === 'failed') ? 1 : 0
}

function complain (lines: string[]): number {
  console.error(lines.join('\n'))
  return 2
}

const SIGNS = { passed: '.', failed: 'F', skipped: 's' } as const

function showProgress ({ verdict }: Outcome): void {
  process.stderr.write(SIGNS[verdict])
}

process.exitCode = await main()
