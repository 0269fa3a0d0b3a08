import { join } from 'node:path'
import { startEmbeddedPostgres } from '../core/db/embedded.ts'
import { GROUPS } from '../core/testkit/groups/index.ts'
import { runConformance } from '../core/testkit/index.ts'
import { formatReport } from '../core/testkit/report/table.ts'

const ROOT = join(import.meta.dirname, '..')
/** Every provider package of the house. */
export const FIRST_PARTY = ['plugins/null', 'plugins/mock', 'plugins/rest', 'plugins/proctortrack', 'plugins/rpnow', 'demo/provider']

/** Tries all of them on one database server; the last lines say which conform. */
async function tryAll (databaseUrl: string): Promise<boolean> {
  const titles = new Map(GROUPS.map(({ id, title }) => [id, title]))
  let all = true
  for (const target of FIRST_PARTY) {
    const report = await runConformance({ target, cwd: ROOT, databaseUrl })
    const text = formatReport(report, titles)
    console.log(report.conformant ? text.split('\n').at(-1) : text)
    all &&= report.conformant
  }
  return all
}

async function main (): Promise<void> {
  if (process.env.DATABASE_URL) {
    process.exitCode = await tryAll(process.env.DATABASE_URL) ? 0 : 1
    return
  }
  const postgres = await startEmbeddedPostgres({ dataDir: join(ROOT, '.data/conformance'), settings: { fsync: 'off' } })
  try {
    process.exitCode = await tryAll(postgres.url('invigil')) ? 0 : 1
  } finally {
    await postgres.stop()
  }
}

if (import.meta.main) await main()
