import type { TObject, TSchema } from 'typebox'
import { Check, Default } from 'typebox/value'
import { OVERRIDES, getAttributeSchema } from './attributes.ts'
import { HIDDEN, describeSchema, explainMismatch, holdsSecret } from './describe.ts'
import type { Finding } from './faults.ts'
import { deepFreeze } from './freeze.ts'
import { findNearest } from './nearest.ts'
import { createRedactor } from './redact.ts'
import { collectSecrets } from './secrets.ts'

/** The operator's options, sorted: the provider's own ones and those every provider accepts. */
export interface ReadOptions {
  readonly own: Readonly<Record<string, unknown>>
  /** By attribute, as given; proven only when there are no findings. */
  readonly overrides: Record<string, unknown>
  /** Values that must never be written anywhere. */
  readonly secrets: readonly string[]
  readonly findings: readonly Finding[]
}

export function readOptions (provider: string, schema: TObject, given: Record<string, unknown>): ReadOptions {
  const own = applyDefaults(schema, given)
  const overrides = readOverrides(provider, schema, given)
  const secrets = [...collectSecrets(schema, own), ...overrides.secrets]
  // an open option may hold a secret one as a part, e.g. an address with a key in it
  const { text } = createRedactor(secrets)
  const findings = [...findUnknown(provider, schema, given), ...checkOwn(provider, schema, own), ...overrides.findings]
  return { own: deepFreeze(own), overrides: overrides.values, secrets, findings: findings.map(finding => ({ ...finding, found: text(finding.found) })) }
}

/** The options a provider may be given without being asked: its attributes in snake_case. A key the provider declares is its own. */
export function readOverrides (provider: string, schema: TObject | null, given: Record<string, unknown>) {
  const values: Record<string, unknown> = {}
  const findings: Finding[] = []
  const secrets: string[] = []
  for (const [key, attribute] of OVERRIDES) {
    if (!Object.hasOwn(given, key) || isDeclared(schema, key)) continue
    const wanted = getAttributeSchema(attribute)
    const value = readText(wanted, given[key])
    values[attribute] = value
    findings.push(...checkOption(provider, key, wanted, value))
    secrets.push(...collectSecrets(wanted, value))
  }
  return { values, findings, secrets }
}

function applyDefaults (schema: TObject, given: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(structuredClone(given)).filter(([key]) => isDeclared(schema, key) || isOpen(schema))
  const own = Object.fromEntries(entries.map(([key, value]) => [key, readText(schema.properties[key], value)]))
  const filled: unknown = Default(schema, own)
  return typeof filled === 'object' && filled !== null ? { ...filled } : own
}

/** Options from the environment arrive as text; numbers and flags are read from it where the schema asks for them. */
function readText (schema: TSchema | undefined, value: unknown): unknown {
  if (schema === undefined || typeof value !== 'string' || Check(schema, value)) return value
  const meant = value === 'true' ? true : value === 'false' ? false : /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
  return Check(schema, meant) ? meant : value
}

function findUnknown (provider: string, schema: TObject, given: Record<string, unknown>): Finding[] {
  if (isOpen(schema)) return []
  const known = [...Object.keys(schema.properties), ...OVERRIDES.keys()]
  return Object.keys(given).filter(key => !known.includes(key)).map(key => {
    const nearest = findNearest(key, known)
    return {
      code: 'INV_PROVIDER_OPTION_UNKNOWN',
      expected: `only options the provider knows (${Object.keys(schema.properties).join(', ') || 'it has none of its own'})`,
      found: `'${key}'`,
      hint: nearest ? `Did you mean '${nearest}'?` : `Remove '${key}' from providers.enabled.${provider}.options.`,
    }
  })
}

function checkOwn (provider: string, schema: TObject, own: Record<string, unknown>): Finding[] {
  const required: readonly string[] = schema.required ?? []
  return Object.entries(schema.properties).flatMap(([key, property]) =>
    own[key] === undefined && !required.includes(key) ? [] : checkOption(provider, key, property, own[key]))
}

function checkOption (provider: string, key: string, schema: TSchema, value: unknown): Finding[] {
  const place = `providers.enabled.${provider}.options`
  if (value === undefined) return [optionFault(key, describeSchema(schema), 'nothing', `Add '${key}' under ${place}.`)]
  const mismatch = explainMismatch(schema, value)
  if (!mismatch) return []
  const path = mismatch.where ? `${key}.${mismatch.where}` : key
  return [optionFault(path, mismatch.expected, holdsSecret(schema) ? HIDDEN : mismatch.found, `Correct '${path}' under ${place}.`)]
}

function optionFault (path: string, expected: string, found: string, hint: string): Finding {
  return { code: 'INV_PROVIDER_OPTION_INVALID', expected: `option '${path}' to be ${expected}`, found, hint }
}

function isDeclared (schema: TObject | null, key: string): boolean {
  return schema !== null && Object.hasOwn(schema.properties, key)
}

function isOpen (schema: TSchema): boolean {
  const { additionalProperties = false }: { additionalProperties?: unknown } = schema
  return additionalProperties !== false
}
