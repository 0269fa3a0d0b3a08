import { availableParallelism, cpus, loadavg } from 'node:os'
import { isMet, type Aim, type Finding } from './finding.ts'
import type { Spread } from './statistics.ts'

const HEAD = ['', 'Invigil', 'beside', 'ratio', 'aim', '']

/** One line per finding: medians, and in brackets the range of the middle half of the rounds. */
export function writeTable (findings: readonly Finding[]): string {
  const rows = [HEAD, ...findings.map(writeRow)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}

const MARKS = { begin: '<!-- figures:begin -->', end: '<!-- figures:end -->' }

/** A page with the figures of a run between its two marks, whatever stood there before. */
export function placeFigures (page: string, findings: readonly Finding[], { machine, date }: { machine: string, date: Date }): string {
  const [before, rest] = page.split(MARKS.begin)
  const after = rest?.split(MARKS.end)[1]
  if (before === undefined || after === undefined) throw new Error(`expected the page to have the lines ${MARKS.begin} and ${MARKS.end}`)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [line(HEAD), `|${'---|'.repeat(HEAD.length)}`, ...findings.map(finding => line(writeRow(finding)))]
  return `${before}${MARKS.begin}\n${date.toISOString().slice(0, 10)}, ${machine}\n\n${table.join('\n')}\n${MARKS.end}${after}`
}

/** Everything as it was measured, for machines. */
export function writeJson (findings: readonly Finding[]): string {
  return JSON.stringify({ machine: describeMachine(), findings: findings.map(finding => ({ ...finding, met: isMet(finding) })) }, null, 2)
}

/** What the figures depend on. A load well above 0 at the start means that others were at work too. */
export function describeMachine (): string {
  return `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`
}

function writeRow (finding: Finding): string[] {
  const { what, unit, ours, beside, ratio, aim } = finding
  return [what, `${writeSpread(ours)} ${unit}`, beside ? `${writeSpread(beside)} ${unit}` : '', ratio ? writeSpread(ratio) : '', writeAim(aim, unit), VERDICTS[String(isMet(finding))] ?? '']
}

function writeAim (aim: Aim | null, unit: string): string {
  if (aim === null) return ''
  if ('atMost' in aim) return `at most ${aim.atMost} ${unit}`
  return 'within' in aim ? `at most ${aim.within}` : `${aim.ratio} or better`
}

const VERDICTS: Readonly<Record<string, string>> = { true: 'met', false: 'NOT MET' }

const writeSpread = ({ median, low, high }: Spread): string => `${round(median)} (${round(low)} to ${round(high)})`

/** Three significant figures; whole numbers from a hundred up. */
function round (value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}
