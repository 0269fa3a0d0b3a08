import { describePackage } from '../package.ts'
import { CONTRACT_VERSION } from '../provider/contract.ts'
import { containStrays } from './bench/strays.ts'
import type { AnyGroup, CheckResult } from './check.ts'
import { GROUPS } from './groups/index.ts'
import { countStates, isConformant, type ConformanceReport } from './report/report.ts'
import { createTrialDatabases } from './house/database.ts'
import { installableName, installPackage } from './target/install.ts'
import { describeEntry, readConformance, readOptionsFile } from './target/read-conformance.ts'
import { entryPoints, findPackage, TargetError, type FoundPackage } from './target/read-package.ts'
import type { Target } from './target/target.ts'

/** How a run is asked for. */
export interface ConformanceOptions {
  /** A folder, the name of an installed package, or the address of a vendor that follows the REST conventions. */
  target: string
  /** Relative paths and packages are looked for from here; default: the process's own folder. */
  cwd?: string
  /** A YAML or JSON file with options that replace those of the conformance file. */
  optionsFile?: string | undefined
  /** Use the real network instead of the vendor's stub. */
  live?: boolean
  /** Ids of groups or checks that are not to be made, e.g. `worker` or `states.retired`. */
  skip?: readonly string[]
  /** Ids of the groups to be made; default: all. */
  only?: readonly string[]
  /** Only this entry point of the package. */
  entry?: string | undefined
  /** With an address: how we sign in there. */
  client?: { id: string, secret: string }
  /** A PostgreSQL server where a database may be made for the run; default: an embedded one. */
  databaseUrl?: string | undefined
  /** Hears of every check as it is made. */
  told?: (result: CheckResult) => void
}

/**
 * Drives a provider through every state and fault.
 * @throws TargetError when what is named cannot be tried at all
 * @example const { conformant, results } = await runConformance({ target: '.' })
 */
export async function runConformance (options: ConformanceOptions): Promise<ConformanceReport> {
  const startedAt = new Date()
  assertKnown([...options.skip ?? [], ...options.only ?? []])
  const isAddress = /^https?:\/\//.test(options.target)
  const found = await findPackage(isAddress ? REST_PACKAGE : options.target, options.cwd ?? process.cwd())
  const results: CheckResult[] = []
  const tell = (result: CheckResult) => { results.push(result); options.told?.(result) }
  const entries = chooseEntries(found, options.entry)
  const installed = await installPackage(found.folder, installableName(found.manifest?.name))
  const databases = createTrialDatabases(options.databaseUrl ?? null, installed.workDir)
  try {
    await containStrays(async () => {
      for (const [index, entry] of entries.entries()) {
        const target = await describeTarget(found, entry, { ...installed, databases }, options)
        const groups = GROUPS.filter(group => isWanted(group, options, isAddress) && (index === 0 || !(group.ofPackage || group.ofVendor)))
        for (const group of groups) await performGroup(group, target, options.skip ?? [], tell)
      }
    })
  } finally {
    await databases.close().finally(() => installed.close())
  }
  return describeRun(found, entries, startedAt, results)
}

const REST_PACKAGE = '@invigil/rest'
/** What is asked of a vendor named by its address: its side of the conventions, and whole exams through `@invigil/rest`. */
const FOR_ADDRESSES = ['vendor', 'methods', 'states']

function isWanted ({ id, ofVendor }: AnyGroup, { only }: ConformanceOptions, isAddress: boolean): boolean {
  if (only && !only.includes(id)) return false
  return isAddress ? FOR_ADDRESSES.includes(id) : !ofVendor
}

async function performGroup (group: AnyGroup, target: Target, skip: readonly string[], tell: (result: CheckResult) => void): Promise<void> {
  const isSkipped = (id: string) => skip.includes(group.id) || skip.includes(`${group.id}.${id}`)
  const skipped = group.checks.filter(({ id }) => isSkipped(id))
  if (skipped.length < group.checks.length) await group.perform(target, result => { if (!isSkipped(result.id.slice(group.id.length + 1))) tell(result) })
  for (const { id, title } of skipped) {
    tell({ entry: group.ofPackage || group.ofVendor ? null : target.entry, group: group.id, id: `${group.id}.${id}`, title, state: 'skipped', problems: [], reason: null, ms: 0 })
  }
}

function assertKnown (ids: readonly string[]): void {
  const known = new Set(GROUPS.flatMap(group => [group.id, ...group.checks.map(({ id }) => `${group.id}.${id}`)]))
  for (const id of ids) if (!known.has(id)) throw new TargetError(`There is no check or group "${id}"; expected one of ${GROUPS.map(group => group.id).join(', ')}, or <group>.<check>.`)
}

/** Entry points that are the same file are the same provider: tried once, under the first name, unless their conformance differs. */
function chooseEntries ({ manifest }: FoundPackage, wanted: string | undefined): string[] {
  const declared = entryPoints(manifest)
  if (wanted !== undefined && !declared.has(wanted)) throw new TargetError(`There is no entry point "${wanted}"; expected one of ${[...declared.keys()].join(', ') || 'none'}.`)
  if (wanted !== undefined) return [wanted]
  const first = new Map([...declared].toReversed().map(([name, file]) => [file, name]))
  const names = [...declared.keys()].filter(name => [...first.values()].includes(name))
  // without an entry point there is still a manifest to look at
  return names.length > 0 ? names : ['provider']
}

async function describeTarget ({ folder, manifest }: FoundPackage, entry: string, { hostRoot, workDir, databases }: Pick<Target, 'hostRoot' | 'workDir' | 'databases'>, options: ConformanceOptions): Promise<Target> {
  const { client, live = false, optionsFile, cwd = process.cwd() } = options
  const { definition, file } = await readConformance(folder, manifest)
  const described = describeEntry(definition, entry)
  const given = client ? { base_url: options.target.replace(/\/+$/, ''), client_id: client.id, client_secret: client.secret } : optionsFile === undefined ? described.options : await readOptionsFile(optionsFile, cwd)
  return {
    folder,
    manifest,
    packageName: installableName(manifest?.name),
    entry,
    hostRoot,
    workDir,
    options: given,
    vendor: described.vendor ?? null,
    review: described.review,
    worker: described.worker,
    routes: described.routes,
    conformanceFile: file,
    isLive: live || client !== undefined,
    databases,
  }
}

function describeRun ({ manifest }: FoundPackage, entries: readonly string[], startedAt: Date, results: readonly CheckResult[]): ConformanceReport {
  const text = (value: unknown) => typeof value === 'string' ? value : null
  const counts = countStates(results)
  return {
    package: { name: text(manifest?.name), version: text(manifest?.version) },
    entries,
    invigil: describePackage().version,
    contract: CONTRACT_VERSION,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    conformant: isConformant(counts),
    counts,
    results,
  }
}
