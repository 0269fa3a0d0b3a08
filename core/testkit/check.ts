import type { Target } from './target/target.ts'

/** What one look at a provider found wrong. */
export interface Problem {
  /** What the contract asks for. */
  readonly expected: string
  readonly found: string
  /** What to do, as a sentence. */
  readonly hint: string
}

/** passed, failed; not_applicable: the provider has no such part; not_checked: it has, and it could not be looked at; skipped: asked for. */
export type CheckState = 'passed' | 'failed' | 'not_applicable' | 'not_checked' | 'skipped'

export interface CheckResult {
  /** Entry point of the package that was looked at; null for what concerns the whole package. */
  readonly entry: string | null
  readonly group: string
  /** Stable, for scripts: `<group>.<check>`. */
  readonly id: string
  readonly title: string
  readonly state: CheckState
  readonly problems: readonly Problem[]
  /** Why it was not checked, is not applicable or was skipped; beside a passed one: that the provider has no such part at all. */
  readonly reason: string | null
  /** Milliseconds. */
  readonly ms: number
}

/** The provider has nothing this check could look at. */
export class NotApplicable { readonly reason: string; constructor (reason: string) { this.reason = reason } }

/** Thrown where something could not be looked at though it should have been. */
export class NotChecked extends Error {}

/** What a check says: nothing = passed. */
export type Verdict = Problem | readonly Problem[] | NotApplicable | undefined | void

export interface Check<Subject> {
  /** Unique within its group, kebab-case. */
  readonly id: string
  /** What holds of a conformant provider, as a sentence. */
  readonly title: string
  run (subject: Subject): Verdict | Promise<Verdict>
}

export interface Opened<Subject> {
  readonly subject: Subject
  /** Why there is nothing to look at, and that is well: the first check passes with these words and stands for all. */
  readonly absent?: string
  close? (): Promise<void>
}

/** Checks that look at the same thing, in the order they are made. */
export interface Group<Subject> {
  readonly id: string
  readonly title: string
  /** For docs/conformance.md: what is done, in a sentence or two. */
  readonly about: string
  /** True: concerns the package, not one of its entry points. */
  readonly ofPackage?: boolean
  /** True: asks a vendor that is named by its address. */
  readonly ofVendor?: boolean
  /** Gets hold of what the checks look at. @throws NotChecked */
  open (target: Target): Promise<Opened<Subject>>
  readonly checks: readonly Check<Subject>[]
}

export interface CheckFacts { readonly id: string, readonly title: string }

/** A group whose subject is its own affair. */
export interface AnyGroup extends Omit<Group<unknown>, 'open' | 'checks'> {
  readonly checks: readonly CheckFacts[]
  perform (target: Target, told: (result: CheckResult) => void): Promise<void>
}

/** No check may hold up the others for longer. */
const CHECK_LIMIT_MS = 60_000

export function defineGroup<Subject> (group: Group<Subject>): AnyGroup {
  const { open, checks, ...facts } = group
  return { ...facts, checks, perform: (target, told) => perform(group, target, told) }
}

async function perform<Subject> (group: Group<Subject>, target: Target, told: (result: CheckResult) => void): Promise<void> {
  const tell = createTeller(group, target, told)
  let opened: Opened<Subject>
  try {
    opened = await group.open(target)
  } catch (error) {
    for (const check of group.checks) tell(check, 0, reasonFor(error))
    return
  }
  try {
    const [first] = group.checks
    if (opened.absent !== undefined && first) return tell(first, 0, { state: 'passed', reason: opened.absent })
    for (const check of group.checks) {
      const startedAt = performance.now()
      const verdict = await within(CHECK_LIMIT_MS, async () => check.run(opened.subject)).catch(reasonFor)
      tell(check, performance.now() - startedAt, verdict)
    }
  } finally {
    await opened.close?.()
  }
}

type Ending = Verdict | { state: 'not_checked' | 'passed', reason: string }

function createTeller<Subject> (group: Group<Subject>, target: Target, told: (result: CheckResult) => void) {
  return ({ id, title }: CheckFacts, ms: number, verdict: Ending) => told({
    entry: group.ofPackage || group.ofVendor ? null : target.entry,
    group: group.id,
    id: `${group.id}.${id}`,
    title,
    ...readVerdict(verdict),
    ms: Math.round(ms),
  })
}

function readVerdict (verdict: Ending): Pick<CheckResult, 'state' | 'problems' | 'reason'> {
  if (verdict instanceof NotApplicable) return { state: 'not_applicable', problems: [], reason: verdict.reason }
  if (verdict && 'state' in verdict) return { state: verdict.state, problems: [], reason: verdict.reason }
  const problems = verdict === undefined ? [] : [verdict].flat()
  return { state: problems.length > 0 ? 'failed' : 'passed', problems, reason: null }
}

/** A check that could not do its work says so; it neither passes nor blames the provider. */
function reasonFor (error: unknown): Ending {
  return { state: 'not_checked', reason: error instanceof Error ? error.message : String(error) }
}

async function within<T> (ms: number, work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new NotChecked(`the check was still running after ${ms / 1000} s`)), ms)
  return Promise.race([work(), promise]).finally(() => clearTimeout(timer))
}

/** @example problem('a key "license"', 'none', 'Name the licence in package.json.') */
export const problem = (expected: string, found: string, hint: string): Problem => ({ expected, found, hint })
