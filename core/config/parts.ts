import { Type, type TArray, type TObject, type TRecord, type TSchema } from 'typebox'

export type Tree = Record<string, unknown>

export function isTree (value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A section has fixed keys, a table has names chosen by the operator, a list has items; anything else is one value. */
export type Part =
  | { kind: 'section', schema: TObject }
  | { kind: 'table', schema: TRecord, pattern: RegExp, row: TSchema }
  | { kind: 'list', schema: TArray, item: TSchema }
  | { kind: 'value', schema: TSchema }

export function classify (schema: TSchema): Part {
  // asked before IsObject: typebox sees a record as an object too
  if (Type.IsRecord(schema)) {
    const [pattern = '', row = Type.Unknown()] = Object.entries(schema.patternProperties)[0] ?? []
    return { kind: 'table', schema, pattern: new RegExp(pattern), row }
  }
  if (Type.IsObject(schema)) return { kind: 'section', schema }
  if (Type.IsArray(schema)) return { kind: 'list', schema, item: schema.items }
  return { kind: 'value', schema }
}

/** The alternatives of a schema; one that has none is its own only alternative. */
export function branches (schema: TSchema): TSchema[] {
  return Type.IsUnion(schema) ? schema.anyOf : [schema]
}

export function join (path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

/** Every key the schema knows, in order; names chosen by the operator are written `<name>`, list items `[]`. */
export function listKeys (schema: TSchema, path = ''): string[] {
  const part = classify(schema)
  if (part.kind === 'table') return listKeys(part.row, join(path, '<name>'))
  if (part.kind === 'list') return listKeys(part.item, `${path}[]`)
  if (part.kind === 'value') return []
  return Object.entries(part.schema.properties).flatMap(([key, child]) => [join(path, key), ...listKeys(child, join(path, key))])
}
