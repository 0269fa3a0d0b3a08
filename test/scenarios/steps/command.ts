import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acceptable } from '../deviation.ts'
import { runCommandLine } from '../invigil/command.ts'
import { match } from '../matcher.ts'
import { fillText } from '../placeholders.ts'
import type { StepOf } from '../schema.ts'
import type { StepRunner, World } from '../world.ts'
import { firstHeld } from './first-held.ts'

export const runCommand: StepRunner<StepOf<'command'>> = async (step, world) => {
  const folder = await mkdtemp(join(tmpdir(), 'invigil-scenario-'))
  try {
    const paths = await writeFiles(folder, step.files ?? {}, world)
    const args = step.args.map(argument => paths.get(argument) ?? fillText(argument, world.captures))
    const { ok, said } = await runCommandLine(world, [step.name, ...args])
    const difference = firstHeld(acceptable(step), world, (expected, captures) => match(expected.ok, ok, { captures }, 'ok'))
    return difference && { difference, came: `${step.name} ${args.join(' ')} said: ${said}` }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Name as in the arguments -> path of the written file. */
async function writeFiles (folder: string, files: Record<string, string>, { captures }: World): Promise<Map<string, string>> {
  const paths = new Map<string, string>()
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    await writeFile(path, fillText(text, captures))
    paths.set(name, path)
  }
  return paths
}
