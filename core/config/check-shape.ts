import type { TObject, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { describeSchema, describeValue, HIDDEN, holdsSecret } from '../provider/describe.ts'
import { findNearest } from '../provider/nearest.ts'
import type { ConfigFault } from './faults.ts'
import { branches, classify, isTree, join, listKeys, type Part, type Tree } from './parts.ts'

interface Context {
  origins: ReadonlyMap<string, string>
  /** Every key of the configuration, to find where a misplaced one belongs. */
  allKeys: readonly string[]
}

/** Finds all that does not fit the schema: unknown keys, missing keys, wrong values. */
export function checkShape (schema: TSchema, value: unknown, origins: ReadonlyMap<string, string>): ConfigFault[] {
  return check(schema, value, '', { origins, allKeys: listKeys(schema) })
}

function check (schema: TSchema, value: unknown, path: string, context: Context): ConfigFault[] {
  const part = classify(schema)
  if (part.kind === 'value') return Check(schema, value) ? [] : [wrongValue(schema, value, path, context)]
  if (part.kind === 'list') {
    if (!Array.isArray(value)) return [wrongKind(part, value, path, context)]
    return value.flatMap((item, index) => check(part.item, item, `${path}[${index}]`, context))
  }
  if (!isTree(value)) return [wrongKind(part, value, path, context)]
  return part.kind === 'section' ? checkSection(part.schema, value, path, context) : checkTable(part, value, path, context)
}

function checkSection (schema: TObject, value: Tree, path: string, context: Context): ConfigFault[] {
  const known = Object.keys(schema.properties)
  const unknown = Object.keys(value).filter(key => !known.includes(key)).map(key => unknownKey(key, known, path, context))
  const children = Object.entries(schema.properties).flatMap(([key, child]) => {
    if (value[key] !== undefined) return check(child, value[key], join(path, key), context)
    return isRequired(schema, key) ? [missingKey(child, join(path, key))] : []
  })
  return [...unknown, ...children]
}

function checkTable ({ pattern, row }: Extract<Part, { kind: 'table' }>, value: Tree, path: string, context: Context): ConfigFault[] {
  return Object.entries(value).flatMap(([name, child]) => pattern.test(name)
    ? check(row, child, join(path, name), context)
    : [{ key: path, expected: `names that match ${pattern.source}`, found: `"${name}"`, fix: 'Use lower-case letters, digits, - and _.' }])
}

function isRequired (schema: TObject, key: string): boolean {
  return (schema.required ?? []).includes(key) && !('default' in (schema.properties[key] ?? {}))
}

function wrongValue (schema: TSchema, value: unknown, path: string, { origins }: Context): ConfigFault {
  // the inside of a list or section may be a misplaced secret: only the kind is said
  const found = holdsSecret(schema) ? HIDDEN : describeValue(value)
  return { key: path, expected: branches(schema).map(describeSchema).join(' or '), found, fix: correct(path, origins) }
}

function wrongKind (part: Part, value: unknown, path: string, { origins }: Context): ConfigFault {
  const found = typeof value === 'object' ? describeValue(value) : `a single value (${typeof value})`
  return { key: path, expected: part.kind === 'list' ? describeSchema(part.schema) : 'a section with keys', found, fix: correct(path, origins) }
}

function correct (path: string, origins: ReadonlyMap<string, string>): string {
  const names = origins.get(path)
  return names ? `Correct ${names} in the environment.` : 'Correct the value in the file.'
}

function missingKey (schema: TSchema, key: string): ConfigFault {
  return { key, expected: describeSchema(schema), found: 'nothing', fix: 'Add the key.' }
}

function unknownKey (key: string, siblings: readonly string[], path: string, { allKeys }: Context): ConfigFault {
  const near = findNearest(key, siblings)
  const elsewhere = allKeys.filter(known => known.endsWith(`.${key}`))
  const meant = near ? join(path, near) : elsewhere.join(' or ')
  return {
    key: join(path, key),
    expected: `one of the known keys: ${siblings.join(', ')}`,
    found: 'an unknown key',
    fix: meant ? `Did you mean ${meant}? Otherwise remove the key.` : 'Remove the key.',
  }
}
