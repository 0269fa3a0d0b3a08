import { findUser, findUserByName, rememberUser } from '../../domain/remember-user.ts'
import { snakeKeys } from '../../snake-case.ts'
import { defineCommand } from '../command.ts'
import { CommandFault } from '../faults.ts'

const MAX_ID = 2_147_483_647

const remember = defineCommand({
  name: 'users remember',
  summary: 'Make a person of the platform known here, or correct what is known',
  description: 'Only needed for people who have not signed in yet, e.g. a reviewer. What a person may do is said by the platform\'s tokens, never here.',
  options: {
    id: { kind: 'integer', value: 'ID', minimum: 1, required: true, help: 'the platform\'s id of the person' },
    username: { kind: 'text', value: 'NAME', required: true, help: 'user name' },
    email: { kind: 'text', value: 'ADDRESS', default: '', help: 'e-mail address' },
    name: { kind: 'text', value: 'NAME', default: '', help: 'full name' },
    inactive: { kind: 'flag', help: 'the platform has switched the account off' },
  },
  async run ({ house, out }, { id, username, email, name, inactive }) {
    if (id > MAX_ID) throw new CommandFault(`--id ${id} is too large for an id of the platform.`)
    const { domain } = await house()
    const user = { id, username, email, fullName: name, isActive: !inactive }
    await rememberUser(domain.db, user, domain.clock.now())
    out.say(`User ${id} is known as ${username}.`, snakeKeys(user))
  },
})

const show = defineCommand({
  name: 'users show',
  summary: 'Show what is known of a person',
  positionals: { user: { kind: 'text', value: 'USER', required: true, help: 'user name, e-mail or id' } },
  async run ({ house, out }, { user: name }) {
    const { domain } = await house()
    const user = await findUserByName(domain.db, name) ?? (/^\d{1,9}$/.test(name) ? await findUser(domain.db, Number(name)) : null)
    if (!user) throw new CommandFault(`There is no user "${name}" here.`)
    out.fields({ id: user.id, username: user.username, email: user.email, name: user.fullName, active: user.isActive }, snakeKeys(user))
  },
})

export default [remember, show]
