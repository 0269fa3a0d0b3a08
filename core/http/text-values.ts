import { Type, type TSchema } from 'typebox'

/** Reads one text, or several of one name, into what a schema asks for; what cannot be read stays text, for the check to refuse. */
type ReadText = (value: unknown) => unknown

/** Everything in paths, queries, headers and forms is text: makes the function that gives each field of an object its type. */
export function compileTextReader (schema: TSchema): (fields: unknown) => unknown {
  if (!Type.IsObject(schema)) return fields => fields
  const readers = Object.entries(schema.properties).flatMap(([key, field]) => {
    const read = chooseReader(field)
    return read ? [{ key, read }] : []
  })
  return fields => {
    if (typeof fields !== 'object' || fields === null) return fields
    for (const { key, read } of readers) {
      const value: unknown = Reflect.get(fields, key)
      if (value !== undefined) Reflect.set(fields, key, read(value))
    }
    return fields
  }
}

function chooseReader (schema: TSchema): ReadText | undefined {
  const branches = Type.IsUnion(schema) ? schema.anyOf : [schema]
  const list = branches.find(Type.IsArray)
  if (list) return readList(chooseReader(list.items))
  // where text is welcome, text stays text
  if (branches.some(Type.IsString)) return undefined
  const readers = branches.flatMap(branch => SCALARS.flatMap(({ fits, read }) => fits(branch) ? [read] : []))
  return readers.length === 0 ? undefined : value => typeof value === 'string' ? firstRead(readers, value) : value
}

const SCALARS: { fits: (schema: TSchema) => boolean, read: (text: string) => unknown }[] = [
  { fits: Type.IsInteger, read: text => /^-?\d{1,15}$/.test(text) ? Number(text) : undefined },
  { fits: Type.IsNumber, read: text => /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined },
  // old clients send True and False
  { fits: Type.IsBoolean, read: text => /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined },
  { fits: Type.IsNull, read: text => text === '' ? null : undefined },
]

function firstRead (readers: readonly ((text: string) => unknown)[], text: string): unknown {
  for (const read of readers) {
    const value = read(text)
    if (value !== undefined) return value
  }
  return text
}

function readList (read: ReadText | undefined): ReadText {
  return value => {
    const items: unknown[] = Array.isArray(value) ? value : [value]
    return read ? items.map(read) : items
  }
}
