import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { defineCommand, type CommandContext } from '../command.ts'
import { UsageError } from '../faults.ts'

const conformance = defineCommand({
  name: 'conformance',
  summary: 'Drive a provider package, or a vendor by its address, through every state and fault, and say what does not conform',
  description: 'TARGET is a folder, an installed package, or the address of a vendor that follows the REST conventions. Needs no configuration: with DATABASE_URL ' +
    'a database is made on that server and dropped again, else an embedded PostgreSQL is started. Ends with 1 when something does not conform or could not be checked. See docs/conformance.md.',
  positionals: { target: { kind: 'text', value: 'TARGET', help: 'the package, folder or address', required: true } },
  options: {
    entry: { kind: 'text', value: 'NAME', help: 'only this entry point of the package' },
    options: { kind: 'text', value: 'FILE', help: 'YAML or JSON with options in place of those in the conformance file' },
    live: { kind: 'flag', help: 'use the real network instead of the vendor\'s stub' },
    only: { kind: 'text', value: 'IDS', help: 'groups to check, with commas between' },
    skip: { kind: 'text', value: 'IDS', help: 'groups or checks to leave out, with commas between' },
    report: { kind: 'text', value: 'FILE', help: 'write the report there as JSON' },
    badge: { kind: 'text', value: 'FILE', help: 'write a small SVG there' },
    'client-id': { kind: 'text', value: 'ID', help: 'our id at the vendor; with an address' },
    'client-secret-env': { kind: 'text', value: 'NAME', help: 'environment variable that holds our secret at the vendor; with an address' },
  },
  async run (context, { target, entry, options: optionsFile, live, only, skip, report: reportFile, badge, ...client }) {
    const { out, env, cwd } = context
    const { runConformance, TargetError } = await import('../../testkit/index.ts')
    const { formatReport } = await import('../../testkit/report/table.ts')
    const { formatBadge } = await import('../../testkit/report/badge.ts')
    const { GROUPS } = await import('../../testkit/groups/index.ts')
    const credentials = readClient(context, target, client)
    const report = await runConformance({
      target,
      cwd,
      entry,
      optionsFile,
      live,
      skip: readIds(skip),
      ...(only !== undefined && { only: readIds(only) }),
      ...(credentials && { client: credentials }),
      databaseUrl: env.DATABASE_URL,
      told: ({ id }) => out.progress(id),
    }).catch((error: unknown) => {
      throw error instanceof TargetError ? new UsageError(error.message) : error
    })
    if (reportFile !== undefined) await writeFile(resolve(cwd, reportFile), `${JSON.stringify(report, null, 2)}\n`)
    if (badge !== undefined) await writeFile(resolve(cwd, badge), formatBadge(report))
    out.say(formatReport(report, new Map(GROUPS.map(({ id, title }) => [id, title]))), report)
    return report.conformant ? 0 : 1
  },
})

export default [conformance]

const readIds = (text: string | undefined): string[] => text === undefined ? [] : text.split(',').map(id => id.trim()).filter(Boolean)

interface ClientOptions { 'client-id': string | undefined, 'client-secret-env': string | undefined }

function readClient ({ env }: CommandContext, target: string, { 'client-id': id, 'client-secret-env': variable }: ClientOptions): { id: string, secret: string } | null {
  if (!/^https?:\/\//.test(target)) {
    if (id !== undefined || variable !== undefined) throw new UsageError('--client-id and --client-secret-env go with an address (https://...); a package gets its options from its conformance file or --options.')
    return null
  }
  if (id === undefined || variable === undefined) throw new UsageError('An address needs --client-id ID and --client-secret-env NAME.')
  const secret = env[variable]
  if (!secret) throw new UsageError(`--client-secret-env: expected the environment variable ${variable} to hold the secret; it is empty.`)
  return { id, secret }
}
