import { Type, type TSchema } from 'typebox'
import { branches, classify, isTree, join } from './parts.ts'

/**
 * Brings a tree to the types of the schema where YAML or the environment could not say them: texts from the environment become numbers,
 * flags or lists where the schema asks for such; a section or list that was left empty counts as absent.
 */
export function settle (schema: TSchema, value: unknown, origins: ReadonlyMap<string, string>, path = ''): unknown {
  if (typeof value === 'string') return origins.has(path) ? readText(schema, value) : value
  const part = classify(schema)
  if (part.kind === 'list' && Array.isArray(value)) return value.map((item, index) => settle(part.item, item, origins, `${path}[${index}]`))
  if (part.kind === 'value' || part.kind === 'list' || !isTree(value)) return value
  const children = Object.entries(value).flatMap(([key, child]) => {
    const known = part.kind === 'table' ? part.row : part.schema.properties[key]
    if (part.kind === 'section' && known && isLeftEmpty(known, child)) return []
    return [[key, known ? settle(known, child, origins, join(path, key)) : child]]
  })
  return Object.fromEntries(children)
}

/** `webhooks:` with every line below it commented out is null in YAML; the operator means the default. */
function isLeftEmpty (schema: TSchema, value: unknown): boolean {
  return value === null && classify(schema).kind !== 'value' && 'default' in schema
}

function readText (schema: TSchema, text: string): unknown {
  const wanted = branches(schema)
  if (text === '' && wanted.some(Type.IsNull)) return null
  if (wanted.some(branch => (Type.IsInteger(branch) || Type.IsNumber(branch)) && /^-?\d+(\.\d+)?$/.test(text))) return Number(text)
  if (wanted.some(Type.IsBoolean) && (text === 'true' || text === 'false')) return text === 'true'
  if (wanted.some(Type.IsArray)) return text.split(',').map(item => item.trim()).filter(item => item !== '')
  return text
}
