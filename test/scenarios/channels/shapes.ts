import { isObject, type JsonObject } from '../json.ts'
import { CHANNEL_NAMES, type ChannelName } from '../schema.ts'

interface RowShape { required: readonly string[], optional: readonly string[] }

/** The keys a row of each channel has; recorded/FORMAT.md §4.7. */
const SHAPES: Readonly<Partial<Record<ChannelName, RowShape>>> = {
  vendor_calls: { required: ['provider', 'method', 'path'], optional: ['query', 'json', 'accept_language', 'authorization', 'x_request_id', 'headers'] },
  token_calls: { required: ['provider', 'path', 'form'], optional: [] },
  service_calls: { required: ['service', 'method', 'args'], optional: [] },
  service_queries: { required: ['service', 'method', 'args'], optional: [] },
  emails: { required: ['to', 'from', 'subject', 'format', 'template', 'candidates', 'facts'], optional: [] },
  events: { required: ['name', 'payload'], optional: ['context', 'exact'] },
  stored: { required: ['entity', 'where', 'rows'], optional: [] },
  history: { required: ['entity', 'where', 'rows'], optional: [] },
}

/** Says which rows have a key that the comparison would not look at, or lack one it needs. */
export function channelRowFaults (channels: JsonObject, path: string): string[] {
  return CHANNEL_NAMES.flatMap(name => {
    const rows = channels[name]
    const shape = SHAPES[name]
    return Array.isArray(rows) && shape ? rows.flatMap((row: unknown, index) => rowFaults(row, shape, `${path}.${name}[${index}]`)) : []
  })
}

function rowFaults (row: unknown, { required, optional }: RowShape, path: string): string[] {
  if (!isObject(row)) return [`${path}: a row must be an object`]
  return [
    ...required.filter(key => !(key in row)).map(key => `${path}: "${key}" is missing`),
    ...Object.keys(row).filter(key => !required.includes(key) && !optional.includes(key)).map(key => `${path}: "${key}" is not known`),
  ]
}
