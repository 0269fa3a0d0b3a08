import { tmpdir } from 'node:os'
import { runCli } from '../../../core/cli/run.ts'
import type { World } from '../world.ts'

/** The commands of the original; Invigil has them under the same names. */
const COMMANDS: readonly string[] = ['set_attempt_status', 'update_attempts_for_exam', 'update_attempt_status_from_review', 'set_is_attempt_active', 'reset_attempts']

export const commandIsThere = (name: string) => COMMANDS.includes(name)

/** Runs a command in the house that is up, so that it works by the same clock; answers whether it ended well. */
export async function runCommandLine ({ invigil }: World, argv: readonly string[]): Promise<{ ok: boolean, said: string }> {
  const said: string[] = []
  const sink = { write: (text: string) => said.push(text) > 0 }
  const code = await runCli(argv, { app: invigil.app, env: {}, cwd: tmpdir(), stdout: sink, stderr: sink })
  return { ok: code === 0, said: said.join('') }
}
