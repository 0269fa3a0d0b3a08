import { checkBrand, checkContractVersion, checkDefaultExport, checkDefinition, describeCreated, isDefinition, isObject } from './check.ts'
import type { BrandedDefinition, ProviderContext } from './contract.ts'
import { DeadlinePassed, runWithin, type Cancel } from './deadline.ts'
import type { EntryPoint } from './entry-points.ts'
import { Stopped, stop, stopAt, type Finding } from './faults.ts'
import type { Redactor } from './redact.ts'

/** Runs a step of a plugin's start, which may hang. All steps share one allowance, so that the whole start is bounded; waiting for others is free. */
export type Within = <T>(step: string, work: () => Promise<T>) => Promise<T>

export function createAllowance (ms: number, monotonic: () => number): Within {
  let left = ms
  const nothingElse = new Set<Cancel>()
  return async (step, work) => {
    const startedAt = monotonic()
    const spend = () => { left = Math.max(1, left - (monotonic() - startedAt)) }
    return runWithin(left, nothingElse, work).finally(spend).catch(error => {
      if (!(error instanceof DeadlinePassed)) throw error
      return stop({
        code: 'INV_PROVIDER_SLOW_START',
        expected: `the provider to be ready within ${ms} ms`,
        found: `${step} still running`,
        hint: 'Slow start: connect to the vendor at the first call, not while the provider is being made.',
      })
    })
  }
}

/** Imports the entry file and makes sure of the one accepted shape. */
export async function importDefinition (entryPoint: EntryPoint, within: Within): Promise<BrandedDefinition> {
  const exported = await within('the import of its entry file', async () => {
    const namespace: Record<string, unknown> = await import(entryPoint.url).catch(error => stop(explainImport(error, entryPoint)))
    return namespace
  })
  const definition = exported.default
  stopAt(checkDefaultExport(exported))
  stopAt(checkBrand(definition))
  stopAt(checkContractVersion(definition))
  stopAt(checkDefinition(definition))
  if (!isDefinition(definition)) throw new TypeError('isDefinition disagrees with the checks above')
  return definition
}

/** Tells a missing dependency of the package from a fault in its code. */
function explainImport (error: unknown, { package: { name }, file }: EntryPoint): Finding {
  const missing = findMissingPackage(error)
  if (missing === null) {
    return {
      code: 'INV_PROVIDER_IMPORT_FAILED',
      expected: 'its entry file to be imported',
      found: describeThrown(error),
      hint: `The fault is in the package (${file}); tell its author, or install another release.`,
    }
  }
  return {
    code: 'INV_PROVIDER_DEPENDENCY_MISSING',
    expected: `the package '${missing}' to be installed, which '${name}' imports`,
    found: 'no such package',
    hint: missing === 'invigil'
      ? `Install '${name}' in a project that has 'invigil' among its own packages; a linked folder needs it beside itself.`
      : `Run 'npm install' again; if it stays missing, '${name}' does not list it under "dependencies".`,
  }
}

const MISSING = /^Cannot find (?:package|module) '([^']+)'/

function findMissingPackage (error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'MODULE_NOT_FOUND') return null
  const specifier = MISSING.exec(error.message)?.[1] ?? ''
  // a path is a file of the package itself, or of a package that is there
  if (specifier === '' || /^(?:[./]|[a-z]:|file:)/i.test(specifier)) return null
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Lets the plugin make its provider. */
export async function createProvider (
  definition: BrandedDefinition,
  context: ProviderContext<Record<string, unknown>>,
  redactor: Redactor,
  within: Within,
): Promise<object> {
  const created: unknown = await within("'create'", async () => definition.create(context)).catch(error => stopAtCreate(error, redactor))
  if (isObject(created)) return created
  return stop(describeCreated(created))
}

function stopAtCreate (error: unknown, redactor: Redactor): never {
  if (error instanceof Stopped) throw error
  return stop({
    code: 'INV_PROVIDER_CREATE_FAILED',
    expected: "'create' to return the provider",
    found: describeThrown(redactor.error(error)),
    hint: 'The provider refuses to start with these options; see what it says.',
  })
}

export function describeThrown (error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : `thrown ${String(error)}`
}
