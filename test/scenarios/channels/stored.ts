import type { Difference } from '../comparison.ts'
import { readHistory } from '../invigil/history.ts'
import { readRows } from '../invigil/tables.ts'
import { isObject, type JsonObject } from '../json.ts'
import { match } from '../matcher.ts'
import { fillObject, UnresolvedName, type Captures } from '../placeholders.ts'
import type { Channels } from '../schema.ts'
import type { World } from '../world.ts'

/** The channels that look into Invigil's tables, and how. */
const READERS = { stored: readRows, history: readHistory } as const
const NAMES = ['stored', 'history'] as const

export type StoredAnswers = Readonly<Record<keyof typeof READERS, JsonObject[][]>>

/** All that Invigil's tables hold of the entities a step asks for. */
export async function readStored (expected: Channels, world: World): Promise<StoredAnswers> {
  return { stored: await readChannel('stored', expected, world), history: await readChannel('history', expected, world) }
}

async function readChannel (name: keyof typeof READERS, expected: Channels, world: World): Promise<JsonObject[][]> {
  const answers: JsonObject[][] = []
  for (const question of expected[name] ?? []) {
    const { entity } = isObject(question) ? question : {}
    answers.push(await READERS[name](world, String(entity)))
  }
  return answers
}

/** Only the listed columns are compared; the number of rows is exact. */
export function compareStored (expected: Channels, answers: StoredAnswers, captures: Captures): Difference | null {
  for (const name of NAMES) {
    for (const [index, question] of (expected[name] ?? []).entries()) {
      const { entity, where, rows } = isObject(question) ? question : {}
      const wanted = Array.isArray(rows) ? rows.map((row: unknown): JsonObject => ({ $subset: row })) : []
      const path = `${name}[${index}].${String(entity)}`
      const difference = compareRows(wanted, { where, rows: answers[name][index] ?? [] }, captures, path)
      if (difference) return difference
    }
  }
  return null
}

/** What `where` names may have been captured in the same step, so the rows are picked here. */
function compareRows (wanted: JsonObject[], { where, rows }: { where: unknown, rows: JsonObject[] }, captures: Captures, path: string): Difference | null {
  try {
    const columns = Object.entries(isObject(where) ? fillObject(where, captures) : {})
    return match(wanted, rows.filter(row => columns.every(([name, value]) => row[name] === value)), { captures }, path)
  } catch (error) {
    if (error instanceof UnresolvedName) return { path, expected: where, actual: undefined, reason: error.message }
    throw error
  }
}
