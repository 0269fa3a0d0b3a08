import type { Difference } from '../comparison.ts'
import { readHistory } from '../invigil/history.ts'
import { readRows } from '../invigil/tables.ts'
import { isObject, type JsonObject } from '../json.ts'
import { match } from '../matcher.ts'
import { fill, type Captures } from '../placeholders.ts'
import type { Channels } from '../schema.ts'
import type { World } from '../world.ts'

/** The channels that look into Invigil's tables, and how. */
const READERS = { stored: readRows, history: readHistory } as const
const NAMES = ['stored', 'history'] as const

export type StoredAnswers = Readonly<Record<keyof typeof READERS, unknown[][]>>

/** What Invigil's tables hold for each question a step asks. */
export async function readStored (expected: Channels, world: World): Promise<StoredAnswers> {
  return { stored: await readChannel('stored', expected, world), history: await readChannel('history', expected, world) }
}

async function readChannel (name: keyof typeof READERS, expected: Channels, world: World): Promise<unknown[][]> {
  const answers: unknown[][] = []
  for (const question of expected[name] ?? []) {
    const { entity, where } = isObject(question) ? question : {}
    const filled = fill(where, world.captures)
    answers.push(await READERS[name](world, String(entity), isObject(filled) ? filled : {}))
  }
  return answers
}

/** Only the listed columns are compared; the number of rows is exact. */
export function compareStored (expected: Channels, answers: StoredAnswers, captures: Captures): Difference | null {
  for (const name of NAMES) {
    for (const [index, question] of (expected[name] ?? []).entries()) {
      const { entity, rows } = isObject(question) ? question : {}
      const wanted = Array.isArray(rows) ? rows.map((row: unknown): JsonObject => ({ $subset: row })) : []
      const difference = match(wanted, answers[name][index] ?? [], { captures }, `${name}[${index}].${String(entity)}`)
      if (difference) return difference
    }
  }
  return null
}
