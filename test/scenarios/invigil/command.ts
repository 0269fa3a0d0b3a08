import { setAttemptStatus } from '../../../core/domain/attempt/set-status.ts'
import type { Actor } from '../../../core/domain/attempt/attempt.ts'
import type { DomainContext } from '../../../core/domain/context.ts'
import { parseArgs } from 'node:util'
import type { World } from '../world.ts'

/** The one place that knows how Invigil's commands are called. */
const COMMANDS: Readonly<Record<string, (domain: DomainContext, args: string[]) => Promise<unknown>>> = {
  set_attempt_status (domain, args) {
    const { values } = parseArgs({ args, options: { attempt: { type: 'string', short: 'a' }, to: { type: 'string', short: 't' } } })
    return setAttemptStatus(domain, Number(values.attempt), String(values.to), OPERATOR)
  },
}
const OPERATOR: Actor = { kind: 'staff', userId: null, name: 'command line' }

export const commandIsThere = (name: string) => Object.hasOwn(COMMANDS, name)

/** Answers whether the command ended well. */
export async function runCommandLine ({ invigil }: World, [name = '', ...args]: readonly string[]): Promise<boolean> {
  try {
    await COMMANDS[name]?.(invigil.app.domain, args)
    return true
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) return false
    throw error
  }
}
