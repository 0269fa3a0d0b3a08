import type { Actor, User } from '../domain/attempt/attempt.ts'
import { findUserByName } from '../domain/remember-user.ts'
import type { DomainContext } from '../domain/context.ts'
import { CommandFault } from './faults.ts'

/** Who a command acts as, in history and towards the platform. */
export const AS = { kind: 'text', value: 'USER', help: 'the member of staff who does it: user name or e-mail' } as const
export const AS_REQUIRED = { ...AS, required: true } as const

/** A person by user name or e-mail. */
export async function requireUser ({ db }: DomainContext, name: string): Promise<User> {
  const user = await findUserByName(db, name)
  if (!user) throw new CommandFault(`There is no user "${name}" here. People are known once they sign in; add them with: invigil users remember`)
  return user
}

/** The named member of staff, or the command itself. */
export async function actorFor (domain: DomainContext, command: string, as: string | undefined): Promise<Actor> {
  if (as === undefined) return { kind: 'staff', userId: null, name: `command ${command}` }
  const { id, username } = await requireUser(domain, as)
  return { kind: 'staff', userId: id, name: username }
}
