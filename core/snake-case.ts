/** `startedAt` -> `started_at`: our words as they are written in JSON and in configuration. */
export const toSnakeCase = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** An object with its keys, not those of the objects inside, in snake_case. */
export function snakeKeys (fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [toSnakeCase(key), value]))
}
