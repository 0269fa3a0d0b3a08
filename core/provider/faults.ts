import * as errors from '../errors.ts'

const FAULTS = {
  INV_PROVIDER_DEFAULT_UNKNOWN: errors.INV_PROVIDER_DEFAULT_UNKNOWN,
  INV_PROVIDER_NAME_CLASH: errors.INV_PROVIDER_NAME_CLASH,
  INV_PROVIDER_NO_PACKAGE: errors.INV_PROVIDER_NO_PACKAGE,
  INV_PROVIDER_PACKAGE_NAME: errors.INV_PROVIDER_PACKAGE_NAME,
  INV_PROVIDER_NOT_INSTALLED: errors.INV_PROVIDER_NOT_INSTALLED,
  INV_PROVIDER_MANIFEST: errors.INV_PROVIDER_MANIFEST,
  INV_PROVIDER_ENTRY_UNKNOWN: errors.INV_PROVIDER_ENTRY_UNKNOWN,
  INV_PROVIDER_PATH: errors.INV_PROVIDER_PATH,
  INV_PROVIDER_DEPENDENCY_MISSING: errors.INV_PROVIDER_DEPENDENCY_MISSING,
  INV_PROVIDER_IMPORT_FAILED: errors.INV_PROVIDER_IMPORT_FAILED,
  INV_PROVIDER_NO_DEFAULT_EXPORT: errors.INV_PROVIDER_NO_DEFAULT_EXPORT,
  INV_PROVIDER_NOT_DEFINED: errors.INV_PROVIDER_NOT_DEFINED,
  INV_PROVIDER_CONTRACT_VERSION: errors.INV_PROVIDER_CONTRACT_VERSION,
  INV_PROVIDER_DEFINITION: errors.INV_PROVIDER_DEFINITION,
  INV_PROVIDER_OPTION_UNKNOWN: errors.INV_PROVIDER_OPTION_UNKNOWN,
  INV_PROVIDER_OPTION_INVALID: errors.INV_PROVIDER_OPTION_INVALID,
  INV_PROVIDER_SLOW_START: errors.INV_PROVIDER_SLOW_START,
  INV_PROVIDER_CREATE_FAILED: errors.INV_PROVIDER_CREATE_FAILED,
  INV_PROVIDER_METHOD_MISSING: errors.INV_PROVIDER_METHOD_MISSING,
  INV_PROVIDER_METHOD_TYPE: errors.INV_PROVIDER_METHOD_TYPE,
  INV_PROVIDER_ATTRIBUTE_INVALID: errors.INV_PROVIDER_ATTRIBUTE_INVALID,
  INV_PROVIDER_ROUTES: errors.INV_PROVIDER_ROUTES,
  INV_PROVIDER_TAMPERED: errors.INV_PROVIDER_TAMPERED,
  INV_PROVIDER_WORKER_FAILED: errors.INV_PROVIDER_WORKER_FAILED,
}

/** What one check saw; it does not know which provider it looked at. */
export interface Finding {
  readonly code: keyof typeof FAULTS
  readonly expected: string
  readonly found: string
  /** What to do, as a sentence. */
  readonly hint: string
}

/** A finding with the provider it is about. Holds no option values of secret options. */
export interface ProviderFault extends Finding {
  readonly provider: string
  readonly package: string | null
}

/** Everything that is wrong with the configured providers, thrown once. */
export class ProviderFaults extends AggregateError {
  readonly code = 'INV_PROVIDER_FAULTS'
  readonly faults: readonly ProviderFault[]

  constructor (faults: readonly ProviderFault[]) {
    super(faults.map(toError), `The providers cannot be started:\n${faults.map(fault => `  - ${formatFault(fault)}`).join('\n')}`)
    this.name = 'ProviderFaults'
    this.faults = faults
  }
}

export function formatFault (fault: ProviderFault): string {
  return toError(fault).message
}

function toError (fault: ProviderFault): Error {
  return new FAULTS[fault.code](fault.provider, fault.package ?? 'none', fault.expected, fault.found, fault.hint)
}

/** Ends the loading of one provider; thrown by steps, met only by `load.ts`. */
export class Stopped extends Error {
  readonly findings: readonly Finding[]

  constructor (findings: readonly Finding[]) {
    super('a provider has faults')
    this.findings = findings
  }
}

export function stop (finding: Finding): never {
  throw new Stopped([finding])
}

/** Throws when any check saw something; checks that may all be asked are given together. */
export function stopAt (...checked: (Finding | undefined | readonly Finding[])[]): void {
  const findings = checked.flat().filter(finding => finding !== undefined)
  if (findings.length > 0) throw new Stopped(findings)
}

/** Runs independent steps side by side and stops at the findings of all of them. */
export async function together<T extends unknown[]> (...steps: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const settled = await Promise.allSettled(steps)
  const reasons: unknown[] = settled.filter(result => result.status === 'rejected').map(result => result.reason)
  for (const reason of reasons) if (!(reason instanceof Stopped)) throw reason
  stopAt(...reasons.map(reason => reason instanceof Stopped ? reason.findings : []))
  return Promise.all(steps)
}
