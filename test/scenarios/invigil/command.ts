import { runCli } from '../../../core/cli/run.ts'
import type { World } from '../world.ts'

/** Runs a command in the running house, as an operator would; answers whether it ended well. */
export async function runCommandLine ({ invigil }: World, argv: readonly string[]): Promise<boolean> {
  const silent = { write: () => true }
  return await runCli(argv, { app: invigil.app, env: {}, cwd: process.cwd(), stdout: silent, stderr: silent }) === 0
}
