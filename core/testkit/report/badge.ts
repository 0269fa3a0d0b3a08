import type { ConformanceReport } from './report.ts'

const CHARACTER_PX = 6.6
const LABEL = 'invigil'

/** A small image for a README. */
export function formatBadge ({ conformant, contract, counts }: Pick<ConformanceReport, 'conformant' | 'contract' | 'counts'>): string {
  const value = conformant ? `conforms to ${contract}` : `${counts.failed + counts.not_checked} to mend`
  const [left, right] = [LABEL, value].map(text => Math.round(text.length * CHARACTER_PX) + 14)
  const width = (left ?? 0) + (right ?? 0)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${LABEL}: ${value}">
<title>${LABEL}: ${value}</title>
<rect width="${left}" height="20" fill="#444"/>
<rect x="${left}" width="${right}" height="20" fill="${conformant ? '#1a7f37' : '#b42318'}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="7" y="14">${LABEL}</text><text x="${(left ?? 0) + 7}" y="14">${value}</text></g>
</svg>
`
}
