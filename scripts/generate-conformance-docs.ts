import { readFile, writeFile } from 'node:fs/promises'
import { GROUPS } from '../core/testkit/groups/index.ts'

export const CONFORMANCE_DOCS = new URL('../docs/conformance.md', import.meta.url)

const BEGIN = '<!-- checks: written by scripts/generate-conformance-docs.ts -->'
const END = '<!-- end of checks -->'

/** The page with the list of checks as the tables have it now. */
export function withChecks (page: string): string {
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (start < 0 || end < start) throw new Error(`docs/conformance.md: expected the lines "${BEGIN}" and "${END}".`)
  return `${page.slice(0, start + BEGIN.length)}\n\n${listChecks()}\n${page.slice(end)}`
}

function listChecks (): string {
  return GROUPS.map(({ id, title, about, checks }) => [
    `### ${id}: ${title}`,
    '',
    about,
    '',
    ...checks.length > 0 ? ['| check | holds when |', '|---|---|', ...checks.map(check => `| \`${id}.${check.id}\` | ${check.title} |`), ''] : [],
  ].join('\n')).join('\n')
}

if (import.meta.main) await writeFile(CONFORMANCE_DOCS, withChecks(await readFile(CONFORMANCE_DOCS, 'utf8')))
