import { CONTRACT_VERSION, PROVIDER_BRAND, PROVIDER_METHODS, type BrandedDefinition, type Provider, type ProviderMethod } from './contract.ts'
import { describeValue } from './describe.ts'
import type { Finding } from './faults.ts'
import { findNearest } from './nearest.ts'

/**
 * Small questions to what a plugin hands over. Each answers what is wrong, or nothing. The order in which they are asked is the order
 * of this file; `load.ts` asks them.
 */

export function checkDefaultExport (exported: Readonly<Record<string, unknown>>): Finding | undefined {
  if (exported.default !== undefined && exported.default !== null) return undefined
  const names = Object.keys(exported)
  return {
    code: 'INV_PROVIDER_NO_DEFAULT_EXPORT',
    expected: 'the entry file to have a default export',
    found: names.length === 0 ? 'no exports' : `only ${names.map(name => `'${name}'`).join(', ')}`,
    hint: "Write 'export default defineProvider({ ... })'.",
  }
}

export function checkBrand (definition: unknown): Finding | undefined {
  if (read(definition, PROVIDER_BRAND) === true) return undefined
  return {
    code: 'INV_PROVIDER_NOT_DEFINED',
    expected: 'the default export to be made by defineProvider',
    found: describeValue(definition),
    hint: "Write 'export default defineProvider({ ... })' with defineProvider from 'invigil/provider'.",
  }
}

export function checkContractVersion (definition: unknown): Finding | undefined {
  const contract = read(definition, 'contract')
  const [ours, theirs] = [readVersion(CONTRACT_VERSION), readVersion(contract)]
  if (theirs?.major !== ours?.major) {
    return {
      code: 'INV_PROVIDER_CONTRACT_VERSION',
      expected: `a provider for contract version ${ours?.major}.x`,
      found: `one for ${describeValue(contract)}`,
      hint: 'Install the release of the package that fits this host, or a host that fits the package.',
    }
  }
  if (theirs && ours && theirs.minor > ours.minor) {
    return {
      code: 'INV_PROVIDER_CONTRACT_VERSION',
      expected: `a provider for contract version ${ours.major}.0 to ${ours.major}.${ours.minor}`,
      found: `one for ${describeValue(contract)}, which is newer than this host`,
      hint: "Update 'invigil' to a release that has this contract, or install an older release of the package.",
    }
  }
  return undefined
}

export function checkDefinition (definition: unknown): Finding[] {
  const options = read(definition, 'options')
  const create = read(definition, 'create')
  const findings: Finding[] = []
  if (read(options, 'type') !== 'object' || !isObject(read(options, 'properties'))) {
    findings.push({
      code: 'INV_PROVIDER_DEFINITION',
      expected: "'options' to be a schema made by Type.Object",
      found: describeValue(options),
      hint: 'A provider without options says options: Type.Object({}).',
    })
  }
  if (typeof create !== 'function') {
    findings.push({
      code: 'INV_PROVIDER_DEFINITION',
      expected: "'create' to be a function",
      found: describeValue(create),
      hint: 'Add create(context) and return the provider from it.',
    })
  }
  const routes = read(definition, 'routes')
  if (routes !== undefined && typeof routes !== 'function') {
    findings.push({
      code: 'INV_PROVIDER_DEFINITION',
      expected: "'routes' to be a function",
      found: describeValue(routes),
      hint: 'Write routes: async (app, { attempts }) => { ... }, or leave it out.',
    })
  }
  return findings
}

/** True when the four checks above have nothing to say. */
export function isDefinition (value: unknown): value is BrandedDefinition {
  return checkBrand(value) === undefined && checkContractVersion(value) === undefined && checkDefinition(value).length === 0
}

export function describeCreated (created: unknown): Finding {
  return {
    code: 'INV_PROVIDER_CREATE_FAILED',
    expected: "'create' to return the provider object",
    found: describeValue(created),
    hint: "Return an object with at least 'registerAttempt'.",
  }
}

/** True when `checkMethods` has nothing to say. */
export function isProvider (created: object): created is Provider {
  return checkMethods(created).length === 0
}

export function checkMethods (provider: object): Finding[] {
  return Object.entries(PROVIDER_METHODS).flatMap(([name, { required }]) => checkMethod(name, required, Reflect.get(provider, name)))
}

function checkMethod (name: string, required: boolean, value: unknown): Finding[] {
  if (typeof value === 'function' || (value === undefined && !required)) return []
  return [{
    code: value === undefined ? 'INV_PROVIDER_METHOD_MISSING' : 'INV_PROVIDER_METHOD_TYPE',
    expected: `'${name}' to be a function`,
    found: `'${value === null ? 'null' : typeof value}'`,
    hint: required
      ? `Add an async '${name}' to the object that create() returns; every provider needs it.`
      : `Make '${name}' an async function, or leave it out.`,
  }]
}

/** Functions whose names look like a method of the contract mistyped; worth a warning, not a fault: a helper may be called like that. */
export function findLookalikes (provider: object): { name: string, meant: ProviderMethod }[] {
  const methods = Object.keys(PROVIDER_METHODS).filter(isMethod)
  return Object.entries(provider)
    .filter(([name, value]) => typeof value === 'function' && !isMethod(name))
    .flatMap(([name]) => {
      const meant = findNearest(name, methods)
      return meant && isMethod(meant) && !Reflect.has(provider, meant) ? [{ name, meant }] : []
    })
}

function isMethod (name: string): name is ProviderMethod {
  return Object.hasOwn(PROVIDER_METHODS, name)
}

function read (value: unknown, key: PropertyKey): unknown {
  return isObject(value) ? Reflect.get(value, key) : undefined
}

export function isObject (value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Patches of the contract change words only, so they are not looked at. */
function readVersion (version: unknown): { major: number, minor: number } | null {
  const parts = typeof version === 'string' ? /^(\d{1,6})\.(\d{1,6})\.\d{1,6}(?:[-+].*)?$/.exec(version) : null
  return parts ? { major: Number(parts[1]), minor: Number(parts[2]) } : null
}
