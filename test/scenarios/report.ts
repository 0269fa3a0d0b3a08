import { show } from './json.ts'
import type { Outcome } from './run-scenario.ts'

interface Row { area: string, passed: number, failed: number, skipped: number }

export function summarise (outcomes: readonly Outcome[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { area, verdict } of outcomes) {
    const row = rows.get(area) ?? { area, passed: 0, failed: 0, skipped: 0 }
    row[verdict] += 1
    rows.set(area, row)
  }
  return [...rows.values()].sort((a, b) => a.area.localeCompare(b.area))
}

/** The whole report as text: failures first, then what was not played and why, then the counts per area. */
export function formatReport (outcomes: readonly Outcome[]): string {
  return [...outcomes.filter(({ verdict }) => verdict === 'failed').map(formatFailure), ...formatSkips(outcomes), ...formatUnchecked(outcomes), formatTable(outcomes)].join('\n')
}

export function formatFailure ({ area, id, failure }: Outcome): string {
  const lines = [`FAILED ${area}/${id}`]
  if (failure) lines.push(`  step ${failure.step} (${failure.did})`)
  if (failure?.difference) {
    const { path, expected, actual, reason } = failure.difference
    lines.push(`    at       ${path}${reason === undefined ? '' : `: ${reason}`}`, `    expected ${show(expected)}`, `    came     ${show(actual)}`)
  }
  if (failure?.came !== undefined) lines.push(`    ${failure.came}`)
  if (failure?.error !== undefined) lines.push(`    ${failure.error.replaceAll('\n', '\n    ')}`)
  return `${lines.join('\n')}\n`
}

/** What was not played is named: it must never look as if it had passed. */
function formatSkips (outcomes: readonly Outcome[]): string[] {
  const reasons = Map.groupBy(outcomes.filter(({ verdict }) => verdict === 'skipped'), ({ reason }) => reason ?? 'no reason')
  return [...reasons].map(([reason, skipped]) => `NOT SUPPORTED (${reason}): ${skipped.length}\n  ${skipped.map(({ id }) => id).join(' ')}\n`)
}

function formatUnchecked (outcomes: readonly Outcome[]): string[] {
  const channels = new Map<string, number>()
  for (const { unchecked } of outcomes) for (const name of unchecked) channels.set(name, (channels.get(name) ?? 0) + 1)
  return channels.size === 0 ? [] : [`Not compared: ${[...channels].map(([name, count]) => `${name} (in ${count} scenarios)`).join(', ')}\n`]
}

function formatTable (outcomes: readonly Outcome[]): string {
  const rows = summarise(outcomes)
  const count = (key: 'passed' | 'failed' | 'skipped') => rows.reduce((sum, row) => sum + row[key], 0)
  const all: Row[] = [...rows, { area: 'all', passed: count('passed'), failed: count('failed'), skipped: count('skipped') }]
  const line = (area: string, ...cells: unknown[]) => area.padEnd(14) + cells.map(cell => String(cell).padStart(15)).join('')
  return [line('area', 'passed', 'failed', 'not supported'), ...all.map(row => line(row.area, row.passed, row.failed, row.skipped))].join('\n')
}
