import { existsSync } from 'node:fs'
import type { World } from '../world.ts'

/** The one place that knows how Invigil's commands are called. */
const CLI = new URL('../../../core/cli.ts', import.meta.url)

export const commandsAreThere = () => existsSync(CLI)

/** Answers whether the command ended well. */
export async function runCommandLine (_world: World, _argv: readonly string[]): Promise<boolean> {
  throw new Error('there is no CLI yet')
}
