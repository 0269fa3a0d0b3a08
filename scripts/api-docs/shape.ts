import { isRecord, listOf, recordOf, textOf, type Json } from './json.ts'

const WORDS: Readonly<Record<string, string>> = { string: 'text', integer: 'integer', number: 'number', boolean: 'boolean', null: 'null' }
/** An object of more fields than this is told by the shape it is made of, or by some of their names. */
const MANY = 6

/** A schema in a few words. What has a name among `named` is linked to. */
export function shapeOf (schema: unknown, named: Json = {}): string {
  if (!isRecord(schema)) return 'anything'
  const name = /^#\/components\/schemas\/(.+)$/.exec(textOf(schema.$ref))?.[1]
  if (name) return link(name)
  const choices = [...listOf(schema.anyOf), ...listOf(schema.oneOf)]
  if (choices.length > 0) return inWords([...new Set(choices.map(choice => shapeOf(choice, named)))])
  if (Array.isArray(schema.enum)) return inWords(schema.enum.map(value => `\`${JSON.stringify(value)}\``))
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``
  return inWords([schema.type].flat().map(type => shapeOfType(textOf(type), schema, named)))
}

const link = (name: string): string => `[${name}](#${name.toLowerCase()})`
const inWords = (words: readonly string[]): string => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

function shapeOfType (type: string, schema: Json, named: Json): string {
  if (type === 'object') return shapeOfObject(schema, named)
  if (type !== 'array') return WORDS[type] ?? 'anything'
  const item = shapeOf(schema.items, named)
  return `list of ${/^[^{]* or /.test(item) ? `(${item})` : item}`
}

function shapeOfObject (schema: Json, named: Json): string {
  const fields = fieldsOf(schema, named)
  if (fields.length === 0) return isRecord(schema.additionalProperties) ? `{name: ${shapeOf(schema.additionalProperties, named)}}` : 'object'
  if (fields.length <= MANY) return `{${fields.map(({ name, isOptional, shape }) => `${name}${isOptional ? '?' : ''}: ${shape}`).join(', ')}}`
  const names = fields.map(({ name }) => name)
  const base = findBase(names, named)
  if (!base) return `{${names.slice(0, MANY).join(', ')} and ${names.length - MANY} more}`
  const rest = names.filter(name => !base.fields.includes(name))
  return [link(base.name), ...(rest.length > 0 ? [`with ${rest.join(', ')}`] : []), ...(fields.every(({ isOptional }) => isOptional) ? ['or {}'] : [])].join(' ')
}

/** The largest named shape all of whose fields are among these. */
function findBase (names: readonly string[], named: Json): { name: string, fields: string[] } | undefined {
  return Object.entries(named).map(([name, schema]) => ({ name, fields: Object.keys(recordOf(recordOf(schema).properties)) }))
    .filter(({ fields }) => fields.length > MANY && fields.every(field => names.includes(field)))
    .toSorted((a, b) => b.fields.length - a.fields.length)[0]
}

export interface Field { name: string, isOptional: boolean, shape: string, note: string }

export function fieldsOf (schema: Json, named: Json = {}): Field[] {
  const required = listOf(schema.required)
  return Object.entries(recordOf(schema.properties)).map(([name, field]) => ({ name, isOptional: !required.includes(name), shape: shapeOf(field, named), note: textOf(recordOf(field).description) }))
}
