import type { CheckResult, CheckState } from '../check.ts'
import type { ConformanceReport } from './report.ts'

const WORDS: Readonly<Record<CheckState, string>> = { passed: 'ok', failed: 'FAILED', not_applicable: '-', not_checked: 'NOT CHECKED', skipped: 'skipped' }

/** The report for people: a line per check; what was expected, found and is to be done beneath those that failed. */
export function formatReport ({ results, counts, conformant, entries, package: { name, version }, durationMs }: ConformanceReport, groupTitles: ReadonlyMap<string, string>): string {
  const width = Math.max(...results.map(({ id }) => id.length))
  const blocks = sections(results).map(rows => {
    const [{ entry, group } = { entry: null, group: '' }] = rows
    const head = `${groupTitles.get(group) ?? group}${entries.length > 1 && entry !== null ? ` (${entry})` : ''}`
    return [head, ...rows.flatMap(row => formatResult(row, width))].join('\n')
  })
  return [...blocks, '', formatSummary(`${name ?? 'the package'} ${version ?? ''}`.trim(), counts, conformant, durationMs)].join('\n')
}

function sections (results: readonly CheckResult[]): CheckResult[][] {
  return [...Map.groupBy(results, ({ entry, group }) => `${entry} ${group}`).values()]
}

function formatResult ({ id, state, title, problems, reason }: CheckResult, width: number): string[] {
  const line = `  ${WORDS[state].padEnd(11)}  ${id.padEnd(width)}  ${title}${reason === null ? '' : ` (${plain(reason)})`}`
  return [line, ...problems.flatMap(({ expected, found, hint }) => [
    `               expected  ${plain(expected)}`,
    `               found     ${plain(found)}`,
    `               to do     ${plain(hint)}`,
  ])]
}

function formatSummary (name: string, { passed, failed, not_checked: notChecked, not_applicable: notApplicable, skipped }: ConformanceReport['counts'], conformant: boolean, ms: number): string {
  const parts = [`${passed} passed`, failed && `${failed} failed`, notChecked && `${notChecked} not checked`, notApplicable && `${notApplicable} not applicable`, skipped && `${skipped} skipped`].filter(Boolean)
  return `${name} ${conformant ? 'conforms' : 'does not conform'}: ${parts.join(', ')}, in ${(ms / 1000).toFixed(1)} s.`
}

/** What a vendor answered must not reach a terminal as it is. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ')
