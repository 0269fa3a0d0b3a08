import { isRecord, listOf, recordOf, textOf, type Json } from './json.ts'

const WORDS: Readonly<Record<string, string>> = { string: 'text', integer: 'integer', number: 'number', boolean: 'boolean', null: 'null', array: 'list', object: 'object' }
/** An object of more fields than this is told by their names. */
const MANY = 6

/** A schema in a few words; what has a name is linked to. */
export function shapeOf (schema: unknown): string {
  if (!isRecord(schema)) return 'anything'
  const name = /^#\/components\/schemas\/(.+)$/.exec(textOf(schema.$ref))?.[1]
  if (name) return `[${name}](#${name.toLowerCase()})`
  const choices = [...listOf(schema.anyOf), ...listOf(schema.oneOf)]
  if (choices.length > 0) return inWords([...new Set(choices.map(shapeOf))])
  if (Array.isArray(schema.enum)) return inWords(schema.enum.map(value => `\`${JSON.stringify(value)}\``))
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``
  return inWords([schema.type].flat().map(type => shapeOfType(textOf(type), schema)))
}

export const inWords = (words: readonly string[]): string => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

function shapeOfType (type: string, schema: Json): string {
  if (type === 'array') return `list of ${shapeOf(schema.items)}`
  if (type === 'object') return shapeOfObject(schema)
  return WORDS[type] ?? 'anything'
}

function shapeOfObject (schema: Json): string {
  const fields = fieldsOf(schema)
  if (fields.length === 0) return isRecord(schema.additionalProperties) ? `{name: ${shapeOf(schema.additionalProperties)}}` : 'object'
  if (fields.length > MANY) return `{${fields.slice(0, MANY).map(({ name }) => name).join(', ')} and ${fields.length - MANY} more}`
  return `{${fields.map(({ name, isOptional, shape }) => `${name}${isOptional ? '?' : ''}: ${shape}`).join(', ')}}`
}

export interface Field { name: string, isOptional: boolean, shape: string, note: string }

export function fieldsOf (schema: Json): Field[] {
  const required = listOf(schema.required)
  return Object.entries(recordOf(schema.properties)).map(([name, field]) => ({ name, isOptional: !required.includes(name), shape: shapeOf(field), note: textOf(recordOf(field).description) }))
}
