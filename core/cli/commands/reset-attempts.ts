import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setAside } from '../../domain/attempt/set-aside.ts'
import { actorFor, AS } from '../actor.ts'
import { BATCH_OPTIONS, runBatches } from '../batches.ts'
import { defineCommand } from '../command.ts'
import { CommandFault } from '../faults.ts'

const resetAttempts = defineCommand({
  name: 'reset_attempts',
  summary: 'Remove the attempts whose ids stand in a file, one a line',
  description: 'For attempts that were never started: problem state, grades and credit at the platform stay as they are. To have those undone too: invigil attempts remove',
  options: {
    file_path: { kind: 'text', value: 'FILE', short: 'p', required: true, help: 'the file with the ids' },
    ...BATCH_OPTIONS,
    as: AS,
  },
  async run (context, { file_path: file, as, ...settings }) {
    const ids = await readIds(resolve(context.cwd, file))
    const { domain } = await context.house()
    const actor = await actorFor(domain, 'reset_attempts', as)
    return runBatches(context, {
      record: 'attempt',
      count: async after => nextIds(ids, after, ids.length).length,
      next: async (after, limit) => nextIds(ids, after, limit),
      work: async id => await setAside(domain, id, actor) ? undefined : 'there is no such attempt, or it was removed already',
    }, settings)
  },
})

export default [resetAttempts]

/** Each id once, in the order of the file; a line that is none stops everything before it begins. */
async function readIds (file: string): Promise<number[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFault(`The file ${file} cannot be read (${error.code}).`)
  })
  const lines = text.split('\n').map(line => line.trim())
  const wrong = lines.findIndex(line => line !== '' && !/^[1-9]\d{0,9}$/.test(line))
  if (wrong >= 0) throw new CommandFault(`${file}, line ${wrong + 1}: expected the id of an attempt, found "${lines[wrong]?.slice(0, 40)}". Nothing was removed.`)
  return [...new Set(lines.filter(Boolean).map(Number))]
}

function nextIds (ids: readonly number[], after: number, limit: number): number[] {
  const from = after === 0 ? 0 : ids.indexOf(after) + 1
  if (from === 0 && after !== 0) throw new CommandFault(`--after ${after}: this id is not in the file.`)
  return ids.slice(from, from + limit)
}
