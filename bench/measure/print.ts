import { isMet, type Aim, type Finding } from './finding.ts'
import type { Spread } from './statistics.ts'

/** One line per finding: the medians, in brackets the middle half of the rounds. */
export function printFindings (findings: readonly Finding[], json: boolean): void {
  for (const finding of findings) console.log(json ? JSON.stringify({ ...finding, met: isMet(finding) }) : writeLine(finding))
}

function writeLine (finding: Finding): string {
  const { what, unit, ours, beside, ratio, aim } = finding
  const figures = [
    `${writeSpread(ours)} ${unit}`,
    beside && `beside ${writeSpread(beside)} ${unit}`,
    ratio && `ratio ${writeSpread(ratio)}`,
    aim && `${writeAim(aim, unit)}: ${isMet(finding) ? 'met' : 'NOT MET'}`,
  ]
  return `${what}\n  ${figures.filter(Boolean).join(', ')}`
}

const writeAim = (aim: Aim, unit: string): string => 'atMost' in aim ? `aim at most ${aim.atMost} ${unit}` : `aim ${aim.ratio} or better`

const writeSpread = ({ median, low, high }: Spread): string => `${round(median)} (${round(low)} to ${round(high)})`

/** Three significant figures; whole numbers from a hundred up. */
function round (value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}
