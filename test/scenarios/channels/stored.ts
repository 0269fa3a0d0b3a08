import type { Difference } from '../comparison.ts'
import { readRows } from '../invigil/tables.ts'
import { isObject, type JsonObject } from '../json.ts'
import { match } from '../matcher.ts'
import { fill, type Captures } from '../placeholders.ts'
import type { World } from '../world.ts'

/** What Invigil's tables hold for each question a step asks. */
export async function readStored (questions: readonly unknown[], world: World): Promise<unknown[][]> {
  const answers: unknown[][] = []
  for (const question of questions) {
    const { entity, where } = isObject(question) ? question : {}
    const filled = fill(where, world.captures)
    answers.push(await readRows(world, String(entity), isObject(filled) ? filled : {}))
  }
  return answers
}

/** Only the listed columns are compared; the number of rows is exact. */
export function compareStored (questions: readonly unknown[], answers: readonly unknown[][], captures: Captures): Difference | null {
  for (const [index, question] of questions.entries()) {
    const { entity, rows } = isObject(question) ? question : {}
    const expected = Array.isArray(rows) ? rows.map((row: unknown): JsonObject => ({ $subset: row })) : []
    const difference = match(expected, answers[index] ?? [], { captures }, `stored[${index}].${String(entity)}`)
    if (difference) return difference
  }
  return null
}
