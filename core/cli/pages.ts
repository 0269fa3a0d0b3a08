import type { OptionTable } from './options.ts'
import type { Output } from './output.ts'

export const PAGE_OPTIONS = {
  before: { kind: 'integer', value: 'ID', help: 'only what is older than this one: the page after it' },
  limit: { kind: 'integer', value: 'N', minimum: 1, default: 50, help: 'how many at most' },
} as const satisfies OptionTable

/** A full page may have another behind it. */
export function noteNextPage (out: Output, ids: readonly number[], limit: number): void {
  const last = ids.at(-1)
  if (last !== undefined && ids.length === limit) out.note(`More: --before ${last}`)
}
